#include "viz/web_bundle.h"

#include <cstddef>

// Labels of viz/web/bundle.S.in.
extern "C" {
extern const char domino_report_page[];
extern const char domino_report_page_end[];
extern const char domino_report_script[];
extern const char domino_report_script_end[];
extern const char domino_report_style[];
extern const char domino_report_style_end[];
extern const char domino_comparison_script[];
extern const char domino_comparison_script_end[];
extern const char domino_comparison_style[];
extern const char domino_comparison_style_end[];
}

namespace domino::viz {

namespace {

std::string_view between(const char* begin, const char* end) {
    return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

WebBundle web_bundle() {
    return {between(domino_report_page, domino_report_page_end),
            between(domino_report_script, domino_report_script_end),
            between(domino_report_style, domino_report_style_end)};
}

MapBundle map_bundle() {
    return {between(domino_comparison_script, domino_comparison_script_end),
            between(domino_comparison_style, domino_comparison_style_end)};
}

}  // namespace domino::viz
