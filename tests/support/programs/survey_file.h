// A synthetic register as `sepakat generate` writes it, with mistakes made on purpose, and what
// must become of its records.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace sepakat::support {

class SurveyFile {
 public:
  // Writes it to `path`. The same seed gives the same bytes; another one gives other answers of the
  // same families.
  SurveyFile(std::filesystem::path path, int families, int seed);

  const std::filesystem::path& path() const { return path_; }
  // The whole file.
  std::string Content() const;
  // The line with which `sepakat ingest` ends an undisturbed first delivery:
  // `received 6,000 = accepted 5,977 + ...`.
  const std::string& promise() const { return promise_; }

  // Arguments that deliver the file, or the same rows from `other_path`.
  std::vector<std::string> Ingest() const { return IngestFrom(path_); }
  static std::vector<std::string> IngestFrom(const std::filesystem::path& other_path);

 private:
  std::filesystem::path path_;
  std::string promise_;
};

}  // namespace sepakat::support
