#include "budgeting/wire/certificate_sentence.h"

#include <fmt/format.h>

#include <algorithm>

#include "common/base/fixed_point.h"

namespace sepakat::budgeting {
namespace {

// Value and bound per hundred points of the best that could be had, one decimal; the value is cut
// and the bound raised, so the sentence never claims more than was proven.
std::string PerHundred(int64_t points, int64_t all, bool up) {
  if (all <= 0) return "0.0";
  const base::Int128 scaled = base::Int128{points} * 1000 + (up ? all - 1 : 0);
  return base::ScaledToText(std::min<base::Int128>(scaled / all, 1000), 1);
}

std::string WithComma(std::string text) {
  std::ranges::replace(text, '.', ',');
  return text;
}

std::string Grouped(int64_t number, char mark) {
  std::string digits = fmt::format("{}", number);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<size_t>(at), 1, mark);
  }
  return digits;
}

}  // namespace

CertificateSentence Describe(const Proposal& proposal) {
  const Certificate& c = proposal.certificate;
  if (proposal.eligible == 0) {
    return {
        "Tidak ada keluarga yang memenuhi syarat dan belum tercantum pada daftar yang disetujui.",
        "No family is eligible that is not on an approved list already."};
  }
  if (proposal.unserved == 0) {
    return {fmt::format("Semua {} keluarga yang memenuhi syarat terlayani.",
                        Grouped(proposal.eligible, '.')),
            fmt::format("All {} eligible families are served.", Grouped(proposal.eligible, ','))};
  }
  const std::string value = PerHundred(c.value, c.bound, false);
  const std::string bound = PerHundred(c.bound, c.bound, true);
  if (c.gap == 0) {
    return {
        fmt::format("Nilai {} poin, terbukti terbaik untuk pagu ini; {} keluarga belum terlayani.",
                    Grouped(c.value, '.'), Grouped(proposal.unserved, '.')),
        fmt::format(
            "Value {} points, proven the best under this ceiling; {} families are left out.",
            Grouped(c.value, ','), Grouped(proposal.unserved, ','))};
  }
  return {
      fmt::format("Nilai {} dari paling banyak {} ({} dari {} poin); {} keluarga belum terlayani.",
                  WithComma(value), WithComma(bound), Grouped(c.value, '.'), Grouped(c.bound, '.'),
                  Grouped(proposal.unserved, '.')),
      fmt::format("Value {} of at most {} ({} of {} points); {} families are left out.", value,
                  bound, Grouped(c.value, ','), Grouped(c.bound, ','),
                  Grouped(proposal.unserved, ','))};
}

}  // namespace sepakat::budgeting
