#include "viz/picture/frontier_picture.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "viz/picture/chart_axis.h"

namespace domino::viz {
namespace {

const Colour grid_line{0.90, 0.90, 0.89, 1.0};
/// Told apart by everybody (Okabe and Ito 2008), and by their marks.
const Colour plan_colour{0.0, 0.447, 0.698, 1.0};
const Colour rule_colour{0.835, 0.369, 0.0, 1.0};

constexpr int picture_width = 1200, picture_height = 760;
constexpr double chart_left = 110.0, chart_right = 1160.0, chart_top = 130.0, chart_bottom = 640.0;
constexpr double jpy_in_million = 1e6;

struct Point {
    double budget = 0.0;
    sim::MeanInterval gain;
};

class FrontierPicture {
 public:
    explicit FrontierPicture(const FoundPlan& plan) : plan_(plan), canvas_(picture_width, picture_height) {
        const double in_one = gain_unit(plan.options.aim).in_one;
        const auto scaled = [&](sim::MeanInterval mean) {
            return sim::MeanInterval{mean.mean / in_one, mean.p05 / in_one, mean.p95 / in_one};
        };
        for (const scenarios::FrontierPoint& point : plan.result.frontier) {
            // Beyond what projects may run at once, money buys nothing.
            const double budget = point.limits.budget_jpy_per_year / jpy_in_million;
            plans_.push_back({budget, scaled(point.held_out.plan)});
            rules_.push_back({budget, scaled(point.held_out.rule)});
        }
        double low = 0.0, high = 0.0;
        for (const auto* points : {&plans_, &rules_}) {
            for (const Point& point : *points) {
                low = std::min(low, point.gain.p05);
                high = std::max(high, point.gain.p95);
            }
        }
        constexpr int ticks_down = 6, ticks_across = 7;
        gains_ = make_axis(low, high, ticks_down);
        budgets_ = make_axis(0.0, plans_.back().budget, ticks_across);
    }

    Canvas draw() {
        draw_frame();
        draw_series(rules_, rule_colour, 5.0, Mark::square);
        draw_series(plans_, plan_colour, -5.0, Mark::circle);
        draw_legend();
        return std::move(canvas_);
    }

 private:
    enum class Mark : unsigned char { circle, square };

    double x_of(double budget) const {
        return chart_left +
               (chart_right - chart_left) * (budget - budgets_.low) / (budgets_.high - budgets_.low);
    }
    double y_of(double gain) const {
        return chart_bottom - (chart_bottom - chart_top) * (gain - gains_.low) / (gains_.high - gains_.low);
    }
    void line(CanvasPoint a, CanvasPoint b, double width, Colour colour) {
        const std::vector<std::vector<CanvasPoint>> lines = {{a, b}};
        canvas_.stroke_lines(lines, width, colour);
    }

    void draw_frame() {
        const std::string unit = gain_unit(plan_.options.aim).name;
        canvas_.write_text(
            fmt::format("What more money brings: {}",
                        plan_.scenario.title.empty() ? plan_.scenario.name : plan_.scenario.title),
            {chart_left - 70.0, 44.0}, 26.0, ink, TextAnchor::left, TextWeight::bold);
        std::string aim = describe_aim(plan_);
        if (plan_.options.aim == sim::Aim::commitments) {
            aim += ", more than without a strategy";
        } else {
            aim += fmt::format(", {}, against no strategy", unit);
        }
        canvas_.write_text(aim, {chart_left - 70.0, 76.0}, 17.0, faint_ink);
        for (const double tick : gains_.ticks) {
            line({chart_left, y_of(tick)}, {chart_right, y_of(tick)}, tick == 0.0 ? 1.5 : 1.0,
                 tick == 0.0 ? faint_ink : grid_line);
            canvas_.write_text(gains_.label(tick), {chart_left - 12.0, y_of(tick) + 5.5}, 16.0, ink,
                               TextAnchor::right);
        }
        for (const double tick : budgets_.ticks) {
            line({x_of(tick), chart_bottom}, {x_of(tick), chart_bottom + 6.0}, 1.0, faint_ink);
            canvas_.write_text(budgets_.label(tick), {x_of(tick), chart_bottom + 26.0}, 16.0, ink,
                               TextAnchor::middle);
        }
        canvas_.write_text("Budget, million JPY a year",
                           {0.5 * (chart_left + chart_right), chart_bottom + 56.0}, 17.0, ink,
                           TextAnchor::middle);
        canvas_.write_text(
            fmt::format("Mean over {} members that no plan was chosen by; bars: 90 % interval of the mean.",
                        plan_.options.held_out),
            {chart_right, picture_height - 18.0}, 14.0, faint_ink, TextAnchor::right);
    }

    void draw_mark(CanvasPoint at, Mark mark, Colour colour) {
        constexpr double radius = 6.5;
        if (mark == Mark::circle) return canvas_.fill_circle(at, radius, colour);
        canvas_.fill_rectangle(at.x - 0.9 * radius, at.y - 0.9 * radius, 1.8 * radius, 1.8 * radius, colour);
    }

    /// `aside` keeps the bars of two series from hiding each other.
    void draw_series(const std::vector<Point>& points, Colour colour, double aside, Mark mark) {
        std::vector<std::vector<CanvasPoint>> path = {{{x_of(0.0), y_of(0.0)}}};
        for (const Point& point : points)
            path.front().push_back({x_of(point.budget) + aside, y_of(point.gain.mean)});
        canvas_.stroke_lines(path, 2.5, colour);
        for (const Point& point : points) {
            const double x = x_of(point.budget) + aside;
            constexpr double cap = 5.0;
            const double low = y_of(point.gain.p05), high = y_of(point.gain.p95);
            line({x, low}, {x, high}, 1.6, colour);
            line({x - cap, low}, {x + cap, low}, 1.6, colour);
            line({x - cap, high}, {x + cap, high}, 1.6, colour);
            draw_mark({x, y_of(point.gain.mean)}, mark, colour);
        }
    }

    void draw_legend() {
        double x = chart_left;
        const auto entry = [&](const std::string& text, Colour colour, Mark mark) {
            line({x, 103.0}, {x + 36.0, 103.0}, 2.5, colour);
            draw_mark({x + 18.0, 103.0}, mark, colour);
            canvas_.write_text(text, {x + 46.0, 108.5}, 16.0, ink);
            x += 46.0 + canvas_.text_width(text, 16.0) + 40.0;
        };
        entry("plan chosen by simulation", plan_colour, Mark::circle);
        entry("highest emissions first", rule_colour, Mark::square);
    }

    const FoundPlan& plan_;
    Canvas canvas_;
    std::vector<Point> plans_, rules_;
    ChartAxis gains_, budgets_;
};

}  // namespace

Canvas draw_frontier(const FoundPlan& plan) {
    return FrontierPicture(plan).draw();
}

}  // namespace domino::viz
