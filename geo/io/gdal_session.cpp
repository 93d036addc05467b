#include "geo/io/gdal_session.h"

#include <cpl_error.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <proj.h>

#include <mutex>
#include <utility>

#include "geo/io/netcdf_writer.h"

namespace domino::geo::io {

namespace {

void collect(CPLErr severity, CPLErrorNum, const char* message) {
    auto* session = static_cast<GdalSession*>(CPLGetErrorHandlerUserData());
    if (session == nullptr) return;
    if (severity == CE_Failure || severity == CE_Fatal) session->record_error(message);
    if (severity == CE_Warning) session->record_warning(message);
}

std::string read_geos_version() {
    int major = 0;
    int minor = 0;
    int patch = 0;
    if (!OGRGetGEOSVersion(&major, &minor, &patch)) return "none";
    return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

}  // namespace

GdalSession::GdalSession() {
    CPLPushErrorHandlerEx(collect, this);
    // Asking GDAL again costs as much as writing a row.
    static std::once_flag registered;
    std::call_once(registered, [] {
        GDALAllRegister();
        OSRSetPROJEnableNetwork(0);
    });
}

GdalSession::~GdalSession() {
    CPLPopErrorHandler();
    CPLErrorReset();
}

std::string GdalSession::last_error(const std::string& otherwise) const {
    return errors_.empty() ? otherwise : errors_.back();
}

void GdalSession::clear() {
    errors_.clear();
    warnings_.clear();
    CPLErrorReset();
}

LibraryVersions library_versions() {
    const GdalSession session;
    const PJ_INFO proj = proj_info();
    return {GDALVersionInfo("RELEASE_NAME"), proj.version, read_geos_version(), netcdf_version()};
}

}  // namespace domino::geo::io
