#include "scenarios/proposal/partnership.h"

#include <algorithm>

#include <fmt/format.h>

#include "scenarios/month_text.h"
#include "scenarios/world/pack_places.h"
#include "scenarios/world/place_names.h"
#include "scenarios/world/programmes.h"

namespace domino::scenarios {
namespace {

constexpr int past_years = 3;

/// Last month of a fiscal year.
sim::Month end_of_fiscal_year(int year) {
    return sim::make_month(year + 1, 3);
}
int fiscal_year_of(sim::Month month) {
    return sim::Month{month.value - 3}.year();
}

class PartnershipFinder {
 public:
    PartnershipFinder(const Proposal& proposal, Pack& pack, Problems& problems)
        : proposal_(proposal), pack_(pack), problems_(problems) {}

    std::optional<Partnership> find() {
        for (auto& [id, unit] : read_admin_units(pack_))
            if (unit.iso3 == "JPN" || unit.iso3 == proposal_.partner_country) units_.emplace(id, unit);
        std::vector<std::string> wanted = {"JPN", proposal_.partner_country};
        std::sort(wanted.begin(), wanted.end());
        gazetteer_ = read_gazetteer(pack_, wanted);
        const PlaceNames names(units_, gazetteer_);
        const auto japan = resolve(names, proposal_.japanese_municipality, NameScope::japan);
        const auto partner = resolve(names, proposal_.partner, NameScope::elsewhere);
        if (!japan || !partner) return std::nullopt;
        Partnership found;
        found.japan = describe(*japan);
        found.partner = describe(*partner);
        read_ties(found);
        read_country(found);
        read_leading_areas(found);
        return found;
    }

 private:
    /// What a name stands for; names that c3p_pairs uses ("Sakai City", "Airai State") are known too.
    std::optional<PlaceNames::Match> resolve(const PlaceNames& names, const std::string& text,
                                             NameScope scope) {
        const bool japan = scope == NameScope::japan;
        const auto table = pack_.read("c3p_pairs", {"overseas_name", "japan_name"});
        const Rows rows(table);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows.text(i, japan ? "japan_name" : "overseas_name") != text) continue;
            if (!japan && rows.text(i, "overseas_iso3") != proposal_.partner_country) continue;
            const std::string place = rows.text(i, japan ? "japan_place_id" : "overseas_place_id");
            const std::string unit = rows.text(i, japan ? "japan_admin1_id" : "overseas_admin1_id");
            return PlaceNames::Match{place.empty() ? unit : place, place.empty()};
        }
        std::string hint;
        auto match = names.find(text, scope, hint);
        if (match && country_of(*match) == (japan ? "JPN" : proposal_.partner_country)) return match;
        const std::string key = japan ? "japanese_municipality" : "partner";
        const auto at = proposal_.set_at.find(key);
        problems_.push_back({at == proposal_.set_at.end() ? SourceLocation{} : at->second,
                             fmt::format("{}: no place of {} is meant by \"{}\"", key,
                                         japan ? "Japan" : proposal_.partner_country, text.substr(0, 60)),
                             "", hint.empty() ? "give a place of that country" : hint});
        return std::nullopt;
    }

    const GazetteerPlace* place_of(const std::string& id) const {
        const auto found = std::find_if(gazetteer_.begin(), gazetteer_.end(),
                                        [&](const GazetteerPlace& p) { return p.id == id; });
        return found == gazetteer_.end() ? nullptr : &*found;
    }

    std::string country_of(const PlaceNames::Match& match) const {
        if (match.unit) return units_.at(match.id).iso3;
        const GazetteerPlace* place = place_of(match.id);
        return place == nullptr ? std::string{} : place->iso3;
    }

    Actor describe(const PlaceNames::Match& match) const {
        Actor actor;
        actor.id = match.id;
        actor.unit = match.unit;
        if (!match.unit) {
            if (const GazetteerPlace* place = place_of(match.id)) {
                actor.name = place->name;
                actor.iso3 = place->iso3;
                actor.ghi_kwh_m2_day = place->ghi_kwh_m2_day;
            }
            return actor;
        }
        const auto unit = units_.find(match.id);
        if (unit != units_.end()) {
            actor.name = unit->second.name;
            actor.iso3 = unit->second.iso3;
        }
        // A region's sunshine is that of its largest city.
        const GazetteerPlace* largest = nullptr;
        for (const GazetteerPlace& place : gazetteer_) {
            if (place.admin1_id != match.id || !place.ghi_kwh_m2_day) continue;
            if (largest == nullptr || place.population > largest->population) largest = &place;
        }
        if (largest != nullptr) actor.ghi_kwh_m2_day = largest->ghi_kwh_m2_day;
        return actor;
    }

    static bool is(const Actor& actor, const std::string& place_id, const std::string& admin1_id) {
        return actor.unit ? place_id.empty() && admin1_id == actor.id : place_id == actor.id;
    }

    void read_ties(Partnership& found) {
        for (const PairRecord& pair : read_pairs(pack_)) {
            if (!is(found.japan, pair.japan_place_id, pair.japan_admin1_id) ||
                !is(found.partner, pair.overseas_place_id, pair.overseas_admin1_id))
                continue;
            TieOnRecord tie{pair.id, pair.source, pair.from, pair.from, pair.to.has_value(), pair.project};
            tie.last = pair.to
                           ? *pair.to
                           : end_of_fiscal_year(pair.last_fiscal_year.value_or(fiscal_year_of(pair.from)));
            found.ties.push_back(std::move(tie));
        }
    }

    void read_country(Partnership& found) {
        const auto partners = read_jcm_partners(pack_);
        if (const auto since = partners.find(proposal_.partner_country); since != partners.end())
            found.jcm_partner_since = since->second;
        const auto table = pack_.read("jcm_partners", {"iso3", "name", "status"});
        const Rows rows(table);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows.text(i, "iso3") != proposal_.partner_country) continue;
            found.country_name = rows.text(i, "name");
            found.jcm_candidate = rows.text(i, "status") == "candidate";
        }
        if (found.country_name.empty()) found.country_name = proposal_.partner_country;
    }

    void read_leading_areas(Partnership& found) {
        const auto table = pack_.read_optional("leading_areas", {"place_id", "admin1_id", "match"});
        if (!table) return;
        const Rows rows(*table);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const bool prefecture = rows.text(i, "match") == "prefecture";
            if (found.japan.unit ? prefecture && rows.text(i, "admin1_id") == found.japan.id
                                 : rows.text(i, "place_id") == found.japan.id)
                found.leading_area = true;
        }
    }

    const Proposal& proposal_;
    Pack& pack_;
    Problems& problems_;
    AdminUnits units_;
    std::vector<GazetteerPlace> gazetteer_;
};

bool overlap(sim::Month a_from, sim::Month a_last, sim::Month b_from, sim::Month b_last) {
    return a_from <= b_last && b_from <= a_last;
}

}  // namespace

std::optional<Partnership> find_partnership(const Proposal& proposal, Pack& pack, Problems& problems) {
    return PartnershipFinder(proposal, pack, problems).find();
}

PastCollaboration count_past_projects(const Proposal& proposal, const Partnership& partnership) {
    const sim::Month last{proposal.start().value - 1};
    const sim::Month first{proposal.start().value - 12 * past_years};
    PastCollaboration past;
    std::vector<const TieOnRecord*> counted;
    for (const TieOnRecord& tie : partnership.ties) {
        if (!tie.project || !overlap(tie.from, tie.last, first, last)) continue;
        counted.push_back(&tie);
        past.evidence.push_back(fmt::format("on record: {} ({} to {}; {})", tie.id, format_month(tie.from),
                                            format_month(tie.last), tie.source));
    }
    past.at_least = past.at_most = static_cast<int>(counted.size());
    for (const PastProject& declared : proposal.past_projects) {
        if (!overlap(declared.from, declared.to, first, last)) {
            past.evidence.push_back(
                fmt::format("declared: \"{}\" is not of the past {} years", declared.title, past_years));
            continue;
        }
        const auto same = [&](const TieOnRecord* tie) { return tie->id == declared.pair_id; };
        const auto near = [&](const TieOnRecord* tie) {
            return overlap(tie->from, tie->last, declared.from, declared.to);
        };
        if (!declared.pair_id.empty() && std::any_of(counted.begin(), counted.end(), same)) {
            past.evidence.push_back(fmt::format("declared: \"{}\" is {}", declared.title, declared.pair_id));
            continue;
        }
        ++past.at_most;
        const bool perhaps_same = std::any_of(counted.begin(), counted.end(), near);
        if (!perhaps_same) ++past.at_least;
        past.evidence.push_back(
            fmt::format("declared: \"{}\" ({} to {}){}", declared.title, format_month(declared.from),
                        format_month(declared.to),
                        perhaps_same ? ", which may be the one on record: name its pair_id" : ""));
    }
    return past;
}

}  // namespace domino::scenarios
