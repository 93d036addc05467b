#include <algorithm>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/data_folder.h"
#include "cli/failure.h"
#include "geo/problem.h"

namespace domino::cli {
namespace {

using Json = nlohmann::ordered_json;

Json read_package(const std::filesystem::path& folder) {
    const auto file = folder / "datapackage.json";
    std::ifstream stream(file, std::ios::binary);
    if (!stream.is_open()) throw Failure(ExitCode::data, fmt::format("cannot read \"{}\"", file.string()));
    Json package = Json::parse(stream, nullptr, false);
    if (package.is_discarded() || !package.is_object() || !package.contains("resources") ||
        !package["resources"].is_array())
        throw Failure(ExitCode::data,
                      fmt::format("\"{}\" is not a Frictionless data package", file.string()));
    return package;
}

/// A member as text, whatever its type; empty where it is missing.
std::string text_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) return {};
    return found->is_string() ? found->get<std::string>() : found->dump();
}

std::string licences_of(const Json& resource) {
    std::string text;
    const auto found = resource.find("licenses");
    if (found == resource.end() || !found->is_array()) return "not stated";
    for (const Json& licence : *found)
        text +=
            (text.empty() ? "" : ", ") + (licence.is_object() ? text_of(licence, "name") : std::string("?"));
    return text;
}

/// Columns as wide as their widest cell; numbers of rows flush right.
std::string align(const std::vector<std::vector<std::string>>& rows, std::size_t right_column) {
    std::vector<std::size_t> widths(rows.front().size(), 0);
    for (const auto& row : rows)
        for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], row[c].size());
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t c = 0; c < row.size(); ++c) {
            const bool last = c + 1 == row.size();
            if (c == right_column)
                text += fmt::format("{:>{}}  ", row[c], widths[c]);
            else
                text += last ? row[c] : fmt::format("{:<{}}  ", row[c], widths[c]);
        }
        text += '\n';
    }
    return text;
}

std::string list_tables(const Json& package) {
    std::vector<std::vector<std::string>> rows = {{"table", "rows", "years", "licence", "what"}};
    for (const Json& resource : package["resources"]) {
        if (!resource.is_object()) continue;
        rows.push_back({text_of(resource, "name"), text_of(resource, "rows"), text_of(resource, "year"),
                        licences_of(resource), text_of(resource, "title")});
    }
    return align(rows, 1);
}

std::string describe_table(const Json& resource) {
    std::string text = fmt::format("{}\n{}\n{}\n", text_of(resource, "name"), text_of(resource, "title"),
                                   text_of(resource, "description"));
    text += fmt::format("file: {}   rows: {}   years: {}   licence: {}\n", text_of(resource, "path"),
                        text_of(resource, "rows"), text_of(resource, "year"), licences_of(resource));
    if (const auto sources = resource.find("sources"); sources != resource.end() && sources->is_array())
        for (const Json& source : *sources) {
            if (source.is_object())
                text += fmt::format("source: {} {}\n", text_of(source, "title"), text_of(source, "path"));
        }
    if (resource.contains("gaps")) text += fmt::format("gaps: {}\n", text_of(resource, "gaps"));
    const auto schema = resource.find("schema");
    if (schema == resource.end() || !schema->is_object() || !schema->contains("fields")) return text;
    std::vector<std::vector<std::string>> rows = {{"field", "type", "unit", "what"}};
    for (const Json& field : (*schema)["fields"])
        if (field.is_object())
            rows.push_back({text_of(field, "name"), text_of(field, "type"), text_of(field, "unit"),
                            text_of(field, "description")});
    return text + "\n" + align(rows, rows.front().size());
}

const Json& find_table(const Json& package, const std::string& name) {
    std::vector<std::string> names;
    for (const Json& resource : package["resources"]) {
        if (!resource.is_object()) continue;
        names.push_back(text_of(resource, "name"));
        if (names.back() == name) return resource;
    }
    const std::string near = geo::closest_spelling(name.substr(0, 80), names);
    throw Failure(ExitCode::usage, fmt::format("there is no table \"{}\"; {}", name.substr(0, 80),
                                               near.empty() ? "\"domino data\" lists them"
                                                            : fmt::format("did you mean \"{}\"?", near)));
}

ExitCode show_data(const std::string& table, Session& session) {
    const Json package = read_package(find_data_folder(session.data));
    const Json& shown = table.empty() ? package["resources"] : find_table(package, table);
    if (session.json)
        print_data(shown.dump(2) + "\n");
    else
        print_data(table.empty() ? list_tables(package) : describe_table(shown));
    return ExitCode::done;
}

}  // namespace

void add_data_command(CLI::App& app, Session& session, Action& chosen) {
    CLI::App* command =
        app.add_subcommand("data", "List the tables of the data pack with rows, years and licences");
    const auto table = std::make_shared<std::string>();
    command->add_option("TABLE", *table, "A table to describe field by field")->type_name("");
    command->footer("Example: domino data ndc_targets");
    command->callback(
        [&session, &chosen, table] { chosen = [&session, table] { return show_data(*table, session); }; });
}

}  // namespace domino::cli
