#include "tests/bench/support/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace sepakat::bench {
namespace {

// Three digits that matter.
std::string Number(double value) {
  if (value < 10) return fmt::format("{:.2f}", value);
  if (value < 100) return fmt::format("{:.1f}", value);
  return Grouped(static_cast<int64_t>(value + 0.5));
}

std::string Kept(const Row& row) {
  if (row.mark.empty()) return "";
  return row.mark + (row.reached.value_or(false) ? " reached" : " NOT REACHED");
}

}  // namespace

std::string Grouped(int64_t number) {
  std::string text = fmt::format("{}", number);
  for (size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, 1, ',');
  return text;
}

void Report::Add(const Row& row) {
  const std::string ours = fmt::format("{} {}", Number(row.ours), row.unit);
  const std::string peer =
      row.peer ? fmt::format("{}: {}", row.peer_name, Number(*row.peer)) : row.peer_name;
  const std::string ratio = !row.ratio.empty() ? row.ratio
                            : row.peer         ? fmt::format("{:.2f}", row.ours / *row.peer)
                                               : "";
  const std::string equal = row.alone ? "not compared" : row.equal ? "equal" : "DIFFERENT";
  unequal_ = unequal_ || (!row.alone && !row.equal);
  const std::string line = fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}", row.job, row.input, ours, peer,
                                       equal, ratio, Kept(row));
  fmt::print("{} | {} | {} | {} | {} | {} | {}\n", row.job, row.input, ours, peer, equal, ratio,
             Kept(row));
  std::fflush(stdout);
  if (const char* file = std::getenv("SEPAKAT_BENCH_ROWS")) {
    std::ofstream(file, std::ios::app) << line << "\n";
  }
}

Pairs MeasureInTurns(int pairs, const std::function<double()>& ours,
                     const std::function<double()>& peer) {
  std::vector<double> of_ours;
  std::vector<double> of_peer;
  std::vector<double> ratios;
  for (int i = 0; i < pairs; ++i) {
    of_ours.push_back(ours());
    of_peer.push_back(peer());
    ratios.push_back(of_ours.back() / of_peer.back());
  }
  const auto [low, high] = std::ranges::minmax(ratios);
  const double median = Quantile(ratios, 0.5);
  return {Quantile(of_ours, 0.5), Quantile(of_peer, 0.5), median,
          fmt::format("{:.2f} ({:.2f}..{:.2f})", median, low, high)};
}

double Quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::ranges::sort(values);
  const auto last = static_cast<double>(values.size() - 1);
  return values[static_cast<size_t>(share * last + 0.5)];
}

}  // namespace sepakat::bench
