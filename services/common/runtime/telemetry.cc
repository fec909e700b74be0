#include "common/runtime/telemetry.h"

namespace sepakat::runtime {
namespace {

class Silent final : public Telemetry {
 public:
  void Log(Severity, std::string_view, const Labels&) override {}
  void Add(std::string_view, double, const Labels&) override {}
  void Set(std::string_view, double, const Labels&) override {}
  void Observe(std::string_view, double, const Labels&) override {}
};

}  // namespace

Telemetry& NoTelemetry() {
  static Silent silent;  // Stateless: sharing it changes nothing.
  return silent;
}

}  // namespace sepakat::runtime
