// The three answers of rules, as this domain uses them: common/rules/truth.h.
#pragma once

#include "common/rules/truth.h"

namespace sepakat::targeting {

using rules::Reasons;
using rules::Truth;
using rules::TruthOf;

}  // namespace sepakat::targeting
