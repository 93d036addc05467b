#include "viz/ledger_csv.h"

#include <array>

#include "viz/csv_writer.h"
#include "viz/event_summary.h"
#include "viz/month_text.h"

namespace domino::viz {

void write_ledger_csv(const RunContext& context, const std::filesystem::path& path) {
    static const std::array<std::string, 9> header = {"event_id", "place_id", "time",
                                                      "member",   "cause",    "source_place_id",
                                                      "layer",    "share",    "avoided_t_co2e"};
    const sim::RunResults& results = context.results.scenario;
    const std::vector<geo::Place>& places = context.built.places.places;
    CsvWriter csv(path, header);
    std::string event_id;
    for (const sim::CommitmentEvent& event : results.events) {
        event_id.clear();
        append_integer(event_id, event.member);
        event_id += ':';
        event_id += places[event.place].id;
        csv.text(event_id)
            .text(places[event.place].id)
            .text(month_text(results.calendar.month(event.step)))
            .integer(event.member)
            .text(sim::cause_ids[static_cast<std::size_t>(event.cause)])
            .text(event.source == sim::no_place ? std::string_view() : places[event.source].id)
            .text(layer_name(context.built.world, event.layer))
            .number(event.share)
            .number(event.avoided_t);
        csv.end_row();
    }
    csv.close();
}

}  // namespace domino::viz
