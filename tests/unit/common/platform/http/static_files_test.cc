#include "common/platform/http/static_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/servers/server_process.h"

namespace sepakat::platform {
namespace {

class StaticFilesTest : public testing::Test {
 protected:
  StaticFilesTest() : files_(folder_.path() / "web") {
    Write("web/index.html", "<p>page</p>");
    Write("web/assets/app-1a2b.js", "let plain;");
    Write("web/assets/app-1a2b.js.gz", "packed");
    Write("secret.txt", "not for the web");
  }
  void Write(const std::string& name, const std::string& text) {
    const std::filesystem::path file = folder_.path() / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  HttpResponse Get(const std::string& path, std::map<std::string, std::string> headers = {}) {
    HttpRequest request;
    request.method = "GET";
    request.path = path;
    request.headers = std::move(headers);
    return files_.Serve(request);
  }
  static std::string HeaderOf(const HttpResponse& response, const std::string& name) {
    for (const auto& [header, value] : response.headers) {
      if (header == name) return value;
    }
    return "";
  }

  support::TemporaryFolder folder_{"static-files-test"};
  StaticFiles files_;
};

TEST_F(StaticFilesTest, PathsOfTheApplicationGetItsPage) {
  for (const char* path : {"/", "/index.html", "/peta", "/ringkasan/33.26"}) {
    const HttpResponse response = Get(path);
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_EQ(response.body, "<p>page</p>") << path;
    EXPECT_EQ(HeaderOf(response, "Cache-Control"), "no-cache");
    EXPECT_EQ(response.content_type, "text/html; charset=utf-8");
  }
}

TEST_F(StaticFilesTest, AFileWithAHashInItsNameMayBeKeptForEver) {
  const HttpResponse response = Get("/assets/app-1a2b.js");
  EXPECT_EQ(response.body, "let plain;");
  EXPECT_EQ(response.content_type, "text/javascript; charset=utf-8");
  EXPECT_EQ(HeaderOf(response, "Cache-Control"), "public, max-age=31536000, immutable");
}

TEST_F(StaticFilesTest, ThePackedFileGoesToThoseWhoTakeIt) {
  const HttpResponse response = Get("/assets/app-1a2b.js", {{"accept-encoding", "gzip, br"}});
  EXPECT_EQ(response.body, "packed");
  EXPECT_EQ(HeaderOf(response, "Content-Encoding"), "gzip");
  EXPECT_EQ(HeaderOf(response, "Vary"), "Accept-Encoding");
  EXPECT_EQ(response.content_type, "text/javascript; charset=utf-8");
}

TEST_F(StaticFilesTest, AnUnchangedFileIsNotSentAgain) {
  const std::string etag = HeaderOf(Get("/index.html"), "ETag");
  ASSERT_FALSE(etag.empty());
  const HttpResponse response = Get("/index.html", {{"if-none-match", etag}});
  EXPECT_EQ(response.status, 304);
  EXPECT_TRUE(response.body.empty());
}

TEST_F(StaticFilesTest, NoPathLeavesTheFolder) {
  for (const char* path : {"/../secret.txt", "/assets/../../secret.txt", "//../secret.txt", "/..",
                           "/./../secret.txt"}) {
    const HttpResponse response = Get(path);
    EXPECT_EQ(response.body.find("not for the web"), std::string::npos) << path;
    EXPECT_EQ(response.status, 404) << path;
  }
}

TEST_F(StaticFilesTest, AFileThatIsMissingIsNotThePage) {
  EXPECT_EQ(Get("/assets/gone.js").status, 404);
}

}  // namespace
}  // namespace sepakat::platform
