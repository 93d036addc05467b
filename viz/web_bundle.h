#pragma once

#include <string_view>

namespace domino::viz {

/// The report page as built from viz/web and linked into the program. Without a build of it (option
/// DOMINO_BUILD_WEB off) script and style are empty, and the page shows its fallback only.
struct WebBundle {
    std::string_view page;    ///< template.html with its slots
    std::string_view script;  ///< report.js
    std::string_view style;   ///< report.css
};

WebBundle web_bundle();

/// What the maps of the comparison's page need; empty in the same case, and the page shows its plain maps.
struct MapBundle {
    std::string_view script;  ///< comparison.js
    std::string_view style;   ///< comparison.css
};

MapBundle map_bundle();

}  // namespace domino::viz
