#include <fmt/format.h>

#include "common/base/date.h"
#include "common/base/status.h"
#include "sepakat/cli/whatif.h"

namespace sepakat::cli {
namespace {

namespace v1 = targeting::v1;

std::string Value(const common::v1::Figure& figure) {
  return figure.value().empty() ? "unknown" : figure.value();
}

OutputTable Figures(const v1::GetWhatIfResponse& response) {
  OutputTable table{{{"measure", "measure"},
                     {"base", "base", true},
                     {"branch", "branch", true},
                     {"difference", "difference", true}},
                    {}};
  for (const auto& figure : response.figures()) {
    table.rows.push_back({figure.base().measure(), Value(figure.base()), Value(figure.branch()),
                          figure.difference()});
  }
  return table;
}

std::string Count(const v1::Moved& moved) { return std::to_string(moved.families()); }

// One line for each kind of move; a programme gains or loses families.
OutputTable MoveTable(const v1::WhatIfMoves& moves) {
  OutputTable table{
      {{"move", "move"}, {"families", "families", true}, {"persons", "persons", true}}, {}};
  const auto add = [&](const std::string& name, const v1::Moved& moved) {
    table.rows.push_back({name, Count(moved), moved.persons()});
  };
  add("enter poverty", moves.entered_poverty());
  add("leave poverty", moves.left_poverty());
  add("poverty from or to unknown", moves.poverty_unclear());
  add("to a higher decile", moves.decile_higher());
  add("to a lower decile", moves.decile_lower());
  add("decile from or to unknown", moves.decile_unclear());
  for (const auto& programme : moves.programmes()) {
    add(programme.programme_id() + ": gain eligibility", programme.gained());
    add(programme.programme_id() + ": lose eligibility", programme.lost());
  }
  return table;
}

std::vector<OutputColumn> MoveColumns(std::vector<OutputColumn> first) {
  for (const char* name : {"families", "enterPoverty", "leavePoverty", "higherDecile",
                           "lowerDecile", "gainSomeProgramme", "loseSomeProgramme"}) {
    first.push_back({name, name, true});
  }
  return first;
}

void AddMoves(const v1::WhatIfMoves& moves, std::vector<std::string>* row) {
  int64_t gained = 0;
  int64_t lost = 0;
  for (const auto& programme : moves.programmes()) {
    gained += programme.gained().families();
    lost += programme.lost().families();
  }
  for (const int64_t count :
       {moves.families(), moves.entered_poverty().families(), moves.left_poverty().families(),
        moves.decile_higher().families(), moves.decile_lower().families(), gained, lost}) {
    row->push_back(std::to_string(count));
  }
}

OutputTable Regions(const v1::GetWhatIfResponse& response) {
  std::vector<OutputColumn> columns = {{"region", "region"}};
  if (!response.inner().empty()) {
    for (const auto& figure : response.inner(0).figures()) {
      const std::string& id = figure.base().measure();
      columns.push_back({id, id + ".base", true});
      columns.push_back({"branch", id + ".branch", true});
    }
  }
  OutputTable table{MoveColumns(std::move(columns)), {}};
  for (const auto& region : response.inner()) {
    std::vector<std::string> row = {region.region()};
    for (const auto& figure : region.figures()) {
      row.push_back(Value(figure.base()));
      row.push_back(Value(figure.branch()));
    }
    AddMoves(region.moves(), &row);
    table.rows.push_back(std::move(row));
  }
  return table;
}

OutputTable Groups(const v1::GetWhatIfResponse& response) {
  OutputTable table{MoveColumns({{"dimension", "dimension"}, {"group", "group"}}), {}};
  for (const auto& group : response.groups()) {
    std::vector<std::string> row = {group.dimension(), group.group()};
    AddMoves(group.moves(), &row);
    table.rows.push_back(std::move(row));
  }
  return table;
}

OutputTable Deciles(const v1::GetWhatIfResponse& response) {
  OutputTable table{{{"from", "from", true},
                     {"to", "to", true},
                     {"families", "families", true},
                     {"persons", "persons", true}},
                    {}};
  const auto name = [](uint32_t decile) {
    return decile == 0 ? "unknown" : std::to_string(decile);
  };
  for (const auto& move : response.decile_moves()) {
    table.rows.push_back(
        {name(move.from()), name(move.to()), Count(move.moved()), move.moved().persons()});
  }
  return table;
}

}  // namespace

absl::StatusOr<OutputTable> WhatIfTable(const v1::GetWhatIfResponse& response,
                                        const std::string& part) {
  if (part == "figures") return Figures(response);
  if (part == "moves") return MoveTable(response.moves());
  if (part == "regions") return Regions(response);
  if (part == "groups") return Groups(response);
  return Deciles(response);
}

void PrintWhatIf(const v1::GetWhatIfResponse& response, std::ostream& out) {
  const v1::WhatIf& branch = response.branch();
  out << fmt::format("what-if {} over {} {}, compared with publication {} of {}\n", branch.name(),
                     branch.population(), response.region(), branch.publication(),
                     base::IsoInstant(branch.cut_at_ms()));
  out << fmt::format("  {} ({}), derived in {} ms\n", branch.actor(),
                     branch.reason().empty() ? "no reason given" : branch.reason(),
                     Grouped(branch.computed_in_ms()));
  if (branch.state() == "adopted") {
    out << fmt::format("  adopted as version {}\n", branch.adopted_version());
  } else if (!branch.base_stands()) {
    out << "  parameters were changed since: it cannot be adopted any more\n";
  }
  const auto print = [&](const char* heading, const OutputTable& table) {
    if (table.rows.empty()) return;
    out << '\n' << heading << '\n';
    Print(table, Format::kTable, out);
  };
  print("FIGURES", Figures(response));
  print("WHO MOVES", MoveTable(response.moves()));
  print("INSIDE", Regions(response));
  print("GROUPS", Groups(response));
}

OutputTable WhatIfList(const std::vector<v1::WhatIf>& branches) {
  OutputTable table{{{"name", "name"},
                     {"region", "region"},
                     {"publication", "publication", true},
                     {"state", "state"},
                     {"base stands", "baseStands"},
                     {"actor", "actor"},
                     {"reason", "reason"}},
                    {}};
  for (const v1::WhatIf& branch : branches) {
    table.rows.push_back({branch.name(), branch.region(), std::to_string(branch.publication()),
                          branch.state(), branch.base_stands() ? "yes" : "no", branch.actor(),
                          branch.reason()});
  }
  return table;
}

}  // namespace sepakat::cli
