#pragma once

#include <limits>
#include <string_view>
#include <type_traits>
#include <vector>

#include "scenarios/choices.h"
#include "scenarios/scenario.h"
#include "scenarios/value.h"

namespace domino::scenarios {

/// What happens when a file does not set a key; `drawn`: each member draws the figure of its parameter, and
/// the default is that figure's middle.
enum class Absence : std::uint8_t { keeps_default, unset, error, drawn };
/// Whether a child takes a key over from the scenario it extends.
enum class Inheritance : std::uint8_t { inherited, own };
/// Where a prior may put its mass.
enum class Support : std::uint8_t { any, not_negative };

/// Everything said of a key, once: the parser, the resolved scenario, the commented template and the JSON
/// Schema are all made from it.
struct KeyInfo {
    std::string_view table;  ///< dotted, empty at the top level and for keys of a list's entries
    std::string_view key;
    ValueType type = ValueType::text;
    std::string_view doc;
    std::string_view unit = {};  ///< of quantities, as the resolved scenario writes them
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    char mark = ' ';  ///< S sourced, C computed, G guess, blank: a choice of the planner's
    std::string_view source = {};
    std::string_view parameter = {};  ///< parameter_id whose figure this key sets
    std::string_view example = {};    ///< in TOML, where there is no default to show
    Absence absence = Absence::keeps_default;
    Inheritance inheritance = Inheritance::inherited;
    Support support = Support::any;
    std::vector<std::string_view> choices = {};  ///< of ValueType::choice, filled by bind_key
};

/// "run.members", or "name" at the top level.
std::string dotted(const KeyInfo& info);

/// A key and the field of its owner that holds the value.
template <class Owner>
struct Key : KeyInfo {
    Value (*get)(const Owner&) = nullptr;
    void (*set)(Owner&, const Value&) = nullptr;
};

template <class T>
Value to_value(const T& field) {
    if constexpr (std::is_same_v<T, OnOff>) {
        return field == OnOff::on;
    } else if constexpr (std::is_enum_v<T>) {
        return std::string(choices_of(T{})[static_cast<std::size_t>(field)]);
    } else if constexpr (std::is_integral_v<T>) {
        return static_cast<std::int64_t>(field);
    } else if constexpr (std::is_same_v<T, std::filesystem::path>) {
        return field.empty() ? Value{} : Value{field.string()};
    } else if constexpr (std::is_same_v<T, std::string>) {
        return field.empty() ? Value{} : Value{field};
    } else if constexpr (std::is_same_v<T, std::vector<int>>) {
        return field.empty() ? Value{} : Value{field};
    } else {
        return field;
    }
}
template <class T>
Value to_value(const std::optional<T>& field) {
    return field ? to_value(*field) : Value{};
}

/// What to_value gave of a field: a text or an optional one that is not set is cleared.
template <class T>
void assign(T& field, const Value& value) {
    if constexpr (std::is_same_v<T, OnOff>) {
        field = std::get<bool>(value) ? OnOff::on : OnOff::off;
    } else if constexpr (std::is_enum_v<T>) {
        const auto names = choices_of(T{});
        for (std::size_t i = 0; i < names.size(); ++i)
            if (names[i] == std::get<std::string>(value)) field = static_cast<T>(i);
    } else if constexpr (std::is_integral_v<T>) {
        field = static_cast<T>(std::get<std::int64_t>(value));
    } else if constexpr (std::is_same_v<T, std::filesystem::path> || std::is_same_v<T, std::string>) {
        field = std::holds_alternative<std::monostate>(value) ? std::string() : std::get<std::string>(value);
    } else {
        field = std::get<T>(value);
    }
}
template <class T>
void assign(std::optional<T>& field, const Value& value) {
    if (std::holds_alternative<std::monostate>(value)) {
        field.reset();
        return;
    }
    T inner{};
    assign(inner, value);
    field = std::move(inner);
}

/// The type of a field's value, whether or not it may be unset.
template <class T>
struct HeldBy {
    using type = T;
};
template <class T>
struct HeldBy<std::optional<T>> {
    using type = T;
};

/// Ties a key to the field that the captureless @p access returns by reference.
template <class Owner, class Access>
Key<Owner> bind_key(KeyInfo info, Access) {
    using Field = typename HeldBy<std::remove_cvref_t<decltype(Access{}(std::declval<Owner&>()))>>::type;
    if constexpr (std::is_enum_v<Field> && !std::is_same_v<Field, OnOff>) {
        const auto names = choices_of(Field{});
        info.choices.assign(names.begin(), names.end());
    }
    return Key<Owner>{std::move(info), [](const Owner& owner) { return to_value(Access{}(owner)); },
                      [](Owner& owner, const Value& value) { assign(Access{}(owner), value); }};
}

}  // namespace domino::scenarios
