// Errors keep their code and reason on the way up, and one function decides about retries.
#include "common/base/status.h"

#include <gtest/gtest.h>

namespace sepakat::base {
namespace {

TEST(StatusTest, AnErrorCarriesCodeReasonAndSentence) {
  const absl::Status status =
      Error(absl::StatusCode::kFailedPrecondition, "OVER_CEILING", "commitment passes the ceiling");
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status.message(), "commitment passes the ceiling");
  EXPECT_EQ(ReasonOf(status), "OVER_CEILING");
}

TEST(StatusTest, WithoutAReasonTheCodeIsTheReason) {
  EXPECT_EQ(ReasonOf(absl::NotFoundError("no")), "NOT_FOUND");
  EXPECT_EQ(ReasonOf(absl::OkStatus()), "OK");
}

TEST(StatusTest, AnnotatingTellsWhereAndKeepsTheRest) {
  const absl::Status told =
      Annotate(Error(absl::StatusCode::kUnavailable, "KAFKA_AWAY", "no broker"), "targeting");
  EXPECT_EQ(told.message(), "targeting: no broker");
  EXPECT_EQ(told.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(told), "KAFKA_AWAY");
  EXPECT_TRUE(Annotate(absl::OkStatus(), "anywhere").ok());
}

TEST(StatusTest, OnlyWhatMayPassIsTriedAgain) {
  using Code = absl::StatusCode;
  for (const Code code :
       {Code::kUnavailable, Code::kDeadlineExceeded, Code::kAborted, Code::kResourceExhausted}) {
    EXPECT_TRUE(IsRetriable(absl::Status(code, ""))) << absl::StatusCodeToString(code);
  }
  for (const Code code : {Code::kOk, Code::kInvalidArgument, Code::kNotFound, Code::kAlreadyExists,
                          Code::kFailedPrecondition, Code::kPermissionDenied, Code::kInternal,
                          Code::kDataLoss, Code::kOutOfRange}) {
    EXPECT_FALSE(IsRetriable(absl::Status(code, ""))) << absl::StatusCodeToString(code);
  }
  EXPECT_FALSE(IsRetriable(Error(Code::kResourceExhausted, "DISK_FULL", "")))
      << "waiting does not empty a disk";
}

TEST(StatusTest, TheMacrosLeaveTheFunctionWithTheError) {
  const auto twice = [](absl::StatusOr<int> value) -> absl::StatusOr<int> {
    SEPAKAT_ASSIGN_OR_RETURN(const int number, value);
    SEPAKAT_RETURN_IF_ERROR(number < 0 ? absl::OutOfRangeError("negative") : absl::OkStatus());
    return 2 * number;
  };
  EXPECT_EQ(*twice(21), 42);
  EXPECT_EQ(twice(-1).status().code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(twice(absl::NotFoundError("none")).status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace sepakat::base
