#include "viz/write_results.h"

#include <cmath>
#include <functional>
#include <utility>

#include "viz/checked_file.h"
#include "viz/credits_csv.h"
#include "viz/event_summary.h"
#include "viz/ledger_csv.h"
#include "viz/manifest_json.h"
#include "viz/map_frame.h"
#include "viz/maps.h"
#include "viz/number_text.h"
#include "viz/pathways_csv.h"
#include "viz/places_csv.h"
#include "viz/report_html.h"
#include "viz/results_gpkg.h"
#include "viz/targets_csv.h"

namespace domino::viz {

namespace {

namespace fs = std::filesystem;
using scenarios::OnOff;

/// Writes one run's files one after the other and remembers them for the manifest.
class ResultWriter {
 public:
    ResultWriter(const RunContext& context, const fs::path& dir)
        : context_(context),
          dir_(dir),
          summary_(summarize_places(context.built, context.results.scenario)),
          targets_(assess_targets(context)),
          events_(summarize_events(context.built, context.results.scenario)),
          identities_(context.results.scenario.identities) {
        plan();
    }

    void write() {
        keep(check_nations());
        for (std::size_t i = 0; i < steps_.size(); ++i) {
            if (context_.progress) {
                context_.progress(steps_[i].file, static_cast<int>(i), static_cast<int>(steps_.size()));
            }
            run_step(steps_[i]);
        }
    }

 private:
    struct Step {
        std::string file;
        std::function<void(const fs::path&)> write;
    };

    void plan();
    void run_step(const Step& step);
    void add(const char* file, std::function<void(const fs::path&)> write) {
        steps_.push_back({file, std::move(write)});
    }
    void keep(const sim::IdentityCheck& check) {
        identities_.push_back(check);
        if (!check.holds()) {
            throw sim::IdentityBroken("identity broken: " + check.name + ": relative error " +
                                      number_text(check.largest_relative_error) + " exceeds " +
                                      number_text(check.tolerance));
        }
    }
    const geo::PlaceCells& cells() {
        if (!cells_) {
            cells_ = locate_places(context_.scenario, context_.built, context_.data_dir);
        }
        return *cells_;
    }
    sim::IdentityCheck check_nations() const;
    std::vector<std::string> outputs() const;

    const RunContext& context_;
    fs::path dir_;
    PlaceSummary summary_;
    TargetAssessment targets_;
    EventSummary events_;
    std::optional<geo::PlaceCells> cells_;
    std::vector<sim::IdentityCheck> identities_;
    std::vector<Step> steps_;
};

void ResultWriter::plan() {
    const scenarios::OutputSection& wanted = context_.scenario.output;
    add("places.csv", [this](const fs::path& path) { write_places_csv(context_, summary_, path); });
    add("pathways.csv", [this](const fs::path& path) { write_pathways_csv(context_, summary_, path); });
    add("targets.csv", [this](const fs::path& path) { write_targets_csv(context_, targets_, path); });
    if (!context_.results.scenario.credits.empty()) {
        add("credits.csv", [this](const fs::path& path) { write_credits_csv(context_, path); });
    }
    if (wanted.ledger == OnOff::on) {
        add("domino_ledger.csv", [this](const fs::path& path) { write_ledger_csv(context_, path); });
    }
    if (wanted.maps == OnOff::on) {
        add("emissions_co2e.tif",
            [this](const fs::path& path) { keep(write_emissions_map(context_, summary_, cells(), path)); });
        add("emissions_co2e_density.tif",
            [this](const fs::path& path) { keep(write_density_map(context_, summary_, cells(), path)); });
        add("commitment_probability.tif",
            [this](const fs::path& path) { write_commitment_map(context_, summary_, cells(), path); });
    }
    if (wanted.geopackage == OnOff::on) {
        add("results.gpkg", [this, wanted](const fs::path& path) {
            const geo::PlaceCells* shown = wanted.maps == OnOff::on ? &cells() : nullptr;
            write_results_gpkg(context_, {summary_, targets_, events_, shown}, path);
        });
    }
    if (wanted.report == OnOff::on) {
        add("report.html", [this](const fs::path& path) {
            std::optional<ChangeSummary> changes;
            if (context_.results.reference) {
                changes = compare_with_reference(context_.results);
            }
            write_report({context_, summary_, targets_, events_, std::move(changes)}, path);
        });
    }
    add("scenario_resolved.toml", [this](const fs::path& path) {
        write_file(path, scenarios::resolved_toml(context_.scenario, context_.data_dir));
    });
    add(manifest_name, [this](const fs::path&) { write_manifest(context_, outputs(), identities_, dir_); });
}

void ResultWriter::run_step(const Step& step) {
    const fs::path path = dir_ / step.file;
    try {
        step.write(path);
    } catch (const WriteError&) {
        throw;
    } catch (const geo::ProblemError& error) {
        // A problem of the output itself is a failed write; one of the pack keeps its own kind.
        for (const geo::Problem& problem : error.problems()) {
            if (problem.where.rfind(dir_.string(), 0) == 0) {
                throw WriteError(error.problems());
            }
        }
        throw;
    }
}

std::vector<std::string> ResultWriter::outputs() const {
    std::vector<std::string> files;
    for (const Step& step : steps_) {
        if (step.file == manifest_name) {
            continue;
        }
        files.push_back(step.file);
        const fs::path style = fs::path(step.file).replace_extension(".qml");
        if (fs::path(step.file).extension() == ".tif") {
            files.push_back(style.string());
        }
    }
    return files;
}

/// Mean over members: places of a country + its remainder against the national total.
sim::IdentityCheck ResultWriter::check_nations() const {
    const sim::RunResults& r = context_.results.scenario;
    sim::IdentityCheck check{"sum of places.csv + unallocated = nation in pathways.csv", 0.0, map_tolerance};
    std::vector<double> places_t(r.countries * r.years, 0.0);
    for (std::size_t place = 0; place < r.places; ++place) {
        const std::size_t country = context_.built.world.places[place].country;
        for (std::size_t year = 0; year < r.years; ++year) {
            places_t[country * r.years + year] += summary_.mean_t[summary_.at(place, year)];
        }
    }
    for (std::size_t country = 0; country < r.countries; ++country) {
        for (std::size_t year = 0; year < r.years; ++year) {
            double nation = 0.0;
            double rest = 0.0;
            for (std::size_t m = 0; m < static_cast<std::size_t>(r.members); ++m) {
                nation += r.national_total_t(country, year, m);
                for (std::size_t part = 0; part < sim::remainder_count; ++part) {
                    rest += r.remainder_t[r.remainder_at(country, static_cast<sim::RemainderPart>(part), year,
                                                         m)];
                }
            }
            const double sum = places_t[country * r.years + year] + rest / r.members;
            nation /= r.members;
            const double error = nation == 0.0 ? std::fabs(sum) : std::fabs(sum / nation - 1.0);
            check.largest_relative_error = std::max(check.largest_relative_error, error);
        }
    }
    return check;
}

}  // namespace

void write_results(const RunContext& context, const fs::path& dir) {
    ResultWriter(context, dir).write();
}

}  // namespace domino::viz
