#include "sepakat/cli/progress.h"

#include <fmt/format.h>

#include <algorithm>

namespace sepakat::cli {
namespace {

constexpr int64_t kTerminalEveryMs = 500;
constexpr int64_t kLineEveryMs = 10'000;

// Megabytes with one digit, without floating point.
std::string Megabytes(int64_t bytes, base::Language language) {
  const int64_t tenths = bytes / 100'000;
  return base::Say(language, "{},{} MB", "{}.{} MB", tenths / 10, tenths % 10);
}

}  // namespace

std::string ProgressText(int64_t done, int64_t total, int64_t elapsed_ms, base::Language language) {
  const int64_t per_second = done * 1000 / std::max<int64_t>(elapsed_ms, 1);
  const std::string amount = Megabytes(done, language);
  const std::string rate = Megabytes(per_second, language);
  if (total <= 0) return base::Say(language, "{}  {}/detik", "{}  {}/s", amount, rate);
  std::string text = base::Say(language, "{:3} %  {} dari {}  {}/detik", "{:3} %  {} of {}  {}/s",
                               done * 100 / total, amount, Megabytes(total, language), rate);
  if (per_second > 0) {
    text += base::Say(language, "  {} detik lagi", "  {} s left",
                      (total - done + per_second - 1) / per_second);
  }
  return text;
}

Progress::Progress(Environment& environment, std::string what, int64_t total)
    : environment_(environment),
      what_(std::move(what)),
      total_(total),
      started_ms_(environment.now_ms()),
      drawn_ms_(started_ms_) {}

int64_t Progress::elapsed_ms() const { return environment_.now_ms() - started_ms_; }

void Progress::Advance(int64_t done) {
  const int64_t now = environment_.now_ms();
  if (now - drawn_ms_ < (environment_.interactive ? kTerminalEveryMs : kLineEveryMs)) return;
  drawn_ms_ = now;
  const std::string text = fmt::format(
      "{}: {}", what_, ProgressText(done, total_, now - started_ms_, environment_.language));
  if (environment_.interactive) {
    environment_.err << '\r' << text << "\x1b[K" << std::flush;
    drawn_ = true;
  } else {
    environment_.err << text << '\n';
  }
}

void Progress::Finish() {
  if (drawn_) environment_.err << "\r\x1b[K" << std::flush;
}

}  // namespace sepakat::cli
