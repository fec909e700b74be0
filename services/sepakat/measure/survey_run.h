// One survey from its file to its figures.
//
//   SurveyRun::Make(file, &book, request)     reads the columns that are needed and builds frame,
//   design and plan run->Evaluate()                           figures
// Errors: those of the parts; InvalidArgument GROUP_UNKNOWN where --only names no group.
// Thread: one at a time. Memory: that of the wanted columns and a few columns more.
#pragma once

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "ingestion/domain/codebook.h"
#include "sepakat/measure/evaluation.h"
#include "sepakat/measure/frame.h"
#include "sepakat/measure/mpi_plan.h"
#include "sepakat/measure/plan.h"
#include "sepakat/measure/request.h"
#include "sepakat/measure/survey_design.h"
#include "sepakat/measure/survey_facts.h"
#include "sepakat/measure/survey_file.h"

namespace sepakat::measure {

class SurveyRun {
 public:
  // `book` and `request` outlive the run; tables of lines were read by the caller.
  static absl::StatusOr<std::unique_ptr<SurveyRun>> Make(const SurveyFile& file,
                                                         const ingestion::CodeBook* book,
                                                         const Request* request);
  SurveyRun(const SurveyRun&) = delete;
  SurveyRun& operator=(const SurveyRun&) = delete;

  const std::string& path() const { return path_; }
  const ingestion::CodeBook& book() const { return *book_; }
  const Frame& frame() const { return frame_; }
  const measures::Design& design() const { return design_.design; }
  const Plan& plan() const { return *plan_; }
  const std::vector<Breakdown>& breakdowns() const { return breakdowns_; }
  const std::vector<Name>& programmes() const { return programmes_; }
  SurveyFacts Facts() const;

  absl::StatusOr<std::vector<BreakdownFigures>> Evaluate() const;

 private:
  SurveyRun(const SurveyFile& file, const Request* request, Frame frame, SurveyDesign design)
      : path_(file.path()),
        book_(&frame.book()),
        request_(request),
        frame_(std::move(frame)),
        design_(std::move(design)) {}

  // What the request means on this file.
  struct Wanted {
    std::vector<Name> indicators;
    std::vector<Name> totals;
    // Numerator and denominator in turn.
    std::vector<Name> ratios;
    std::vector<Name> programmes;
    std::vector<Name> only;
    MpiColumns mpi;
    std::vector<Breakdown> breakdowns;
    FrameRequest frame;
  };
  static absl::StatusOr<Wanted> Find(const SurveyFile& file, const ingestion::CodeBook& book,
                                     const Request& request);
  absl::Status MakePlan(const Wanted& wanted);
  absl::StatusOr<PlanRules> RulesOf(const std::vector<Name>& only) const;
  absl::StatusOr<std::optional<measures::ReplicateWeights>> MakeReplicates() const;
  absl::StatusOr<std::optional<measures::ReplicateWeights>> GivenReplicates() const;

  std::string path_;
  const ingestion::CodeBook* book_;
  const Request* request_;
  std::vector<std::string> replicate_columns_;
  Frame frame_;
  SurveyDesign design_;
  std::unique_ptr<Plan> plan_;
  std::vector<Remark> remarks_;
  std::vector<Name> programmes_;
  std::vector<Breakdown> breakdowns_;
};

}  // namespace sepakat::measure
