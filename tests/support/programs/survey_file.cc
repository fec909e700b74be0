#include "tests/support/programs/survey_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <utility>

#include "tests/support/programs/run_program.h"

namespace sepakat::support {

SurveyFile::SurveyFile(std::filesystem::path path, int families, int seed)
    : path_(std::move(path)) {
  const CommandResult made =
      RunProgram({Program("sepakat"), "generate", "--out", path_.string(), "--families",
                  std::to_string(families), "--seed", std::to_string(seed)});
  EXPECT_EQ(made.exit_code, 0) << made.output;
  const size_t begin = made.output.find("received ");
  promise_ = made.output.substr(begin, made.output.find('\n', begin) - begin);
}

std::string SurveyFile::Content() const {
  std::ifstream in(path_, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

std::vector<std::string> SurveyFile::IngestFrom(const std::filesystem::path& other_path) {
  return {"ingest", other_path.string(), "--codebook", "regsosek_2022", "--source", "uji"};
}

}  // namespace sepakat::support
