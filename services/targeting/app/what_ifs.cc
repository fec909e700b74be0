#include "targeting/app/what_ifs.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/status.h"

namespace sepakat::targeting {
namespace {

constexpr size_t kLongestName = 60;
// Attempts that leave the register free in between.
constexpr int kFreeAttempts = 2;

absl::Status Invalid(std::string_view reason, const std::string& message) {
  return base::Error(absl::StatusCode::kInvalidArgument, reason, message);
}

absl::Status Unknown(std::string_view name) {
  return base::Error(absl::StatusCode::kNotFound, "WHATIF_UNKNOWN",
                     fmt::format("no what-if is called `{}`", name));
}

absl::Status CheckName(std::string_view name) {
  const bool good =
      !name.empty() && name.size() <= kLongestName && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
      });
  if (good) return absl::OkStatus();
  return Invalid("WHATIF_NAME_MALFORMED",
                 "a what-if is named with 1 to 60 of a-z, 0-9 and `-`, for example `garis-110`");
}

// Only what targeting owns can be recorded by it.
absl::Status CheckAdoptable(const WhatIfBranch& branch) {
  const auto refuse = [&](std::string_view why) {
    return base::Error(absl::StatusCode::kFailedPrecondition, "NOT_ADOPTABLE",
                       fmt::format("what-if {} {}", branch.order.name, why));
  };
  const WhatIfChanges& changes = branch.order.changes;
  if (!changes.programmes.empty()) {
    return refuse(
        "changes rules of programmes, which the budget service owns: record them there with "
        "`sepakat reference apply`, and adopt a branch without them");
  }
  if (changes.rules != nullptr) {
    return refuse("judges by other deprivation rules, which are chosen when targeting starts");
  }
  if (!changes.weights.empty()) {
    return refuse("weighs families otherwise; weights come with the data and are corrected there");
  }
  return absl::OkStatus();
}

// What differs from the base, under its new version and with the reason.
std::vector<ParameterChange> ChangesOf(const WhatIfBranch& branch, const std::string& version,
                                       const std::string& source) {
  std::vector<ParameterChange> changes;
  for (const auto& [key, line] : branch.branch.parameters.lines) {
    const auto it = branch.base.lines.find(key);
    if (it != branch.base.lines.end() && it->second.value == line.value) continue;
    ParameterChange& change = changes.emplace_back();
    change.line = line;
    change.line->version = version;
    change.line->source = source;
  }
  if (branch.order.changes.model) {
    ParameterChange& change = changes.emplace_back();
    change.model = branch.order.changes.model;
    change.model->version = version;
    change.model->source = source;
  }
  if (branch.order.changes.settings) {
    ParameterChange& change = changes.emplace_back();
    change.settings = branch.order.changes.settings;
    change.settings->version = version;
    change.settings->source = source;
  }
  if (branch.order.changes.mpi) {
    ParameterChange& change = changes.emplace_back();
    change.mpi = branch.order.changes.mpi;
    change.mpi->version = version;
    change.mpi->source = source;
  }
  return changes;
}

absl::Status CheckVersion(const WhatIfBranch& branch, const std::string& version) {
  if (version.empty()) {
    return Invalid("VERSION_MISSING", "adopting needs the version that the parameters will carry");
  }
  const ParameterSet& base = branch.base;
  const bool used =
      base.settings.version == version || base.mpi.version == version ||
      std::ranges::any_of(base.lines,
                          [&](const auto& entry) { return entry.second.version == version; }) ||
      std::ranges::any_of(base.models,
                          [&](const auto& entry) { return entry.second.version == version; });
  if (!used) return absl::OkStatus();
  return Invalid("VERSION_IN_FORCE",
                 fmt::format("version `{}` is in force already; give a new one", version));
}

}  // namespace

absl::Status WhatIfs::CheckRoom(const WhatIfOrder& order) const {
  if (order.asker.request_id.empty()) {
    return Invalid("REQUEST_ID_MISSING",
                   "a change needs a request_id, so that a repeat does not act twice");
  }
  SEPAKAT_RETURN_IF_ERROR(CheckName(order.name));
  const std::lock_guard guard(lock_);
  if (branches_.contains(order.name)) {
    return base::Error(
        absl::StatusCode::kAlreadyExists, "WHATIF_EXISTS",
        fmt::format("a what-if is called `{}` already; discard it or choose another name",
                    order.name));
  }
  if (branches_.size() < kMostBranches) return absl::OkStatus();
  return base::Error(absl::StatusCode::kResourceExhausted, "WHATIFS_FULL",
                     fmt::format("{} what-ifs are kept; discard one of them", branches_.size()));
}

absl::StatusOr<std::shared_ptr<const WhatIfBranch>> WhatIfs::Create(const WhatIfOrder& order) {
  const std::unique_lock one_at_a_time(creating_, std::try_to_lock);
  if (!one_at_a_time) {
    return base::Error(absl::StatusCode::kUnavailable, "WHATIF_RUNNING",
                       "another what-if is being derived; ask again when it is done");
  }
  if (auto found = Find(order.name);
      found.ok() && (*found)->order.asker.request_id == order.asker.request_id) {
    return found;
  }
  SEPAKAT_RETURN_IF_ERROR(CheckRoom(order));
  auto branch = std::make_shared<WhatIfBranch>();
  branch->order = order;
  const int64_t began_us = clock_->MonotonicUs();
  SEPAKAT_RETURN_IF_ERROR(Compute(branch.get()));
  branch->created_at_ms = clock_->NowMs();
  branch->computed_in_ms = (clock_->MonotonicUs() - began_us) / 1000;
  const std::lock_guard guard(lock_);
  branches_[order.name] = branch;
  return branch;
}

absl::Status WhatIfs::Compute(WhatIfBranch* branch) const {
  const std::string& population = branch->order.population;
  for (int attempt = 0;; ++attempt) {
    const bool held = attempt >= kFreeAttempts;
    std::optional<WhatIfPass> pass;
    bool moved = false;
    bool done = false;
    const auto step = [&](const Engine& engine, int64_t publication,
                          int64_t cut_at_ms) -> absl::Status {
      const PopulationState* state = engine.Find(population);
      if (state == nullptr) {
        return base::Error(absl::StatusCode::kNotFound, "POPULATION_UNKNOWN",
                           "no population is called " + population);
      }
      if (!pass) {
        branch->publication = publication;
        branch->cut_at_ms = cut_at_ms;
        branch->base = state->parameters();
        SEPAKAT_ASSIGN_OR_RETURN(branch->branch.parameters,
                                 Changed(branch->base, branch->order.changes));
        branch->branch.rules =
            branch->order.changes.rules != nullptr ? branch->order.changes.rules : &state->rules();
        branch->branch.weights = branch->order.changes.weights;
        branch->branch.region = branch->order.region;
        SEPAKAT_ASSIGN_OR_RETURN(WhatIfPass begun, WhatIfPass::Begin(branch->branch, *state));
        pass.emplace(std::move(begun));
      }
      moved = publication != branch->publication;
      if (moved) return absl::OkStatus();
      bool read = pass->Read(*state, kChunk);
      while (held && !read) read = pass->Read(*state, kChunk);
      if (!read) return absl::OkStatus();
      SEPAKAT_ASSIGN_OR_RETURN(branch->result, pass->Finish(*state));
      done = true;
      return absl::OkStatus();
    };
    while (!moved && !done) SEPAKAT_RETURN_IF_ERROR(task_->Read(step));
    if (done) return absl::OkStatus();
  }
}

absl::StatusOr<std::shared_ptr<const WhatIfBranch>> WhatIfs::Find(std::string_view name) const {
  const std::lock_guard guard(lock_);
  const auto it = branches_.find(name);
  if (it == branches_.end()) return Unknown(name);
  return it->second;
}

std::vector<std::shared_ptr<const WhatIfBranch>> WhatIfs::List(std::string_view population) const {
  const std::lock_guard guard(lock_);
  std::vector<std::shared_ptr<const WhatIfBranch>> list;
  for (const auto& [name, branch] : branches_) {
    if (branch->order.population == population) list.push_back(branch);
  }
  return list;
}

absl::Status WhatIfs::Discard(const Asker& asker, std::string_view name) {
  if (asker.request_id.empty()) {
    return Invalid("REQUEST_ID_MISSING",
                   "a change needs a request_id, so that a repeat does not act twice");
  }
  const std::lock_guard guard(lock_);
  if (discarding_requests_.contains(asker.request_id)) return absl::OkStatus();
  const auto it = branches_.find(name);
  if (it == branches_.end()) return Unknown(name);
  branches_.erase(it);
  discarding_requests_.insert(asker.request_id);
  return absl::OkStatus();
}

absl::StatusOr<int64_t> WhatIfs::Adopt(const Asker& asker, std::string_view name,
                                       const std::string& version, const RecordParameter& record) {
  SEPAKAT_ASSIGN_OR_RETURN(const std::shared_ptr<const WhatIfBranch> branch, Find(name));
  SEPAKAT_RETURN_IF_ERROR(CheckAdoptable(*branch));
  if (asker.reason.empty()) {
    return Invalid("REASON_MISSING", "adopting a what-if needs a reason, which is recorded");
  }
  if (!branch->adopted_version.empty() && branch->adopted_request != asker.request_id) {
    return base::Error(
        absl::StatusCode::kFailedPrecondition, "WHATIF_ADOPTED",
        fmt::format("what-if {} was adopted as version {}", name, branch->adopted_version));
  }
  SEPAKAT_RETURN_IF_ERROR(CheckVersion(*branch, version));
  const std::string source = fmt::format("what-if {}: {} ({})", name, asker.reason, asker.actor);
  std::vector<ParameterRecord> records;
  for (const ParameterChange& change : ChangesOf(*branch, version, source)) {
    SEPAKAT_ASSIGN_OR_RETURN(records.emplace_back(), record(change));
  }
  SEPAKAT_RETURN_IF_ERROR(task_->CommandOnBase(asker.request_id, records, branch->base));
  const std::lock_guard guard(lock_);
  const auto it = branches_.find(name);
  if (it != branches_.end()) {
    auto adopted = std::make_shared<WhatIfBranch>(*it->second);
    adopted->adopted_request = asker.request_id;
    adopted->adopted_version = version;
    it->second = std::move(adopted);
  }
  return std::ssize(records);
}

}  // namespace sepakat::targeting
