#include "viz/left_out.h"

namespace domino::viz {

bool keeps_what_needs_members(const RunContext& context) {
    return context.results.scenario.keeps_members();
}

std::vector<LeftOut> list_left_out(const RunContext& context) {
    using scenarios::OnOff;
    std::vector<LeftOut> out;
    if (keeps_what_needs_members(context)) {
        return out;
    }
    const scenarios::OutputSection& wanted = context.scenario.output;
    if (wanted.report == OnOff::on) {
        out.push_back(
            {"report.html", "it shows each place's spread and paired differences, member by member"});
    }
    if (wanted.maps == OnOff::on && wanted.quantile_maps == OnOff::on) {
        out.push_back({"emissions_co2e_p05.tif, _p50.tif, _p95.tif",
                       "places share cells, and a cell's quantiles need each member's sum"});
    }
    if (wanted.maps == OnOff::on && wanted.netcdf == OnOff::on) {
        out.push_back({"results.nc", "its quantiles are those of cells"});
    }
    if (!context.built.groups.empty()) {
        out.push_back({"emissions and targets of groups", "a group's quantiles need each member's sum"});
    }
    if (context.results.scenario.event_members < context.results.scenario.members) {
        const std::string beyond =
            "members beyond the first " + std::to_string(context.results.scenario.event_members) + " in ";
        const std::string why = "every commitment of every member would take more memory than the places";
        if (wanted.ledger == OnOff::on) out.push_back({beyond + "domino_ledger.csv", why});
        if (wanted.geopackage == OnOff::on)
            out.push_back({beyond + "layers events and domino_links of results.gpkg", why});
    }
    return out;
}

}  // namespace domino::viz
