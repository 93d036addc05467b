#include "sim/live/world_difference.h"

#include <algorithm>
#include <optional>

#include "sim/world_pair.h"

namespace domino::sim {
namespace {

/// The two with what is compared by date taken out: equal where only that differs.
template <class Value, class Blank>
bool same_but(const Value& a, const Value& b, Blank blank) {
    Value x = a, y = b;
    blank(x);
    blank(y);
    return x == y;
}

class Comparison {
 public:
    Comparison(const World& baseline, const World& changed)
        : a_(baseline), b_(changed), calendar_(baseline.calendar) {
        check_pair(changed, baseline);
    }

    WorldDifference compare() {
        compare_worlds();
        compare_places();
        compare_layers();
        for (std::size_t c = 0; c < a_.countries.size(); ++c)
            compare_country(a_.countries[c], b_.countries[c]);
        pairs(a_.programmes, b_.programmes, [&](const Programme* a, const Programme* b) {
            // A programme without windows of its own pays for nothing; its windows are compared by
            // themselves.
            if (a != nullptr && b != nullptr) compare_programme(*a, *b);
        });
        pairs(a_.support, b_.support,
              [&](const SupportWindow* a, const SupportWindow* b) { compare_support(a, b); });
        compare_credits(a_.credits, b_.credits);
        compare_credits(a_.eco_lease, b_.eco_lease);
        pairs(a_.price_schemes, b_.price_schemes,
              [&](const PriceScheme* a, const PriceScheme* b) { compare_scheme(a, b); });
        pairs(a_.withdrawals, b_.withdrawals,
              [&](const Withdrawal* a, const Withdrawal* b) { compare_withdrawal(a, b); });
        return found_;
    }

 private:
    void differ_from(Month month) {
        const Month last{calendar_.end().value - 1};
        if (month > last) return;  // beyond the run
        found_.from = std::min(found_.from, std::max(calendar_.first, calendar_.step_start(month)));
    }
    void differ_from_the_start() { differ_from(calendar_.first); }
    void differ_from_year_of(Month month) {
        if (month != never) differ_from(make_month(std::max(month, calendar_.first).year(), 1));
    }
    void differ_from_year(std::size_t touched_year) {
        differ_from(make_month(calendar_.first.year() + static_cast<int>(touched_year), 1));
    }
    /// What is accounted for once a member has run, from all of its years.
    void differ_at_the_end() { differ_from(Month{calendar_.end().value - 1}); }

    /// Entries by year: the first that differs, where none does before `from_start_until`.
    void compare_by_year(const ByYear& a, const ByYear& b, std::size_t from_start_until = 0) {
        if (a == b) return;
        if (a.size() != b.size()) return differ_from_the_start();
        const auto at =
            static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin());
        if (at < from_start_until) return differ_from_the_start();
        differ_from_year(at);
    }

    /// Entries of two lists by position; what one list alone has stands against nothing.
    template <class Entry, class Compare>
    void pairs(const std::vector<Entry>& a, const std::vector<Entry>& b, Compare compare) {
        for (std::size_t n = 0; n < std::max(a.size(), b.size()); ++n) {
            const Entry* x = n < a.size() ? &a[n] : nullptr;
            const Entry* y = n < b.size() ? &b[n] : nullptr;
            if (x != nullptr && y != nullptr && *x == *y) continue;
            compare(x, y);
        }
    }

    template <class Entry>
    static Month earlier_start(const Entry* a, const Entry* b) {
        return std::min(a != nullptr ? a->from : never, b != nullptr ? b->from : never);
    }

    /// The names of all fields stand here, so that a new one does not compile until it is compared.
    void compare_worlds() {
        const auto& [calendar, money_year, countries, admin1_keys, places, covariates, layers, couplings,
                     technologies, programmes, support, credits, eco_lease, price_schemes, withdrawals,
                     parameters, credit_accounting, endogenous_cost, uncertainty] = a_;
        if (money_year != b_.money_year || admin1_keys != b_.admin1_keys || technologies != b_.technologies ||
            covariates != b_.covariates || parameters != b_.parameters ||
            endogenous_cost != b_.endogenous_cost || uncertainty != b_.uncertainty)
            differ_from_the_start();
        if (credit_accounting != b_.credit_accounting) differ_at_the_end();
    }

    void compare_places() {
        for (std::size_t i = 0; i < a_.places.size(); ++i) {
            const auto& [key, country, admin1, kind, curve_index, population, emissions_t, committed_since,
                         potential_factor] = a_.places[i];
            const PlaceInputs& b = b_.places[i];
            if (key != b.key || country != b.country || admin1 != b.admin1 || kind != b.kind ||
                curve_index != b.curve_index || population != b.population || emissions_t != b.emissions_t ||
                potential_factor != b.potential_factor)
                return differ_from_the_start();
            if (committed_since != b.committed_since)
                differ_from(std::min(committed_since.value_or(never), b.committed_since.value_or(never)));
        }
    }

    void compare_layers() {
        for (std::size_t l = 0; l < std::max(a_.layers.size(), b_.layers.size()); ++l) {
            if (l >= a_.layers.size()) {
                compare_rows(nothing_like(b_.layers[l]), b_.layers[l], false);
            } else if (l >= b_.layers.size()) {
                compare_rows(a_.layers[l], nothing_like(a_.layers[l]), false);
            } else {
                if (a_.couplings[l] != b_.couplings[l]) differ_from_the_start();
                if (a_.layers[l].name != b_.layers[l].name || a_.layers[l].kind != b_.layers[l].kind)
                    differ_from_the_start();
                compare_rows(a_.layers[l], b_.layers[l], members_draw(l));
            }
        }
    }

    static FrozenLayer nothing_like(const FrozenLayer& layer) {
        FrozenLayer empty;
        empty.row_begin.assign(layer.row_begin.size(), 0);
        return empty;
    }

    /// Whether members differ in the weights of the layer's ties.
    bool members_draw(std::size_t layer) const {
        const LayerCoupling& coupling = a_.couplings[layer];
        return coupling.decay_ratio != fixed(1.0) ||
               (!a_.layers[layer].drawn_weight.empty() && coupling.drawn_weight != fixed(1.0));
    }

    void compare_rows(const FrozenLayer& a, const FrozenLayer& b, bool drawn) {
        if (a.row_begin == b.row_begin && a.source == b.source && a.weight == b.weight &&
            a.drawn_weight == b.drawn_weight && a.from == b.from && a.to == b.to)
            return;
        // Rows of undated layers are divided by their sum beforehand, so that ties which come one day round
        // otherwise.
        const bool dated = (a.dated() || a.source.empty()) && (b.dated() || b.source.empty());
        const bool drawn_alike =
            a.drawn_weight.empty() == b.drawn_weight.empty() || a.source.empty() || b.source.empty();
        if (!dated || !drawn_alike) return differ_from_the_start();
        for (std::size_t i = 0; i + 1 < a.row_begin.size(); ++i) compare_row(a, b, i, drawn);
    }

    struct Tie {
        std::uint32_t source;
        double weight, drawn_weight;
        Month from, to;

        friend bool operator==(const Tie&, const Tie&) = default;
    };

    static std::vector<Tie> ties_of(const FrozenLayer& layer, std::size_t row) {
        std::vector<Tie> ties;
        for (std::size_t e = layer.row_begin[row]; e < layer.row_begin[row + 1]; ++e) {
            const double drawn = layer.drawn_weight.empty() ? 0.0 : layer.drawn_weight[e];
            ties.push_back({layer.source[e], layer.weight[e], drawn, layer.from[e], layer.to[e]});
        }
        return ties;
    }

    /// Largest sum of a row's live weights in any month of the run, as for its normaliser.
    double largest_sum(const std::vector<Tie>& ties) const {
        double largest = 1.0;
        for (int step = 0; step < calendar_.steps; step += calendar_.months_per_step) {
            double live = 0.0;
            for (const Tie& tie : ties) {
                if (ActingMonths(calendar_, tie.from, tie.to).contain(calendar_.month(step)))
                    live += tie.weight;
            }
            largest = std::max(largest, live);
        }
        return largest;
    }

    /// Ties that are not live add nothing, so two rows act alike until one has a tie the other has not.
    void compare_row(const FrozenLayer& a, const FrozenLayer& b, std::size_t row, bool drawn) {
        const std::vector<Tie> left = ties_of(a, row), right = ties_of(b, row);
        if (left == right) return;
        // Weights in fixed point are relative to the largest sum a row ever has, in each member where they
        // are drawn.
        const bool empty = left.empty() || right.empty();
        if (!empty && (drawn || largest_sum(left) != largest_sum(right))) return differ_from_the_start();
        if (left.size() == right.size() && differ_in_ends(left, right)) return;
        std::vector<Tie> shared, in_b = right;
        for (const Tie& tie : left) {
            const auto same = std::find(in_b.begin(), in_b.end(), tie);
            if (same == in_b.end()) {
                differ_from(tie.from);
            } else {
                shared.push_back(tie);
                in_b.erase(same);
            }
        }
        for (const Tie& tie : in_b) differ_from(tie.from);
        // Sums run in the order of ties: what both have must stand in one order.
        std::size_t found = 0;
        for (const Tie& tie : right) {
            if (found < shared.size() && shared[found] == tie) ++found;
        }
        if (found < shared.size()) differ_from_the_start();
    }

    bool differ_in_ends(const std::vector<Tie>& left, const std::vector<Tie>& right) {
        Month first = never;
        for (std::size_t n = 0; n < left.size(); ++n) {
            if (!same_but(left[n], right[n], [](Tie& tie) { tie.to = never; })) return false;
            if (left[n].to != right[n].to) first = std::min({first, left[n].to, right[n].to});
        }
        differ_from(first);
        return true;
    }

    void compare_country(const Country& a, const Country& b) {
        const bool same = same_but(a, b, [](Country& c) {
            c.population_factor.clear();
            c.gdp_musd.clear();
            c.gdp_log_growth.clear();
            c.emission_factor_g_per_kwh.clear();
            c.generation_twh.clear();
            for (SectorPath& sector : c.sectors) sector.observed_factor.clear();
            for (RemainderPath& part : c.remainder) part.observed_factor.clear();
            c.lulucf.observed_factor.clear();
        });
        if (!same) differ_from_the_start();
        // The base year is what every other year is told relative to.
        const auto until_base =
            static_cast<std::size_t>(std::max(0, a.base_year - calendar_.first.year() + 1));
        const auto by_year = [&](const ByYear& x, const ByYear& y) { compare_by_year(x, y, until_base); };
        compare_by_year(a.population_factor, b.population_factor, std::max<std::size_t>(until_base, 1));
        by_year(a.gdp_musd, b.gdp_musd);
        by_year(a.gdp_log_growth, b.gdp_log_growth);
        by_year(a.emission_factor_g_per_kwh, b.emission_factor_g_per_kwh);
        by_year(a.generation_twh, b.generation_twh);
        for (std::size_t s = 0; s < a.sectors.size(); ++s)
            by_year(a.sectors[s].observed_factor, b.sectors[s].observed_factor);
        for (std::size_t r = 0; r < a.remainder.size(); ++r)
            by_year(a.remainder[r].observed_factor, b.remainder[r].observed_factor);
        by_year(a.lulucf.observed_factor, b.lulucf.observed_factor);
    }

    void compare_programme(const Programme& a, const Programme& b) {
        const bool same = same_but(a, b, [](Programme& p) {
            p.budget_jpy.clear();
            p.budget_changes = never;
            p.unchanged_budget_jpy = 0.0;
        });
        if (!same) differ_from_the_start();
        compare_by_year(a.budget_jpy, b.budget_jpy);
        if (a.budget_changes != b.budget_changes || a.unchanged_budget_jpy != b.unchanged_budget_jpy)
            differ_from_year_of(std::min(a.budget_changes, b.budget_changes));
    }

    /// A window takes money from others for whole years.
    void compare_support(const SupportWindow* a, const SupportWindow* b) {
        const bool ends_alone =
            a != nullptr && b != nullptr && same_but(*a, *b, [](SupportWindow& w) { w.to = never; });
        differ_from_year_of(ends_alone ? std::min(a->to, b->to) : earlier_start(a, b));
    }

    void compare_credits(const CreditProgramme& a, const CreditProgramme& b) {
        const bool same = same_but(a, b, [](CreditProgramme& programme) {
            programme.budget_jpy.clear();
            programme.eligible_from.clear();
        });
        if (!same || a.eligible_from.size() != b.eligible_from.size()) return differ_from_the_start();
        for (std::size_t c = 0; c < a.eligible_from.size(); ++c) {
            if (a.eligible_from[c] != b.eligible_from[c])
                differ_from_year_of(std::min(a.eligible_from[c], b.eligible_from[c]));
        }
        if (a.budget_jpy == b.budget_jpy) return;
        if (a.budget_jpy.size() != b.budget_jpy.size()) return differ_from_the_start();
        // What is paid over years must be borne by each year's budget when it is promised.
        const auto at = std::mismatch(a.budget_jpy.begin(), a.budget_jpy.end(), b.budget_jpy.begin()).first -
                        a.budget_jpy.begin();
        differ_from_year(static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, at - a.payment_years + 1)));
    }

    void compare_scheme(const PriceScheme* a, const PriceScheme* b) {
        if (a == nullptr || b == nullptr) return differ_from(earlier_start(a, b));
        const bool dated = same_but(*a, *b, [](PriceScheme& scheme) {
            scheme.to = never;
            scheme.budget_jpy.clear();
        });
        if (!dated || a->budget_jpy.size() != b->budget_jpy.size()) return differ_from(earlier_start(a, b));
        if (a->to != b->to) differ_from(std::min(a->to, b->to));
        compare_by_year(a->budget_jpy, b->budget_jpy);
    }

    void compare_withdrawal(const Withdrawal* a, const Withdrawal* b) {
        const bool ends_alone =
            a != nullptr && b != nullptr && same_but(*a, *b, [](Withdrawal& w) { w.to = never; });
        differ_from(ends_alone ? std::min(a->to, b->to) : earlier_start(a, b));
    }

    const World& a_;
    const World& b_;
    const Calendar& calendar_;
    WorldDifference found_;
};

}  // namespace

WorldDifference first_difference(const World& baseline, const World& changed) {
    return Comparison(baseline, changed).compare();
}

}  // namespace domino::sim
