#include "common/embedded/in_process_views.h"

#include "tests/conformance/views/views_suite.h"

namespace sepakat::runtime {
namespace {

class InProcessHarness : public ViewsHarness {
 public:
  Views& views() override { return views_; }

 private:
  embedded::InProcessViews views_;
};

INSTANTIATE_TEST_SUITE_P(InProcess, ViewsTest,
                         testing::Values(ViewsSubject{
                             "InProcess", [] { return std::make_unique<InProcessHarness>(); }}));

}  // namespace
}  // namespace sepakat::runtime
