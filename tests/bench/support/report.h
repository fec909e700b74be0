// The rows of the table that `make bench` ends with.
//
//   Report report;
//   report.Add({.job = "IngestFile, durable", .input = "290,000 families", .unit = "families/s",
//               .ours = 61'000, .peer_name = "stores alone", .peer = 190'000, .equal = true,
//               .mark = ">= 50000", .reached = true});
//   return report.Close();
//
// A row is printed at once and appended to the file $SEPAKAT_BENCH_ROWS, one line of fields between
// tabs, from which deploy/scripts/bench.sh makes the table.
// Thread: one.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sepakat::bench {

struct Row {
  std::string job;
  std::string input;
  // What `ours` and `peer` are counted in.
  std::string unit;
  double ours = 0;
  // What our side is compared with; empty and absent where there is nothing of the kind.
  std::string peer_name = {};
  std::optional<double> peer = {};
  // Both sides gave the same answers. A row whose sides differ says nothing.
  bool equal = false;
  // There is nothing to compare the answers with: the peer is not there, or not at this size.
  bool alone = false;
  // ours / peer by pairs, `median (lowest..highest)`; empty: the quotient of the two.
  std::string ratio = {};
  // What was promised, and whether it was kept; empty where nothing was.
  std::string mark = {};
  std::optional<bool> reached = {};
};

class Report {
 public:
  void Add(const Row& row);
  // The exit code of the benchmark: 1 when the sides of a row differ. A mark that is not reached is
  // told in the table and fails nothing: the machine may be a slow one.
  int Close() const { return unequal_ ? 1 : 0; }

 private:
  bool unequal_ = false;
};

// Both sides measured in turns: ours, peer, ours, peer, ...
struct Pairs {
  double ours = 0;  // median
  double peer = 0;
  double median_ratio = 0;
  std::string ratio;  // `median (lowest..highest)`
};
Pairs MeasureInTurns(int pairs, const std::function<double()>& ours,
                     const std::function<double()>& peer);

// `290,000`.
std::string Grouped(int64_t number);

// The value below which `share` of them lie; 0 of none.
double Quantile(std::vector<double> values, double share);

}  // namespace sepakat::bench
