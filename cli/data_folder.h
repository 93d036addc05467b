#pragma once

#include <filesystem>
#include <string>

namespace domino::cli {

/// The folder of the data pack: @p given (--data) if not empty, else the environment's DOMINO_DATA, else
/// share/domino/data beside the program's bin, else data/ of the source tree the program was built from.
/// Throws Failure (data) when there is none, naming where it looked.
std::filesystem::path find_data_folder(const std::string& given);

}  // namespace domino::cli
