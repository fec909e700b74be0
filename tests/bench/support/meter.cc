#include "tests/bench/support/meter.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string>

namespace sepakat::bench {
namespace {

double WallNow() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

double CpuNow() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// A line like `VmRSS:   123 kB`.
double StatusMib(int pid, const std::string& name) {
  std::ifstream status(fmt::format("/proc/{}/status", pid));
  for (std::string word; status >> word;) {
    double kib = 0;
    if (word == name + ":" && status >> kib) return kib / 1024;
  }
  return 0;
}

}  // namespace

Meter::Meter() : wall_(WallNow()), cpu_(CpuNow()) {}
double Meter::Seconds() const { return WallNow() - wall_; }
double Meter::CpuSeconds() const { return CpuNow() - cpu_; }

double ResidentMib(int pid) { return StatusMib(pid, "VmRSS"); }
double PeakResidentMib(int pid) { return StatusMib(pid, "VmHWM"); }

void Must(const absl::Status& status) {
  if (status.ok()) return;
  fmt::print(stderr, "{}\n", status.ToString());
  std::exit(1);
}

}  // namespace sepakat::bench
