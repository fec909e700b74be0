#include "monitoring/app/figure_history.h"

#include <fmt/format.h>

#include <charconv>

#include "common/base/status.h"
#include "monitoring/app/keys.h"

namespace sepakat::monitoring {
namespace {

int64_t Number(std::string_view text) {
  int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

int64_t LastNumber(std::string_view key) { return Number(key.substr(key.rfind('/') + 1)); }

// Rows carry publication and instant in front of the message, 20 digits each.
constexpr size_t kNumberSize = 20;

std::string Row(int64_t publication, int64_t cut_at_ms, std::string_view bytes) {
  return fmt::format("{:020}{:020}{}", publication, cut_at_ms, bytes);
}

StoredFigures ReadRow(std::string_view row) {
  if (row.size() < 2 * kNumberSize) return {};
  return {Number(row.substr(0, kNumberSize)), Number(row.substr(kNumberSize, kNumberSize)),
          row.substr(2 * kNumberSize)};
}

// The next line of `text`, which shrinks.
std::string_view NextLine(std::string_view* text) {
  const size_t end = text->find('\n');
  const std::string_view line = text->substr(0, end);
  text->remove_prefix(end == std::string_view::npos ? text->size() : end + 1);
  return line;
}

}  // namespace

void FigureHistory::Write(int64_t publication, int64_t cut_at_ms,
                          const std::vector<RegionBytes>& regions, runtime::Transaction& tx) const {
  std::string written = fmt::format("{}\n", cut_at_ms);
  for (const RegionBytes& region : regions) {
    const std::string key = keys::Recent(region.at.population, region.at.region, publication);
    written += key + "\n";
    std::string row = Row(publication, cut_at_ms, region.bytes);
    tx.Put(keys::Kept(region.at.population, region.at.region, cut_at_ms / options_.slot_ms), row);
    tx.Put(key, std::move(row));
    tx.Put(keys::Child(region.at.population, region.at.region), "");
  }
  tx.Put(keys::Written(publication), std::move(written));
  tx.Put(std::string(keys::kComplete), fmt::format("{}/{}", publication, cut_at_ms));
}

absl::Status FigureHistory::Thin(const runtime::StateStore& store, runtime::Transaction& tx) {
  struct Row {
    std::string key;
    std::string value;
  };
  // One more than is thinned: a manifest stays when its successor lies in another slot.
  std::vector<Row> rows;
  const int64_t before_ms = tx.NowMs() - options_.full_ms;
  SEPAKAT_RETURN_IF_ERROR(store.Scan(
      thinned_.empty() ? keys::kWritten : thinned_, runtime::PrefixEnd(keys::kWritten),
      [&](std::string_view key, std::string_view value) {
        rows.push_back({std::string(key), std::string(value)});
        return Number(value) < before_ms && static_cast<int>(rows.size()) <= options_.most_thinned;
      }));
  for (size_t i = 0; i + 1 < rows.size(); ++i) {
    std::string_view text = rows[i].value;
    const int64_t cut_at_ms = Number(NextLine(&text));
    while (!text.empty()) tx.Delete(std::string(NextLine(&text)));
    const bool last_of_slot =
        Number(rows[i + 1].value) / options_.slot_ms != cut_at_ms / options_.slot_ms;
    if (!last_of_slot) tx.Delete(keys::Manifest(LastNumber(rows[i].key)));
    tx.Delete(rows[i].key);
    thinned_ = rows[i].key;
  }
  return absl::OkStatus();
}

absl::StatusOr<FigureReader::AsOf> FigureReader::Latest() const {
  SEPAKAT_ASSIGN_OR_RETURN(const std::optional<std::string> row, store_->Get(keys::kComplete));
  if (!row.has_value()) return AsOf{};
  return AsOf{Number(*row), LastNumber(*row)};
}

absl::StatusOr<std::optional<std::string>> FigureReader::LastBelow(const std::string& from,
                                                                   const std::string& to,
                                                                   int64_t publication) const {
  std::optional<std::string> found;
  SEPAKAT_RETURN_IF_ERROR(store_->ScanBackward(
      from, to, [&found, publication](std::string_view, std::string_view value) {
        const StoredFigures row = ReadRow(value);
        if (row.publication > publication) return true;
        found = std::string(row.bytes);
        return false;
      }));
  return found;
}

absl::StatusOr<std::optional<std::string>> FigureReader::Read(const RegionRef& at,
                                                              int64_t publication) const {
  const std::string kept = keys::Kept(at.population, at.region);
  if (publication == 0) return LastBelow(kept, runtime::PrefixEnd(kept), INT64_MAX);
  SEPAKAT_ASSIGN_OR_RETURN(
      std::optional<std::string> recent,
      LastBelow(keys::Recent(at.population, at.region),
                keys::Recent(at.population, at.region, publication + 1), publication));
  if (recent.has_value()) return recent;
  return LastBelow(kept, runtime::PrefixEnd(kept), publication);
}

absl::StatusOr<std::vector<std::string>> FigureReader::ChildrenOf(std::string_view population,
                                                                  std::string_view parent) const {
  std::vector<std::string> children;
  const std::string prefix = keys::Children(population, parent);
  SEPAKAT_RETURN_IF_ERROR(
      store_->Scan(prefix, runtime::PrefixEnd(prefix), [&](std::string_view key, std::string_view) {
        children.emplace_back(key.substr(prefix.size()));
        return true;
      }));
  return children;
}

absl::StatusOr<std::vector<RegionRef>> FigureReader::Regions(const std::string& after, size_t most,
                                                             std::string* last_key) const {
  std::vector<RegionRef> regions;
  const std::string from = after.empty() ? std::string(keys::kChild) : after + '\0';
  SEPAKAT_RETURN_IF_ERROR(store_->Scan(
      from, runtime::PrefixEnd(keys::kChild), [&](std::string_view key, std::string_view) {
        std::string_view rest = key.substr(keys::kChild.size());
        regions.push_back({std::string(rest.substr(0, rest.find('/'))),
                           std::string(rest.substr(rest.rfind('/') + 1))});
        *last_key = std::string(key);
        return regions.size() < most;
      }));
  return regions;
}

absl::Status FigureReader::Visit(const RegionRef& at,
                                 const std::function<void(const StoredFigures&)>& visit) const {
  // The oldest recent value begins the full series; what the slots hold from there on is a part of
  // it.
  const std::string recent = keys::Recent(at.population, at.region);
  int64_t first_recent = INT64_MAX;
  SEPAKAT_RETURN_IF_ERROR(
      store_->Scan(recent, runtime::PrefixEnd(recent), [&](std::string_view key, std::string_view) {
        first_recent = LastNumber(key);
        return false;
      }));
  const std::string kept = keys::Kept(at.population, at.region);
  SEPAKAT_RETURN_IF_ERROR(
      store_->Scan(kept, runtime::PrefixEnd(kept), [&](std::string_view, std::string_view value) {
        const StoredFigures row = ReadRow(value);
        if (row.publication >= first_recent) return false;
        visit(row);
        return true;
      }));
  return store_->Scan(recent, runtime::PrefixEnd(recent),
                      [&](std::string_view, std::string_view value) {
                        visit(ReadRow(value));
                        return true;
                      });
}

}  // namespace sepakat::monitoring
