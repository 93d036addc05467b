#include "scenarios/keys/sections.h"

namespace domino::scenarios {
void add_output(Keys& keys) {
    add(keys, {.table = "output", .key = "maps", .type = ValueType::on_off, .doc = "Write the GeoTIFF maps."},
        FIELD(output.maps));
    add(keys,
        {.table = "output", .key = "geopackage", .type = ValueType::on_off, .doc = "Write results.gpkg."},
        FIELD(output.geopackage));
    add(keys, {.table = "output", .key = "report", .type = ValueType::on_off, .doc = "Write report.html."},
        FIELD(output.report));
    add(keys,
        {.table = "output", .key = "ledger", .type = ValueType::on_off, .doc = "Write domino_ledger.csv."},
        FIELD(output.ledger));
    add(keys,
        {.table = "output",
         .key = "grid",
         .type = ValueType::quantity,
         .doc = "Cell size of the maps; 0 takes the finest of 2.5, 5, 10, 30 arcmin that keeps a band "
                "under 4 million cells.",
         .unit = "arcmin",
         .low = 0,
         .high = 600},
        FIELD(output.grid_arcmin));
}

}  // namespace domino::scenarios
