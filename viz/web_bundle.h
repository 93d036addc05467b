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

}  // namespace domino::viz
