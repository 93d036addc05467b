#include "viz/write_results.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <mutex>
#include <optional>
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
#include "viz/pathways.h"
#include "viz/pathways_csv.h"
#include "viz/place_layer.h"
#include "viz/places_csv.h"
#include "viz/qgis_project.h"
#include "viz/report_html.h"
#include "viz/results_gpkg.h"
#include "viz/results_nc.h"
#include "viz/side_by_side.h"
#include "viz/strategy_csv.h"
#include "viz/targets_csv.h"

namespace domino::viz {

namespace {

namespace fs = std::filesystem;
using scenarios::OnOff;

/// What is prepared once for several files.
enum class Part : unsigned char { frame, quantiles, nations };

/// Whether a file tells of the others.
enum class Turn : unsigned char { any, last };

/// Writes one run's files, side by side on as many threads as the run has, and remembers them for the
/// manifest. What a file holds depends on nothing but the run.
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
        write_side_by_side();
        // Then what tells of the other files.
        for (const Step& step : steps_) {
            if (step.turn == Turn::last) run_step(step);
        }
    }

 private:
    /// What is left to do with a file once it is written, in the order of the steps.
    using Finish = std::function<void()>;
    struct Step {
        std::string file;
        std::function<Finish(const fs::path&)> write;
        std::vector<Part> needs;
        int weight = 1;  ///< how long it takes beside the others, roughly
        Turn turn = Turn::any;
    };

    void plan();
    void write_side_by_side();
    Task prepare(Part part, int threads);
    bool is_needed(Part part) const;
    Finish run_step(const Step& step);
    Step& add(const char* file, std::function<void(const fs::path&)> write, std::vector<Part> needs = {},
              int weight = 1) {
        steps_.push_back({file,
                          [write = std::move(write)](const fs::path& path) {
                              write(path);
                              return Finish();
                          },
                          std::move(needs), weight});
        return steps_.back();
    }
    void add_map(const char* file, Part needs, std::function<Finish(const fs::path&)> write) {
        steps_.push_back({file, std::move(write), {needs}, 3});
    }
    void keep(const sim::IdentityCheck& check) {
        identities_.push_back(check);
        if (!check.holds()) {
            throw sim::IdentityBroken("identity broken: " + check.name + ": relative error " +
                                      number_text(check.largest_relative_error) + " exceeds " +
                                      number_text(check.tolerance));
        }
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
    std::vector<PathwaySeries> nations_;
    std::vector<ProjectMap> shown_maps_;
    std::vector<std::string> views_;  ///< of their years, for the project
    std::vector<sim::IdentityCheck> identities_;
    std::vector<Step> steps_;
    std::mutex telling_;
    int begun_ = 0;
};

void ResultWriter::plan() {
    const scenarios::OutputSection& wanted = context_.scenario.output;
    add("places.csv", [this](const fs::path& path) { write_places_csv(context_, summary_, path); });
    add("pathways.csv",
        [this](const fs::path& path) { write_pathways_csv(context_, nations_, summary_, path); },
        {Part::nations});
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
        add(
            "results.gpkg",
            [this](const fs::path& path) {
                GeopackageContents contents{summary_, targets_, events_, nations_};
                if (frame_) {
                    contents.cells = &frame_->cells;
                    contents.areas = &frame_->areas;
                }
                write_results_gpkg(context_, contents, path);
            },
            wanted.maps == OnOff::on ? std::vector{Part::nations, Part::frame} : std::vector{Part::nations},
            9);
    }
    if (wanted.maps == OnOff::on && wanted.geopackage == OnOff::on && wanted.qgis_project == OnOff::on) {
        add("project.qgz", [this](const fs::path& path) { write_project(path); }).turn = Turn::last;
    }
    if (wanted.report == OnOff::on && keeps_what_needs_members(context_)) {
        add(
            "report.html",
            [this](const fs::path& path) {
                std::optional<ChangeSummary> changes;
                if (context_.results.reference) {
                    changes = compare_with_reference(context_.results);
                }
                write_report({context_, summary_, targets_, events_, std::move(changes)}, path);
            },
            {}, 2);
    }
    add("scenario_resolved.toml", [this](const fs::path& path) {
        write_file(path, scenarios::resolved_toml(context_.scenario, context_.data_dir));
    });
    add(manifest_name, [this](const fs::path&) {
        write_manifest(context_, outputs(), identities_, dir_);
    }).turn = Turn::last;
}

void ResultWriter::plan_maps() {
    add_map("emissions_co2e.tif", Part::frame, [this](const fs::path& path) -> Finish {
        const WrittenMap map = write_emissions_map(context_, summary_, *frame_, path);
        return [this, map, name = path.filename().string()] {
            keep(map.check);
            shown_maps_.push_back({name, "Emissions of a cell, t CO2e a year", map.style});
        };
    });
    add_map("emissions_co2e_density.tif", Part::frame, [this](const fs::path& path) -> Finish {
        const WrittenMap map = write_density_map(context_, summary_, *frame_, path);
        return [this, map, name = path.filename().string()] {
            keep(map.check);
            shown_maps_.push_back({name, "Emissions by area, t CO2e a year and km2", map.style});
        };
    });
    add_map("commitment_probability.tif", Part::frame, [this](const fs::path& path) -> Finish {
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
            add_map(file, Part::quantiles, [this, quantile = quantile](const fs::path& path) -> Finish {
                write_quantile_map(context_, *quantiles_, *frame_, quantile, path);
                return {};
            });
        }
    }
    if (context_.scenario.output.netcdf == OnOff::on) {
        steps_.push_back({"results.nc",
                          [this](const fs::path& path) -> Finish {
                              const auto check =
                                  write_results_nc(context_, summary_, *frame_, *quantiles_, path);
                              return [this, check] { keep(check); };
                          },
                          {Part::quantiles},
                          6});
    }
}

void ResultWriter::write_project(const fs::path& path) {
    fs::create_directory(dir_ / "years");
    for (const ProjectMap& map : shown_maps_) {
        for (int i = 0; i < map.style.years; ++i) {
            const std::string name = year_view_name(map.file, map.style.first_year + i);
            write_file(dir_ / name, year_view(map, *frame_, map.style.first_year + i));
            views_.push_back(name);
        }
    }
    write_qgis_project(context_, *frame_, shown_maps_, path);
}

bool ResultWriter::is_needed(Part part) const {
    return std::any_of(steps_.begin(), steps_.end(), [part](const Step& step) {
        return std::find(step.needs.begin(), step.needs.end(), part) != step.needs.end();
    });
}

Task ResultWriter::prepare(Part part, int threads) {
    // Much waits for these.
    constexpr int first = 100;
    const auto frame = static_cast<std::size_t>(Part::frame);
    switch (part) {
        case Part::frame:
            return {[this] {
                        frame_ = frame_maps(context_.scenario, context_.built, context_.data_dir,
                                            context_.reading);
                    },
                    {},
                    first};
        case Part::quantiles:
            return {[this, threads] {
                        quantiles_ =
                            find_cell_quantiles(*frame_, summary_, context_.results.scenario, threads);
                    },
                    {frame},
                    first};
        case Part::nations:
            return {[this] { nations_ = build_national_series(context_.built, context_.results.scenario); },
                    {},
                    first};
    }
    return {};
}

void ResultWriter::write_side_by_side() {
    const int threads = context_.options.threads > 0
                            ? context_.options.threads
                            : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    std::vector<Task> tasks;  // the parts in their order, then files
    for (const Part part : {Part::frame, Part::quantiles, Part::nations}) {
        const bool wanted = is_needed(part) || (part == Part::frame && is_needed(Part::quantiles));
        tasks.push_back(wanted ? prepare(part, threads) : Task{[] {}, {}, 1});
    }
    std::vector<Finish> finish(steps_.size());
    for (std::size_t i = 0; i < steps_.size(); ++i) {
        const Step& step = steps_[i];
        if (step.turn == Turn::last) continue;
        Task task{[this, &step, &done = finish[i]] { done = run_step(step); }, {}, step.weight};
        for (const Part part : step.needs) task.after.push_back(static_cast<std::size_t>(part));
        tasks.push_back(std::move(task));
    }
    run_side_by_side(tasks, threads);
    for (const Finish& last : finish) {
        if (last) last();
    }
}

ResultWriter::Finish ResultWriter::run_step(const Step& step) {
    const fs::path path = dir_ / step.file;
    if (context_.progress) {
        const std::lock_guard lock(telling_);
        context_.progress(step.file, begun_++, static_cast<int>(steps_.size()));
    }
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
