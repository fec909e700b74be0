#include "common/measures/mpi_change.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>

#include "common/base/status.h"

namespace sepakat::measures {
namespace {

MpiFigures Of(double headcount, std::optional<double> intensity) {
  MpiFigures figures;
  figures.headcount = headcount;
  figures.intensity = intensity;
  figures.adjusted = headcount * intensity.value_or(0);
  return figures;
}

TEST(ChangeOfMpi, IsToldPerYearToo) {
  const MpiChange change = *ChangeOfMpi(Of(0.4, 0.5), Of(0.1, 0.4), 2);
  EXPECT_NEAR(change.headcount.absolute, -0.3, 1e-15);
  EXPECT_NEAR(change.headcount.annual_absolute, -0.15, 1e-15);
  EXPECT_NEAR(*change.headcount.relative, -0.75, 1e-15);
  EXPECT_NEAR(*change.headcount.annual_relative, -0.5, 1e-15);  // halved twice
}

TEST(ChangeOfMpi, IncidenceAndIntensityLeaveNoResidual) {
  const MpiChange change = *ChangeOfMpi(Of(0.4, 0.5), Of(0.1, 0.4), 2);
  EXPECT_NEAR(*change.by_incidence, -0.3 * 0.45, 1e-15);
  EXPECT_NEAR(*change.by_intensity, -0.1 * 0.25, 1e-15);
  EXPECT_NEAR(*change.by_incidence + *change.by_intensity, change.adjusted.absolute, 1e-15);
}

TEST(ChangeOfMpi, WhenTheLastPoorAreGoneTheirIntensityHasNoChange) {
  const MpiChange change = *ChangeOfMpi(Of(0.4, 0.5), Of(0, std::nullopt), 1);
  EXPECT_NEAR(change.adjusted.absolute, -0.2, 1e-15);
  EXPECT_EQ(*change.adjusted.annual_relative, -1);
  EXPECT_FALSE(change.intensity.has_value());
  EXPECT_FALSE(change.by_incidence.has_value());
}

TEST(ChangeOfMpi, FromZeroThereIsNoRelativeChange) {
  const MpiChange change = *ChangeOfMpi(Of(0, std::nullopt), Of(0.1, 0.5), 1);
  EXPECT_FALSE(change.headcount.relative.has_value());
  EXPECT_FALSE(change.headcount.annual_relative.has_value());
  EXPECT_EQ(change.headcount.absolute, 0.1);
}

TEST(ChangeOfMpi, RefusesSurveysInTheWrongOrder) {
  for (const double years : {0.0, -2.0, std::nan("")}) {
    EXPECT_EQ(base::ReasonOf(ChangeOfMpi(Of(0.1, 0.5), Of(0.1, 0.5), years).status()),
              "BAD_PARAMETER");
  }
}

}  // namespace
}  // namespace sepakat::measures
