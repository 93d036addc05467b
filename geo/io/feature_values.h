#pragma once

#include <ogrsf_frmts.h>

#include "geo/io/gpkg_writer.h"

namespace domino::geo::io {

/// Declares a field as OGR has it.
void set_field_type(OGRFieldDefn& definition, GpkgFieldType type);

/// Sets a field of a feature; false when the value does not fit the field.
bool set_field_value(OGRFeature& feature, int index, const GpkgValue& value, GpkgFieldType type);

}  // namespace domino::geo::io
