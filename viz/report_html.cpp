#include "viz/report_html.h"

#include <fmt/format.h>

#include <array>
#include <stdexcept>
#include <utility>

#include "viz/checked_file.h"
#include "viz/embedded_json.h"
#include "viz/number_text.h"

namespace domino::viz {

std::string fill_page(const WebBundle& bundle, const nlohmann::ordered_json& data,
                      const std::vector<ChangedPlace>& changed) {
    const std::string headline = make_headline(data, TextKind::plain);
    const std::array<std::pair<std::string_view, std::string>, 6> slots = {
        {{"<!--DOMINO:DESCRIPTION-->", markup(headline)},
         {"<!--DOMINO:TITLE-->", markup(data.at("meta").at("title").get<std::string>())},
         {"/*DOMINO:CSS*/", std::string(bundle.style)},
         {"<!--DOMINO:FALLBACK-->", make_fallback(data, changed)},
         {"<!--DOMINO:DATA-->", embed_json(data)},
         {"/*DOMINO:JS*/", std::string(bundle.script)}}};
    std::string page;
    std::string_view rest = bundle.page;
    for (const auto& [slot, content] : slots) {
        const std::size_t at = rest.find(slot);
        if (at == std::string_view::npos) {
            throw std::logic_error("the page's template lacks the slot " + std::string(slot));
        }
        page += rest.substr(0, at);
        page += content;
        rest.remove_prefix(at + slot.size());
    }
    page += rest;
    return page;
}

void write_report(const ReportSources& sources, const std::filesystem::path& path) {
    // The page numbers places in 16 bits, of which one number says "none".
    constexpr std::size_t largest_page = 65534;
    if (const std::size_t places = sources.context.built.places.places.size(); places > largest_page) {
        throw WriteError(geo::Problem{path.string(),
                                      fmt::format("{} places do not fit into the report", places),
                                      fmt::format("it holds at most {}", largest_page),
                                      "raise places.min_population, or set output.report = false"});
    }
    constexpr std::size_t told = 20;
    std::vector<ChangedPlace> changed;
    if (sources.context.results.reference) {
        changed = rank_changed_places(sources.context.results, told);
    }
    write_file(path, fill_page(web_bundle(), make_report_data(sources), changed));
}

}  // namespace domino::viz
