#include <algorithm>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <span>

#include "viz/quantiles.h"
#include "viz/report_data.h"
#include "viz/tonnes.h"

namespace domino::viz::report {

namespace {

const char* kind_of(char mark) {
    switch (mark) {
        case 'C':
            return "measured";
        case 'S':
            return "sourced";
        default:
            return "guessed";
    }
}

enum class UnitShown : unsigned char { no, yes };

/// Whether a run should meet the past figure, or stay at or below it.
enum class Compared : unsigned char { value, limit };

/// A past quantity the run can be asked for: its name on the page, and its value by member.
struct PastQuantity {
    std::string name;
    UnitShown unit = UnitShown::yes;  ///< no: the name says it all
    std::function<double(std::size_t member)> value;
    Compared compared = Compared::value;
    double per_unit = 1.0;       ///< the page shows observation and run divided by this …
    std::string unit_text = {};  ///< … in this unit; empty: the observation's own
};

constexpr double jpy_per_billion = 1e9;

/// Subsidies of a programme in a year, nominal JPY.
double spent_jpy(const ReportSources& s, std::string_view programme, std::size_t year, std::size_t member) {
    const sim::RunResults& r = s.context.results.scenario;
    const auto members = static_cast<std::size_t>(r.members);
    const auto& programmes = s.context.built.world.programmes;
    for (std::size_t p = 0; p < programmes.size(); ++p) {
        if (programmes[p].id == programme) return r.spent_jpy[(p * r.years + year) * members + member];
    }
    return 0.0;
}

/// Stock of technologies whose id begins with @p start, at a year's end.
double stock_of(const ReportSources& s, std::string_view start, std::size_t country, std::size_t year,
                std::size_t member) {
    const sim::RunResults& r = s.context.results.scenario;
    double stock = 0.0;
    for (std::size_t t = 0; t < r.technologies; ++t) {
        if (s.context.built.world.technologies[t].id.rfind(start, 0) == 0) {
            stock += r.stock_units[r.stock_at(t, country, year, member)];
        }
    }
    return stock;
}

double declared_share(const ReportSources& s, std::size_t country, sim::Month end, std::size_t member) {
    const sim::RunResults& r = s.context.results.scenario;
    double places = 0.0;
    double declared = 0.0;
    for (std::size_t place = 0; place < r.places; ++place) {
        if (s.context.built.world.places[place].country != country) {
            continue;
        }
        places += 1.0;
        const auto step = r.stage_step[r.stage_at(sim::Stage::committed, place, member)];
        declared += step != sim::never_step && r.calendar.month(step) <= end ? 1.0 : 0.0;
    }
    return places > 0.0 ? declared / places : 0.0;
}

std::optional<PastQuantity> find_quantity(const ReportSources& s, const scenarios::Observation& o) {
    const sim::RunResults& r = s.context.results.scenario;
    const auto& countries = s.context.built.world.countries;
    const auto found = std::find_if(countries.begin(), countries.end(),
                                    [&](const sim::Country& c) { return c.iso3 == o.iso3; });
    const int offset = o.year - r.calendar.first_year();
    if (found == countries.end() || offset < 0 || offset >= static_cast<int>(r.years)) {
        return std::nullopt;
    }
    const auto country = static_cast<std::size_t>(found - countries.begin());
    const auto year = static_cast<std::size_t>(offset);
    if (o.quantity == "emissions") {
        return PastQuantity{"Emissions", UnitShown::yes, [&s, &r, country, year](std::size_t m) {
                                return r.national_total_t(country, year, m) / tonnes_per_megatonne;
                            }};
    }
    if (o.quantity == "ev_car_stock") {
        return PastQuantity{"Electric cars in use", UnitShown::yes, [&s, country, year](std::size_t m) {
                                return stock_of(s, "ev_car", country, year, m);
                            }};
    }
    if (o.quantity == "solar_pv_index") {
        return PastQuantity{"Solar power relative to 2020", UnitShown::no,
                            [&s, country, year](std::size_t m) {
                                const double base = stock_of(s, "solar_pv", country, 0, m);
                                return base > 0.0 ? stock_of(s, "solar_pv", country, year, m) / base : 0.0;
                            }};
    }
    if (o.quantity == "declared_share") {
        const sim::Month end = sim::make_month(o.year, o.month_of_year);
        return PastQuantity{"Share of governments that have declared", UnitShown::no,
                            [&s, country, end](std::size_t m) { return declared_share(s, country, end, m); }};
    }
    if (o.quantity == "c3p_subsidy") {
        return PastQuantity{"C3P support against its budget",
                            UnitShown::yes,
                            [&s, year](std::size_t m) { return spent_jpy(s, "c3p", year, m); },
                            Compared::limit,
                            jpy_per_billion,
                            "bn JPY/yr"};
    }
    if (o.quantity == "jcm_subsidy") {
        return PastQuantity{"JCM subsidies against their budget",
                            UnitShown::yes,
                            [&r, year](std::size_t m) {
                                return r.credit_spent_jpy[year * static_cast<std::size_t>(r.members) + m];
                            },
                            Compared::limit,
                            jpy_per_billion,
                            "bn JPY/yr"};
    }
    return std::nullopt;
}

/// A resource of the pack's datapackage.json.
Json read_datapackage(const std::filesystem::path& data_dir) {
    std::ifstream file(data_dir / "datapackage.json", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    return Json::parse(text, nullptr, false);
}

std::string text_of(const Json& object, const char* key) {
    const auto found = object.is_object() ? object.find(key) : object.end();
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string join_titles(const Json& object, const char* key, const char* fallback_key) {
    std::string out;
    const auto list = object.find(key);
    if (list == object.end() || !list->is_array()) {
        return out;
    }
    for (const Json& entry : *list) {
        const std::string title =
            text_of(entry, "title").empty() ? text_of(entry, fallback_key) : text_of(entry, "title");
        out += (out.empty() || title.empty() ? "" : "; ") + title;
    }
    return out;
}

/// Files of the pack that this run read, relative to it.
std::set<std::string> files_read(const ReportSources& s) {
    std::set<std::string> files = {"boundaries.gpkg", "rasters/population_2020_2p5min.tif"};
    for (const scenarios::InputFile& file : s.context.built.files) {
        files.insert(file.path.lexically_normal()
                         .lexically_relative(s.context.data_dir.lexically_normal())
                         .generic_string());
    }
    return files;
}

}  // namespace

Json make_inputs(const ReportSources& s) {
    Json inputs = Json::array();
    for (const scenarios::InputRecord& input : s.context.built.inputs) {
        std::string value = input.prior.empty() ? input.value : input.prior;
        if (!input.unit.empty() && input.unit != "1" && input.unit != "-") {
            value += " " + input.unit;
        }
        inputs.push_back({{"kind", kind_of(input.mark)},
                          {"name", input.meaning.empty() ? input.key : input.meaning},
                          {"value", value},
                          {"source", input.source},
                          {"low", nullptr},
                          {"high", nullptr}});
    }
    return inputs;
}

Json make_past(const ReportSources& s) {
    Json past = Json::array();
    std::vector<double> sample(static_cast<std::size_t>(s.context.results.scenario.members));
    Summarizer summarizer;
    for (const scenarios::Observation& observation : s.context.built.observations) {
        const std::optional<PastQuantity> quantity = find_quantity(s, observation);
        if (!quantity) {
            continue;
        }
        for (std::size_t m = 0; m < sample.size(); ++m) {
            sample[m] = quantity->value(m) / quantity->per_unit;
        }
        const Summary run = summarizer.summarize(std::span<const double>(sample));
        const std::string unit = quantity->unit_text.empty() ? observation.unit : quantity->unit_text;
        const bool meets_itself = observation.given && quantity->compared == Compared::value;
        const std::string given = meets_itself ? " (given to the run, so agreement proves nothing)" : "";
        past.push_back({{"iso3", observation.iso3},
                        {"quantity", quantity->name},
                        {"unit", quantity->unit == UnitShown::no ? "" : unit},
                        {"year", observation.year},
                        {"observed", rounded(observation.value / quantity->per_unit)},
                        {"mean", rounded(run.mean)},
                        {"p05", rounded(run.p05)},
                        {"p95", rounded(run.p95)},
                        {"compared", quantity->compared == Compared::limit ? "limit" : "value"},
                        {"source", observation.source + given}});
    }
    return past;
}

Json make_credits(const ReportSources& s) {
    Json credits = Json::array();
    const Json package = read_datapackage(s.context.data_dir);
    const auto resources = package.is_object() ? package.find("resources") : package.end();
    if (resources == package.end() || !resources->is_array()) {
        return credits;
    }
    const std::set<std::string> read = files_read(s);
    for (const Json& resource : *resources) {
        if (!read.contains(text_of(resource, "path"))) {
            continue;
        }
        credits.push_back({{"what", text_of(resource, "title")},
                           {"source", join_titles(resource, "sources", "path")},
                           {"licence", join_titles(resource, "licenses", "name")}});
    }
    return credits;
}

}  // namespace domino::viz::report
