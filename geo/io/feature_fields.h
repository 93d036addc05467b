#pragma once

#include <ogrsf_frmts.h>

#include <string>
#include <vector>

#include "geo/io/vector_layer.h"

namespace domino::geo::io {

/// The columns a request names, found in a layer's definition.
class FeatureFields {
 public:
    /// Adds a problem for each required column, and the id column, that is missing or cannot hold what is
    /// asked.
    FeatureFields(OGRLayer& layer, const VectorLayerRequest& request, const std::string& where,
                  std::vector<Problem>& problems);

    /// The feature's id, empty where it is null.
    std::string read_id(const OGRFeature& feature) const;

    /// One value a requested field; text is read as a number where a number is asked. Adds a problem for each
    /// that is not one.
    void read_values(const OGRFeature& feature, const std::string& where, std::vector<FieldValue>& values,
                     std::vector<Problem>& problems) const;

 private:
    struct Column {
        FieldRequest request;
        int index = -1;  ///< -1: the layer does not have it
    };

    std::vector<Column> columns_;
    std::string id_field_;
    int id_index_ = -1;
    bool id_is_fid_ = false;  ///< a table's whole-number key is GDAL's feature number, and no column
};

}  // namespace domino::geo::io
