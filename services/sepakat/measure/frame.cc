#include "sepakat/measure/frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "common/base/status.h"
#include "sepakat/measure/numbers_text.h"

namespace sepakat::measure {
namespace {

using ingestion::CodeBook;

double AsDouble(const ingestion::Decimal& number) {
  return static_cast<double>(number.digits) / std::pow(10.0, number.scale);
}

bool IsPositive(double value) { return value > 0; }

int64_t CountOf(const std::vector<bool>& flags, bool wanted) {
  return std::ranges::count(flags, wanted);
}

}  // namespace

absl::StatusOr<Frame> Frame::Build(const CodeBook* book, const FrameRequest& request, Table table) {
  Frame frame(book, std::move(table));
  frame.count_ = request.count;
  if (frame.table_.broken_lines > 0) {
    const auto lines = frame.table_.broken_lines;
    const auto first = frame.table_.first_broken_line;
    frame.Tell(
        "LINES_BROKEN", true,
        fmt::format("{} baris berkas tidak dapat dipecah menjadi sel (pertama: baris {}); baris "
                    "itu tidak ikut dihitung",
                    lines, first),
        fmt::format("{} lines of the file cannot be split into cells (first: line {}); they "
                    "are left out of every figure",
                    lines, first));
  }
  if (frame.table_.key.repeated > 0) {
    frame.Tell("FAMILY_REPEATED", true,
               fmt::format("{} kali keluarga yang sama muncul lagi di tempat lain (pertama: baris "
                           "data {}); setiap kemunculan dihitung sendiri",
                           frame.table_.key.repeated, frame.table_.key.first_repeated + 1),
               fmt::format("the same family stands in another place {} times (first: data row {}); "
                           "every time it counts as another family",
                           frame.table_.key.repeated, frame.table_.key.first_repeated + 1));
  }
  frame.TellEncoding();
  if (TakesFamilies(*book, request)) {
    SEPAKAT_ASSIGN_OR_RETURN(
        frame.families_,
        FamilyValues::Read(*book, frame.table_, request.family_variables, request.today));
  }
  SEPAKAT_RETURN_IF_ERROR(frame.ReadWeights());
  const std::vector<bool> members = frame.Members();
  std::vector<double> sizes;
  SEPAKAT_RETURN_IF_ERROR(frame.ReadSizes(members, &sizes));
  frame.ReadWelfare(members, sizes, request.positive_welfare);
  return frame;
}

bool Frame::Holds(const ingestion::Condition& condition, const std::vector<uint32_t>& codes,
                  size_t row) const {
  const Categories& column = *table_.FindCategories(book_->column(condition.slot));
  const uint32_t code = codes[row];
  if (code == kEmptyCell) return true;
  return condition.in.Contains(ingestion::Answer(column.texts[code])) ||
         (!column.labels[code].empty() &&
          condition.in.Contains(ingestion::Answer(column.labels[code])));
}

std::vector<bool> Frame::Members() const {
  std::vector<bool> members(static_cast<size_t>(table_.rows), true);
  for (const ingestion::Condition& condition : book_->member_if) {
    const std::vector<uint32_t>& codes =
        table_.FindCategories(book_->column(condition.slot))->codes;
    for (size_t row = 0; row < members.size(); ++row) {
      if (!Holds(condition, codes, row)) members[row] = false;
    }
  }
  return members;
}

void Frame::TellMalformed(int slot) {
  const Numbers& column = NumbersAt(slot);
  if (column.malformed == 0) return;
  Tell(
      "NOT_A_NUMBER", true,
      fmt::format("kolom {}: {} sel bukan angka (pertama: baris data {}) dan dianggap tidak "
                  "diketahui; periksa tanda desimal pada [format], atau kata untuk sel kosong "
                  "seperti NA (missing)",
                  book_->column(slot), column.malformed, column.first_malformed + 1),
      fmt::format("column {}: {} cells are no numbers (first: data row {}) and count as not known; "
                  "look at the decimal mark of [format], or at words for an empty cell such as NA "
                  "(missing)",
                  book_->column(slot), column.malformed, column.first_malformed + 1));
}

void Frame::TellEncoding() {
  for (const auto& [name, column] : table_.categories) {
    if (column.invalid == 0) continue;
    Tell("NOT_UTF8", true,
         fmt::format("kolom {}: {} sel bukan UTF-8 dan dianggap tidak diketahui; tulis encoding = "
                     "\"windows-1252\" pada [format] bila berkas memang berkode itu",
                     name, column.invalid),
         fmt::format("column {}: {} cells are no UTF-8 and count as not known; say encoding = "
                     "\"windows-1252\" in [format] if that is what the file is written in",
                     name, column.invalid));
  }
}

const Numbers& Frame::NumbersAt(int slot) const { return *table_.FindNumbers(book_->column(slot)); }

std::vector<double> Frame::Filled(const Numbers& column, bool first_holds) const {
  std::vector<double> values = column.values;
  if (!HasFamilies()) return values;
  const std::vector<uint32_t>& family = table_.key.ids;
  for (size_t begin = 0; begin < values.size();) {
    size_t end = begin;
    double first = kUnknownNumber;
    for (; end < values.size() && family[end] == family[begin]; ++end) {
      if (std::isnan(first)) first = values[end];
    }
    for (; begin < end; ++begin) {
      if (first_holds || std::isnan(values[begin])) values[begin] = first;
    }
  }
  return values;
}

std::vector<uint32_t> Frame::Filled(const Categories& column, bool first_holds) const {
  std::vector<uint32_t> codes = column.codes;
  if (!HasFamilies()) return codes;
  const std::vector<uint32_t>& family = table_.key.ids;
  for (size_t begin = 0; begin < codes.size();) {
    size_t end = begin;
    uint32_t first = kEmptyCell;
    for (; end < codes.size() && family[end] == family[begin]; ++end) {
      if (first == kEmptyCell) first = codes[end];
    }
    for (; begin < end; ++begin) {
      if (first_holds || codes[begin] == kEmptyCell) codes[begin] = first;
    }
  }
  return codes;
}

int64_t Frame::RowOf(size_t observation) const {
  return static_cast<int64_t>(kept_.empty() ? observation : kept_[observation]) + 1;
}

absl::Status Frame::ReadWeights() {
  const auto rows = static_cast<size_t>(table_.rows);
  if (book_->weight_slot == ingestion::kNoSlot) {
    weights_.assign(rows, AsDouble(book_->weight_value));
    return absl::OkStatus();
  }
  TellMalformed(book_->weight_slot);
  weights_ = Filled(NumbersAt(book_->weight_slot), false);
  const std::string_view column = book_->column(book_->weight_slot);
  const auto negative = std::ranges::find_if(weights_, [](double weight) { return weight < 0; });
  if (negative != weights_.end()) {
    const auto below = std::ranges::count_if(weights_, [](double weight) { return weight < 0; });
    return base::Error(
        absl::StatusCode::kInvalidArgument, "NEGATIVE_WEIGHT",
        fmt::format("column {}: {} rows have a negative weight (first: data row {}); a row cannot "
                    "stand for fewer than no people, and shares would leave 0 to 100 %; correct "
                    "the weights",
                    column, below, negative - weights_.begin() + 1));
  }
  const auto zero = std::ranges::count(weights_, 0.0);
  if (zero > 0) {
    Tell("WEIGHT_ZERO", false,
         fmt::format("{} baris berbobot nol: tidak menambah apa pun pada angka", zero),
         fmt::format("{} rows have a weight of zero: they add nothing to any figure", zero));
  }
  return absl::OkStatus();
}

absl::Status Frame::ReadSizes(const std::vector<bool>& members, std::vector<double>* sizes) {
  const size_t rows = weights_.size();
  if (book_->size_slot != ingestion::kNoSlot) {
    TellMalformed(book_->size_slot);
    *sizes = Filled(NumbersAt(book_->size_slot), false);
    for (double& size : *sizes) {
      if (!IsPositive(size)) size = kUnknownNumber;
    }
  } else if (book_->size_value) {
    sizes->assign(rows, *book_->size_value);
  } else if (HasFamilies()) {
    std::vector<double> count(table_.key.count, 0.0);
    for (size_t row = 0; row < rows; ++row) count[table_.key.ids[row]] += members[row] ? 1 : 0;
    for (const uint32_t family : table_.key.ids) sizes->push_back(count[family]);
  }
  std::vector<bool> used = members;
  if (count_ == CountBy::kFamilies && HasFamilies()) used = MergeFamilies(members);
  if (count_ == CountBy::kPersons && !book_->person_rows) {
    SEPAKAT_RETURN_IF_ERROR(MultiplyBySize(*sizes));
  }
  LeaveOut(used);
  if (weights_.empty() || std::ranges::none_of(weights_, IsPositive)) {
    return base::Error(absl::StatusCode::kInvalidArgument, "NO_WEIGHT",
                       "no row has a weight above zero, so nothing can be measured; look at the "
                       "weight column of the code book");
  }
  if (!sizes->empty()) *sizes = Kept(std::move(*sizes));
  return absl::OkStatus();
}

std::vector<bool> Frame::MergeFamilies(const std::vector<bool>& members) {
  const std::vector<uint32_t>& family = table_.key.ids;
  std::vector<double> sum(table_.key.count, 0.0);
  std::vector<double> known(table_.key.count, 0.0);
  for (size_t row = 0; row < weights_.size(); ++row) {
    if (!members[row] || std::isnan(weights_[row])) continue;
    sum[family[row]] += weights_[row];
    ++known[family[row]];
  }
  std::vector<bool> first(weights_.size());
  for (size_t row = 0; row < weights_.size(); ++row) {
    first[row] = row == 0 || family[row] != family[row - 1];
    const double count = known[family[row]];
    weights_[row] = count > 0 ? sum[family[row]] / count : kUnknownNumber;
  }
  return first;
}

absl::Status Frame::MultiplyBySize(const std::vector<double>& sizes) {
  if (sizes.empty()) {
    return base::Error(absl::StatusCode::kInvalidArgument, "SIZE_NOT_KNOWN",
                       "the code book names no size, so families cannot be turned into persons; "
                       "add [roles] size, or count families with --count families");
  }
  int64_t unknown = 0;
  for (size_t row = 0; row < weights_.size(); ++row) {
    weights_[row] *= sizes[row];
    if (std::isnan(sizes[row])) ++unknown;
  }
  persons_per_row_ = sizes;
  if (unknown > 0) {
    Tell(
        "SIZE_UNKNOWN", true,
        fmt::format("{} keluarga tanpa jumlah anggota tidak ikut dihitung; jumlah penduduk menjadi "
                    "terlalu kecil",
                    unknown),
        fmt::format("{} families without a number of members are left out; population counts "
                    "come out too small",
                    unknown));
  }
  return absl::OkStatus();
}

void Frame::LeaveOut(const std::vector<bool>& used) {
  std::vector<bool> keep = used;
  int64_t missing = 0;
  for (size_t row = 0; row < weights_.size(); ++row) {
    if (!keep[row] || !std::isnan(weights_[row])) continue;
    keep[row] = false;
    // Families without a size were told above.
    const bool told = count_ == CountBy::kPersons && !book_->person_rows &&
                      (book_->weight_slot == ingestion::kNoSlot ||
                       !std::isnan(NumbersAt(book_->weight_slot).values[row]));
    if (!told) ++missing;
  }
  if (missing > 0) {
    const std::string_view column = book_->column(book_->weight_slot);
    Tell("WEIGHT_UNKNOWN", true,
         fmt::format(
             "kolom {}: {} baris tanpa bobot tidak ikut dihitung; total menjadi terlalu kecil, "
             "dan persentase bergeser bila baris itu berbeda dari yang lain",
             column, missing),
         fmt::format("column {}: {} rows without a weight are left out; totals come out too small, "
                     "and shares are off if those rows differ from the others",
                     column, missing));
  }
  if (CountOf(keep, false) == 0) return;
  for (size_t row = 0; row < keep.size(); ++row) {
    if (keep[row]) kept_.push_back(static_cast<uint32_t>(row));
  }
  weights_ = Kept(std::move(weights_));
  if (!persons_per_row_.empty()) persons_per_row_ = Kept(std::move(persons_per_row_));
}

std::vector<double> Frame::AmountsOf(const Numbers& column,
                                     const std::vector<bool>& members) const {
  const ingestion::WelfareRole& role = *book_->welfare;
  if (role.of != ingestion::AmountOf::kMember || !HasFamilies()) {
    std::vector<double> amounts = Filled(column, false);
    for (double& amount : amounts) {
      if (role.empty_is_zero && std::isnan(amount)) amount = 0;
    }
    return amounts;
  }
  std::vector<double> sum(table_.key.count, 0.0);
  for (size_t row = 0; row < members.size(); ++row) {
    if (!members[row] || (role.empty_is_zero && std::isnan(column.values[row]))) continue;
    sum[table_.key.ids[row]] += column.values[row];
  }
  std::vector<double> amounts;
  amounts.reserve(members.size());
  for (const uint32_t family : table_.key.ids) amounts.push_back(sum[family]);
  return amounts;
}

void Frame::ReadWelfare(const std::vector<bool>& members, const std::vector<double>& sizes,
                        bool positive_only) {
  if (!book_->welfare) return;
  const ingestion::WelfareRole& role = *book_->welfare;
  std::vector<double> sum(static_cast<size_t>(table_.rows), 0.0);
  for (const int slot : role.slots) {
    TellMalformed(slot);
    const std::vector<double> part = AmountsOf(NumbersAt(slot), members);
    for (size_t row = 0; row < sum.size(); ++row) sum[row] += part[row];
  }
  welfare_ = Kept(std::move(sum));
  const auto factor =
      static_cast<double>(role.factor.numerator) / static_cast<double>(role.factor.denominator);
  const bool per_head = role.of == ingestion::AmountOf::kPerson;
  for (size_t i = 0; i < welfare_.size(); ++i) {
    double value = role.exponential ? std::exp(welfare_[i]) : welfare_[i];
    if (!per_head) value /= sizes.empty() ? kUnknownNumber : sizes[i];
    welfare_[i] = std::isfinite(value) ? value * factor : kUnknownNumber;
  }
  int64_t unknown = 0;
  int64_t not_positive = 0;
  for (double& value : welfare_) {
    if (std::isnan(value)) {
      ++unknown;
    } else if (!IsPositive(value)) {
      ++not_positive;
      if (positive_only) value = kUnknownNumber;
    }
  }
  const std::string_view column = book_->column(role.slots.front());
  if (unknown > 0) {
    const double share = 100.0 * static_cast<double>(unknown) / static_cast<double>(size());
    Tell("WELFARE_UNKNOWN", true,
         fmt::format("kolom {}: kesejahteraan {} pengamatan ({} %) tidak diketahui; pengamatan itu "
                     "tidak masuk angka kesejahteraan mana pun, dan angka menyimpang bila mereka "
                     "lebih miskin atau lebih kaya dari yang lain",
                     column, unknown, NumberShown(share, 1, Language::kIndonesian)),
         fmt::format("column {}: the welfare of {} observations ({} %) is not known; they are "
                     "in no figure about welfare, which is off if they are poorer or richer than "
                     "the others",
                     column, unknown, NumberShown(share, 1, Language::kEnglish)));
  }
  if (not_positive > 0) {
    Tell(positive_only ? "WELFARE_NOT_POSITIVE_LEFT_OUT" : "WELFARE_NOT_POSITIVE", positive_only,
         fmt::format("kolom {}: {} pengamatan berkesejahteraan nol atau negatif; {}", column,
                     not_positive,
                     positive_only ? "tidak ikut dihitung (--positive-welfare)"
                                   : "ukuran yang memakai logaritma tidak terdefinisi (lihat "
                                     "--positive-welfare)"),
         fmt::format("column {}: {} observations have a welfare of zero or less; {}", column,
                     not_positive,
                     positive_only ? "they are left out (--positive-welfare)"
                                   : "measures that take logarithms are undefined (see "
                                     "--positive-welfare)"));
  }
}

}  // namespace sepakat::measure
