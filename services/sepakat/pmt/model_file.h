// Local proxy-means models as TOML, in the form of reference data
// (sepakat/reference/model_demo.toml).
//
// What is written can be handed to a server with `sepakat reference apply`, unless a term speaks of
// a column of the file: such a model serves `sepakat pmt score` alone, and its head says so.
// Errors: InvalidArgument MODEL_INVALID with one line `file:line: mistake` per mistake.
// Thread: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pmt/model.h"

namespace sepakat::pmt {

// `remarks`: lines that stand above the model as comments.
std::string WriteModel(const Model& model, const std::vector<std::string>& remarks);

// The model `id` of the file; an empty id: the only one.
absl::StatusOr<Model> ReadModel(std::string_view file_name, std::string_view toml,
                                std::string_view id);

}  // namespace sepakat::pmt
