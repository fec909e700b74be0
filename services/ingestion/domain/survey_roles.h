// What a code book says for `sepakat measure` alone (docs/CODEBOOKS.md part 6); ingestion ignores
// it.
//
// Columns are meant by name: they are read only where somebody measures, and never stored.
// Thread: plain values.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ingestion/domain/code_table.h"

namespace sepakat::ingestion {

// How many units a stage was drawn from: their number (>= 1) or the share that was drawn (0 to 1).
struct FinitePopulation {
  std::string column;
  bool is_share = false;
};

// A stage of drawing below the primary sampling units.
struct SurveyStage {
  std::vector<std::string> unit_columns;
  std::vector<std::string> stratum_columns;
  std::optional<FinitePopulation> population;
};

// Replicate weights, one column each, in the order of the file where a prefix names them.
struct ReplicateColumns {
  std::vector<std::string> columns;
  std::string prefix;
  // bootstrap, jackknife, brr, fay or given.
  std::string method;
  double fay = 0;
  // Only with `given`: variance = scale * sum (replicate - estimate)^2.
  double scale = 0;
};

struct SurveyDesignRole {
  std::optional<FinitePopulation> population;
  std::vector<SurveyStage> stages;
  std::optional<ReplicateColumns> replicates;
  // fail, certainty, centred or average; empty: not said.
  std::string single_psu;
};

// Who is looked at: rows whose cell is one of `in`, or a number from low to high (both included).
struct Among {
  std::string column;
  std::optional<CodeSet> in;
  double low = 0;
  double high = 0;
};

// Rows grouped by the answers in one column.
struct Grouping {
  std::string name;
  std::string label;
  std::string column;
  // True: the first filled cell of a family holds for all its rows.
  bool of_family = false;
  // Answer -> place in `names`. Empty table: every answer is a group of its own.
  bool by_code = false;
  CodeTable codes;
  std::vector<std::string> names;
  CodeSet missing;
  // Lower ends of bands of a number; not empty: the column is a number.
  std::vector<double> bands;
};

// Who received a programme: yes, no or not known.
struct ProgrammeColumn {
  std::string name;
  std::string label;
  std::string column;
  bool of_family = false;
  CodeSet received;
  // Absent: every other answer is a no.
  std::optional<CodeSet> not_received;
  CodeSet missing;
  // What was received, in the unit of welfare; empty: not known.
  std::string amount_column;
};

// A share (yes among those asked) or the mean of a number.
struct IndicatorColumn {
  std::string name;
  std::string label;
  std::string column;
  bool of_family = false;
  bool is_number = false;
  // A filled cell is a yes, an empty one a no.
  bool filled_is_yes = false;
  CodeSet yes;
  // Absent: every other answer is a no.
  std::optional<CodeSet> no;
  CodeSet missing;
  std::vector<Among> among;
};

struct SurveyRoles {
  SurveyDesignRole design;
  std::vector<Grouping> groupings;
  std::vector<ProgrammeColumn> programmes;
  std::vector<IndicatorColumn> indicators;
};

}  // namespace sepakat::ingestion
