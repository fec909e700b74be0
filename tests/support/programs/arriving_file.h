// A file that arrives slowly: its reader sees one file, and the test decides when more of it comes.
//
// Made of a named pipe, so what Arrive() handed over is in the reader's hands but for the last 64
// KiB. The first piece waits until somebody reads. Needs SIGPIPE ignored, which the constructor
// sees to. Thread: one at a time.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace sepakat::support {

class ArrivingFile {
 public:
  // Makes the pipe at `path`.
  ArrivingFile(std::filesystem::path path, std::string content);
  ~ArrivingFile();
  ArrivingFile(const ArrivingFile&) = delete;
  ArrivingFile& operator=(const ArrivingFile&) = delete;

  const std::filesystem::path& path() const { return path_; }

  // Hands over what is still missing of the first `part` of `parts` equal pieces. False when the
  // reader has gone or takes nothing for a minute.
  bool Arrive(int part, int parts);
  // Hands over the rest and the end of the file.
  bool ArriveWhole();

 private:
  bool Open();
  bool Write(std::string_view bytes);

  const std::filesystem::path path_;
  const std::string content_;
  size_t arrived_ = 0;
  int pipe_ = -1;
};

}  // namespace sepakat::support
