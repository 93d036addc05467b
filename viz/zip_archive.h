#pragma once

#include <string>
#include <utility>
#include <vector>

namespace domino::viz {

/// A zip archive of texts (name, content), compressed, dated 1980-01-01 (the format's first day) so that the
/// same texts give the same bytes. Names are plain ASCII; each text is under 4 GiB.
std::string make_zip(const std::vector<std::pair<std::string, std::string>>& files);

}  // namespace domino::viz
