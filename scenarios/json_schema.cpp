#include "scenarios/json_schema.h"

#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "scenarios/scenario_keys.h"

namespace domino::scenarios {
namespace {

using Json = nlohmann::ordered_json;

Json number_or_whole(double value) {
    if (value == std::floor(value) && std::abs(value) < 9e15) return static_cast<std::int64_t>(value);
    return value;
}

Json bounded(std::string_view type, const KeyInfo& info) {
    Json schema = {{"type", type}};
    if (std::isfinite(info.low)) schema["minimum"] = number_or_whole(info.low);
    if (std::isfinite(info.high) && info.high < 9e15) schema["maximum"] = number_or_whole(info.high);
    return schema;
}

Json list_of_text() {
    return {{"type", "array"}, {"items", {{"type", "string"}, {"minLength", 1}}}, {"uniqueItems", true}};
}

/// A number and a unit; units themselves are checked by the program, which knows their dimensions.
Json quantity(std::string_view unit) {
    return {{"type", "string"},
            {"pattern", R"(^\s*[+-]?[0-9._]+([eE][+-]?[0-9]+)?\s*[A-Za-z0-9%/ ]*$)"},
            {"examples", Json::array({fmt::format("1 {}", unit)})}};
}

Json schema_of(const KeyInfo& info) {
    switch (info.type) {
        case ValueType::integer:
            return bounded("integer", info);
        case ValueType::number:
            return bounded("number", info);
        case ValueType::fraction:
            return {{"anyOf", Json::array({bounded("number", info), quantity("%")})}};
        case ValueType::quantity:
            return quantity(info.unit);
        case ValueType::whole_months:
            return quantity("months");
        case ValueType::whole_years:
            return quantity("yr");
        case ValueType::year_list:
            return {{"type", "array"}, {"items", bounded("integer", info)}, {"uniqueItems", true}};
        case ValueType::month:
            return {{"type", "string"}, {"pattern", "^[0-9]{4}-(0[1-9]|1[0-2])$"}};
        case ValueType::on_off:
            return {{"type", "boolean"}};
        case ValueType::choice: {
            Json words = Json::array();
            for (const std::string_view word : info.choices) words.push_back(word);
            return {{"enum", words}};
        }
        case ValueType::text_list:
        case ValueType::source_list:
        case ValueType::country_list:
        case ValueType::technology_list:
        case ValueType::network_list:
            return list_of_text();
        case ValueType::prior:
            return {{"$ref", "#/$defs/prior"}};
        default:
            return {{"type", "string"}, {"minLength", 1}};
    }
}

Json default_of(const Value& value) {
    if (const auto* on = std::get_if<bool>(&value)) return *on;
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return *whole;
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return *list;
    return nullptr;
}

template <class Owner>
void add_key(Json& object, const Key<Owner>& info) {
    Json schema = schema_of(info);
    schema["description"] = info.doc;
    const Json fallback = default_of(info.get(Owner{}));
    if (info.absence == Absence::keeps_default && !fallback.is_null()) schema["default"] = fallback;
    object["properties"][std::string(info.key)] = std::move(schema);
    if (info.absence == Absence::error) object["required"].push_back(info.key);
}

Json open_object(std::string_view doc) {
    Json object = {{"type", "object"}};
    if (!doc.empty()) object["description"] = doc;
    object["additionalProperties"] = false;
    object["properties"] = Json::object();
    return object;
}

Json numbers(int count) {
    return {{"type", "array"}, {"items", {{"type", "number"}}}, {"minItems", count}, {"maxItems", count}};
}

Json prior_schema() {
    Json properties = {{"fixed", {{"type", "number"}}},
                       {"normal", numbers(2)},
                       {"half_normal", {{"type", "number"}, {"minimum", 0}}},
                       {"uniform", numbers(2)},
                       {"log_uniform", numbers(2)},
                       {"zero", {{"type", "number"}, {"minimum", 0}, {"maximum", 1}}}};
    Json one_family = Json::array();
    for (const auto& [family, schema] : properties.items())
        if (family != "zero") one_family.push_back({{"required", Json::array({family})}});
    return {{"description",
             "A number, or a distribution: normal [mean, sd], half_normal sd, uniform and log_uniform [low, "
             "high]; zero is "
             "the probability of exactly 0."},
            {"anyOf", Json::array({{{"type", "number"}},
                                   {{"type", "object"},
                                    {"additionalProperties", false},
                                    {"properties", properties},
                                    {"oneOf", one_family}}})}};
}

}  // namespace

std::string json_schema() {
    Json root = {{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", "domino scenario"}};
    root.update(open_object(
        "A what-if scenario of domino, as TOML. A file that extends another may leave required keys to it."));
    Json& top = root["properties"];
    top["extends"] = {{"type", "string"},
                      {"minLength", 1},
                      {"description", "A scenario whose keys this one takes over; its own keys win."}};
    const auto find_table = [&top](std::string_view path) -> Json& {
        const auto dot = path.find('.');
        if (dot == std::string_view::npos) return top[std::string(path)];
        return top[std::string(path.substr(0, dot))]["properties"][std::string(path.substr(dot + 1))];
    };
    for (const TableInfo& table : scenario_tables()) find_table(table.path) = open_object(table.doc);
    top[std::string(parameters_table)] = {
        {"type", "object"},
        {"description", "Overrides by parameter_id of data/tables/parameters.csv."},
        {"additionalProperties", {{"$ref", "#/$defs/prior"}}}};
    for (const Key<Scenario>& info : scenario_keys()) {
        Json& owner = info.table.empty() ? root : find_table(info.table);
        add_key(owner, info);
        // What a parent may bring cannot be required of a child.
        owner.erase("required");
    }
    for_each_entry_list([&](const auto& list) {
        Json entry = open_object(list.doc);
        for (const auto& info : list.keys) add_key(entry, info);
        const auto dot = list.path.rfind('.');
        Json& owner = dot == std::string_view::npos ? root : top[std::string(list.path.substr(0, dot))];
        owner["properties"][std::string(list.path.substr(dot == std::string_view::npos ? 0 : dot + 1))] = {
            {"type", "array"}, {"items", entry}};
    });
    root["$defs"] = {{"prior", prior_schema()}};
    return root.dump(2) + "\n";
}

}  // namespace domino::scenarios
