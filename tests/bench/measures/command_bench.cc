// `sepakat measure` as a statistician types it (J12): a file of 1,000,000 rows, 514 regencies,
// every measure with its error, from the text file to the report. Time is that of the processor,
// user and system, of the whole command; memory is its highest. No peer has such a command: R needs
// minutes for two of these measures (survey_bench.cc).
#include <fmt/ostream.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/bench/measures/invented_survey.h"
#include "tests/bench/support/meter.h"
#include "tests/bench/support/report.h"
#include "tests/support/programs/run_program.h"
#include "tests/support/servers/server_process.h"

namespace sepakat::bench {
namespace {

constexpr size_t kRows = 1'000'000;
constexpr double kSeconds = 15;
constexpr double kBytesPerRow = 600;

constexpr char kBook[] = R"([codebook]
id = "invented"
version = "1"
name = "Invented survey"
steward = "None"
source = "None"
[record]
unit = "family"
[roles]
size = { column = "size" }
weight = { column = "weight" }
welfare = { column = "welfare", unit = "person", period = "month" }
stratum = { column = "stratum" }
psu = { column = "psu" }
)";
constexpr char kMeasures[] =
    "p0,p1,p2,poor,gap_of_poor,shortfall,watts,sen,sst,median_of_poor,relative_median_gap,classes,"
    "population,mean,total,median,quantile:0.1,quantile:0.9,gini,theil,mld,ge:2,atkinson:0.5,"
    "atkinson:1,kolm:0.000001,hoover,cv,lorenz:0.4,palma,qsr";

void WriteSurvey(const std::filesystem::path& path) {
  const Survey survey = MakeSurvey(kRows);
  std::ofstream file(path);
  fmt::print(file, "regency,stratum,psu,weight,welfare,size\n");
  for (size_t i = 0; i < kRows; ++i) {
    fmt::print(file, "{},{},{},{:.6f},{:.4f},{}\n", survey.regencies[i], survey.strata[i],
               survey.psus[i], survey.weights[i], survey.welfare[i], survey.size[i]);
  }
}

struct Cost {
  bool ended_well = false;
  double cpu_s = 0;
  double peak_bytes = 0;
};

double SecondsOf(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

// Runs a command to its end, its standard output away.
Cost CostOf(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& one : command) arguments.push_back(const_cast<char*>(one.c_str()));
  arguments.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    if (std::freopen("/dev/null", "w", stdout) == nullptr) _exit(127);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  return {WIFEXITED(status) && WEXITSTATUS(status) == 0,
          SecondsOf(usage.ru_utime) + SecondsOf(usage.ru_stime),
          static_cast<double>(usage.ru_maxrss) * 1024};
}

void Measure(Report& report) {
  const support::TemporaryFolder folder("command_bench");
  WriteSurvey(folder.path() / "survey.csv");
  std::ofstream(folder.path() / "book.toml") << kBook;
  const std::string out = folder.path() / "figures.json";
  const Cost cost = CostOf({support::Program("sepakat"), "measure", folder.path() / "survey.csv",
                            "--codebook", folder.path() / "book.toml", "--line", "600000", "--line",
                            "60%median", "--by", "regency", "--measures", kMeasures, "--out", out});
  size_t asked = 0;
  size_t with_error = 0;
  if (cost.ended_well) {
    std::ifstream file(out);
    const nlohmann::json written = nlohmann::json::parse(file);
    for (const auto& figure : written.at("figures")) {
      ++asked;
      if (figure.at("standardError").is_number()) ++with_error;
    }
  }
  const std::string input = fmt::format(
      "{} rows, {} regencies and the nation, {} figures, {} with errors", Grouped(kRows),
      kRegencies, Grouped(static_cast<int64_t>(asked)), Grouped(static_cast<int64_t>(with_error)));
  const double bytes_per_row = cost.peak_bytes / kRows;
  report.Add({.job = "J12 sepakat measure, file to report, processor time",
              .input = input,
              .unit = "s",
              .ours = cost.cpu_s,
              .equal = cost.ended_well && asked > 0,
              .mark = fmt::format("<= {}", kSeconds),
              .reached = cost.cpu_s <= kSeconds});
  report.Add({.job = "J12 sepakat measure, memory of the program",
              .input = input,
              .unit = "bytes/row",
              .ours = bytes_per_row,
              .equal = cost.ended_well && asked > 0,
              .mark = fmt::format("<= {}", kBytesPerRow),
              .reached = bytes_per_row <= kBytesPerRow});
}

}  // namespace
}  // namespace sepakat::bench

int main() {
  sepakat::bench::Report report;
  sepakat::bench::Measure(report);
  return report.Close();
}
