#include "targeting/targeting_app.h"

#include <fmt/format.h>

#include "common/base/status.h"
#include "targeting/wire/targeting_rpc.h"

namespace sepakat::targeting {

absl::StatusOr<std::unique_ptr<TargetingApp>> TargetingApp::Create(
    const runtime::Env& env, const TargetingOptions& options) {
  SEPAKAT_ASSIGN_OR_RETURN(RuleSets rule_sets, RuleSets::Builtin());
  const RuleSet* rules = rule_sets.Find(options.rule_set);
  if (rules == nullptr) {
    return base::Error(absl::StatusCode::kInvalidArgument, "RULE_SET_UNKNOWN",
                       fmt::format("no rule set is called {}", options.rule_set));
  }
  return std::unique_ptr<TargetingApp>(new TargetingApp(env, options, std::move(rule_sets), rules));
}

TargetingApp::TargetingApp(const runtime::Env& env, const TargetingOptions& options,
                           RuleSets rule_sets, const RuleSet* rules)
    : rule_sets_(std::move(rule_sets)),
      task_(options, rules, env, &codec_),
      what_ifs_(&task_, env.clock),
      rpc_(MakeTargetingRpc(&task_, &what_ifs_, rule_sets_.all())) {}

absl::Status TargetingApp::Start() {
  SEPAKAT_RETURN_IF_ERROR(rpc_.Check());
  return task_.Start();
}

absl::StatusOr<bool> TargetingApp::Poll(int wait_ms) { return task_.Poll(wait_ms); }

absl::StatusOr<bool> TargetingApp::Relay() { return task_.Relay(); }

absl::Status TargetingApp::Healthy() const { return task_.Healthy(); }

}  // namespace sepakat::targeting
