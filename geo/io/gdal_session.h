#pragma once

#include <string>
#include <utility>
#include <vector>

namespace domino::geo::io {

/// Registers GDAL's drivers (idempotent, thread-safe), forbids PROJ the network, and for its lifetime
/// collects GDAL's errors and warnings of the calling thread instead of printing them. Each function of this
/// folder opens one of its own; a program needs none. Sessions nest.
class GdalSession {
 public:
    GdalSession();
    ~GdalSession();
    GdalSession(const GdalSession&) = delete;
    GdalSession& operator=(const GdalSession&) = delete;

    /// Messages of failures so far, oldest first.
    const std::vector<std::string>& errors() const { return errors_; }
    /// Messages of warnings so far, oldest first.
    const std::vector<std::string>& warnings() const { return warnings_; }
    /// The last failure, or @p otherwise when GDAL said nothing.
    std::string last_error(const std::string& otherwise) const;
    void clear();

    void record_error(std::string message) { errors_.push_back(std::move(message)); }
    void record_warning(std::string message) { warnings_.push_back(std::move(message)); }

 private:
    std::vector<std::string> errors_;
    std::vector<std::string> warnings_;
};

/// Versions of the libraries behind this folder, for a manifest.
struct LibraryVersions {
    std::string gdal;
    std::string proj;
    std::string geos;  ///< "none" where GDAL was built without it
    std::string netcdf;
};
LibraryVersions library_versions();

}  // namespace domino::geo::io
