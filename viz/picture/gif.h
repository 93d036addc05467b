#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace domino::viz {

/// Pixels of one frame, 0xRRGGBB, row by row.
using GifFrame = std::vector<std::uint32_t>;

/// An animated GIF (GIF89a) that plays for ever, @p centiseconds a frame, the last one three times as long.
/// One palette for all frames: the 256 commonest colours, others take the nearest. All frames have
/// @p width × @p height pixels; sides are at most 65535.
std::string make_gif(const std::vector<GifFrame>& frames, int width, int height, int centiseconds);

}  // namespace domino::viz
