#include "viz/write_results.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "scenarios/world/place_assembly.h"
#include "viz/cell_quantiles.h"
#include "viz/checked_file.h"
#include "viz/credits_csv.h"
#include "viz/event_summary.h"
#include "viz/ledger_csv.h"
#include "viz/left_out.h"
#include "viz/manifest_json.h"
#include "viz/map_frame.h"
#include "viz/maps.h"
#include "viz/number_text.h"
#include "viz/pathways_csv.h"
#include "viz/place_layer.h"
#include "viz/places_csv.h"
#include "viz/qgis_project.h"
#include "viz/report_html.h"
#include "viz/results_gpkg.h"
#include "viz/results_nc.h"
#include "viz/strategy_csv.h"
#include "viz/targets_csv.h"

namespace domino::viz {

namespace {

namespace fs = std::filesystem;
using scenarios::OnOff;

/// Writes one run's files, maps side by side on as many threads as the run has, and remembers them for the
/// manifest.
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
        keep({"people: places = country, at the start", context_.built.people_error,
              scenarios::people_tolerance});
        keep(check_nations());
        for (std::size_t i = 0; i < steps_.size();) {
            const std::size_t end = find_end_of_group(i);
            run_group(i, end);
            i = end;
        }
    }

 private:
    /// What is left to do with a file once it is written, in the order of the steps.
    using Finish = std::function<void()>;
    struct Step {
        std::string file;
        std::function<Finish(const fs::path&)> write;
        bool beside_others = false;  ///< may run while its neighbours do, once frame and quantiles are there
    };

    void plan();
    std::size_t find_end_of_group(std::size_t begin) const;
    void run_group(std::size_t begin, std::size_t end);
    Finish run_step(const Step& step);
    void add(const char* file, std::function<void(const fs::path&)> write) {
        steps_.push_back({file, [write = std::move(write)](const fs::path& path) {
                              write(path);
                              return Finish();
                          }});
    }
    /// A map, compressed while other maps are: what it writes depends on nothing but itself.
    void add_map(const char* file, std::function<Finish(const fs::path&)> write) {
        steps_.push_back({file, std::move(write), true});
    }
    void keep(const sim::IdentityCheck& check) {
        identities_.push_back(check);
        if (!check.holds()) {
            throw sim::IdentityBroken("identity broken: " + check.name + ": relative error " +
                                      number_text(check.largest_relative_error) + " exceeds " +
                                      number_text(check.tolerance));
        }
    }
    const MapFrame& frame() {
        if (!frame_) {
            frame_ = frame_maps(context_.scenario, context_.built, context_.data_dir);
        }
        return *frame_;
    }
    const CellQuantiles& quantiles() {
        if (!quantiles_) {
            quantiles_ =
                find_cell_quantiles(frame(), summary_, context_.results.scenario, context_.options.threads);
        }
        return *quantiles_;
    }
    void plan_maps();
    void write_project(const fs::path& path);
    sim::IdentityCheck check_nations() const;
    std::vector<std::string> outputs() const;

    const RunContext& context_;
    fs::path dir_;
    PlaceSummary summary_;
    TargetAssessment targets_;
    EventSummary events_;
    std::optional<MapFrame> frame_;
    std::optional<CellQuantiles> quantiles_;
    std::vector<ProjectMap> shown_maps_;
    std::vector<std::string> views_;  ///< of their years, for the project
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
    if (!context_.built.strategy.projects.empty()) {
        add("strategy.csv", [this](const fs::path& path) { write_strategy_csv(context_, path); });
    }
    if (wanted.ledger == OnOff::on) {
        add("domino_ledger.csv", [this](const fs::path& path) { write_ledger_csv(context_, path); });
    }
    if (wanted.maps == OnOff::on) {
        plan_maps();
    }
    if (wanted.flatgeobuf == OnOff::on) {
        add("places.fgb", [this](const fs::path& path) { write_places_fgb(context_.built, path); });
    }
    if (wanted.geopackage == OnOff::on) {
        add("results.gpkg", [this, wanted](const fs::path& path) {
            GeopackageContents contents{summary_, targets_, events_};
            if (wanted.maps == OnOff::on) {
                contents.cells = &frame().cells;
                contents.areas = &frame().areas;
            }
            write_results_gpkg(context_, contents, path);
        });
    }
    if (wanted.maps == OnOff::on && wanted.geopackage == OnOff::on && wanted.qgis_project == OnOff::on) {
        add("project.qgz", [this](const fs::path& path) { write_project(path); });
    }
    if (wanted.report == OnOff::on && keeps_what_needs_members(context_)) {
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

void ResultWriter::plan_maps() {
    add_map("emissions_co2e.tif", [this](const fs::path& path) -> Finish {
        const WrittenMap map = write_emissions_map(context_, summary_, *frame_, path);
        return [this, map, name = path.filename().string()] {
            keep(map.check);
            shown_maps_.push_back({name, "Emissions of a cell, t CO2e a year", map.style});
        };
    });
    add_map("emissions_co2e_density.tif", [this](const fs::path& path) -> Finish {
        const WrittenMap map = write_density_map(context_, summary_, *frame_, path);
        return [this, map, name = path.filename().string()] {
            keep(map.check);
            shown_maps_.push_back({name, "Emissions by area, t CO2e a year and km2", map.style});
        };
    });
    add_map("commitment_probability.tif", [this](const fs::path& path) -> Finish {
        const WrittenMap map = write_commitment_map(context_, summary_, *frame_, path);
        return [this, map, name = path.filename().string()] {
            shown_maps_.push_back({name, "Chance that a person's place has committed", map.style});
        };
    });
    if (!keeps_what_needs_members(context_)) {
        return;
    }
    if (context_.scenario.output.quantile_maps == OnOff::on) {
        for (const auto& [file, quantile] : {std::pair{"emissions_co2e_p05.tif", MapQuantile::p05},
                                             std::pair{"emissions_co2e_p50.tif", MapQuantile::p50},
                                             std::pair{"emissions_co2e_p95.tif", MapQuantile::p95}}) {
            add_map(file, [this, quantile = quantile](const fs::path& path) -> Finish {
                write_quantile_map(context_, *quantiles_, *frame_, quantile, path);
                return {};
            });
        }
    }
    if (context_.scenario.output.netcdf == OnOff::on) {
        add("results.nc", [this](const fs::path& path) {
            keep(write_results_nc(context_, summary_, frame(), quantiles(), path));
        });
    }
}

void ResultWriter::write_project(const fs::path& path) {
    fs::create_directory(dir_ / "years");
    for (const ProjectMap& map : shown_maps_) {
        for (int i = 0; i < map.style.years; ++i) {
            const std::string name = year_view_name(map.file, map.style.first_year + i);
            write_file(dir_ / name, year_view(map, frame(), map.style.first_year + i));
            views_.push_back(name);
        }
    }
    write_qgis_project(context_, frame(), shown_maps_, path);
}

std::size_t ResultWriter::find_end_of_group(std::size_t begin) const {
    std::size_t end = begin + 1;
    while (steps_[begin].beside_others && end < steps_.size() && steps_[end].beside_others) ++end;
    return end;
}

void ResultWriter::run_group(std::size_t begin, std::size_t end) {
    if (steps_[begin].beside_others) {
        frame();
        const bool with_quantiles =
            keeps_what_needs_members(context_) && context_.scenario.output.quantile_maps == OnOff::on;
        if (with_quantiles) quantiles();
    }
    std::vector<Finish> finish(end - begin);
    std::vector<std::exception_ptr> failed(end - begin);
    std::atomic<std::size_t> next = begin;
    const auto work = [&](bool tells) {
        for (std::size_t i = next++; i < end; i = next++) {
            try {
                if (tells && context_.progress)
                    context_.progress(steps_[i].file, static_cast<int>(i), static_cast<int>(steps_.size()));
                finish[i - begin] = run_step(steps_[i]);
            } catch (...) {
                failed[i - begin] = std::current_exception();
                next = end;
            }
        }
    };
    {
        std::vector<std::jthread> helpers;
        const int threads = context_.options.threads;
        const auto wanted = static_cast<std::size_t>(
            threads > 0 ? threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency())));
        for (std::size_t t = 1; t < std::min(wanted, end - begin); ++t) helpers.emplace_back(work, false);
        work(true);
    }
    for (std::size_t i = begin; i < end; ++i) {
        if (failed[i - begin]) std::rethrow_exception(failed[i - begin]);
        if (finish[i - begin]) finish[i - begin]();
    }
}

ResultWriter::Finish ResultWriter::run_step(const Step& step) {
    const fs::path path = dir_ / step.file;
    try {
        return step.write(path);
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
    std::vector<std::string> files = views_;
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
