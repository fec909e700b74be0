#include "tests/contract/layers/include_law.h"

#include <regex>
#include <set>
#include <sstream>

namespace sepakat::support {
namespace {

// Our layers that each layer may include.
const std::map<std::string, std::set<std::string>, std::less<>>& Uses() {
  static const std::map<std::string, std::set<std::string>, std::less<>> uses = {
      {"base", {"base"}},
      {"domain", {"base", "domain"}},
      {"app", {"base", "domain", "app"}},
      {"wire", {"base", "domain", "app", "wire"}},
      {"platform", {"base", "app", "wire", "platform"}},
      {"main", {"base", "domain", "app", "wire", "platform", "main"}},
  };
  return uses;
}

constexpr char kSystems[] = R"(librdkafka/|hiredis/|rocksdb/|grpc|boost/|prometheus/|spdlog/)";
constexpr char kEncoders[] = R"(google/protobuf/|nlohmann/|toml|CLI/)";
constexpr char kWorld[] =
    R"(thread>|mutex>|condition_variable>|random>|iostream>|fstream>|filesystem>|sys/|unistd)";

// What a layer never contains, as a pattern of includes in angle brackets or of third parties.
std::string Never(std::string_view layer) {
  const std::string systems = kSystems;
  if (layer == "base") return systems + "|" + kEncoders + "|" + kWorld;
  if (layer == "domain") return systems + "|" + kEncoders + "|" + kWorld + "|chrono>";
  if (layer == "app") return systems + "|" + kEncoders;
  if (layer == "wire") return systems;
  return "";
}

std::string WithoutExtension(std::string_view path) {
  return std::string(path.substr(0, path.rfind('.')));
}

std::string FolderOf(std::string_view path) {
  const size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? "" : std::string(path.substr(0, slash));
}

// "targeting", "common/runtime", or "" outside services/.
std::string RoomOf(std::string_view path) {
  static const std::regex room("^services/(common/[^/]+|[^/]+)/.*");
  std::cmatch match;
  return std::regex_match(path.begin(), path.end(), match, room) ? match[1].str() : "";
}

}  // namespace

IncludeLaw::IncludeLaw(std::string_view layers_tsv) {
  std::istringstream rows{std::string(layers_tsv)};
  for (std::string row; std::getline(rows, row);) {
    std::istringstream fields(row);
    std::string layer, folder, sources;
    std::getline(fields, layer, '\t');
    std::getline(fields, folder, '\t');
    std::getline(fields, sources, '\t');
    const auto [known, added] = layer_of_folder_.emplace(folder, layer);
    if (!added && known->second != layer) known->second.clear();
    std::istringstream files(sources);
    for (std::string file; std::getline(files, file, ';');) {
      const bool from_root = file.starts_with(folder + "/");
      layer_of_stem_[WithoutExtension(from_root ? file : folder + "/" + file)] = layer;
    }
  }
}

std::string IncludeLaw::LayerOf(std::string_view path) const {
  const auto listed = layer_of_stem_.find(WithoutExtension(path));
  if (listed != layer_of_stem_.end()) return listed->second;
  for (std::string folder = FolderOf(path); !folder.empty(); folder = FolderOf(folder)) {
    const auto known = layer_of_folder_.find(folder);
    if (known != layer_of_folder_.end()) return known->second;
  }
  return "";
}

std::string IncludeLaw::Judge(std::string_view path, std::string_view layer,
                              std::string_view included) const {
  const bool generated = included.ends_with(".pb.h") && included.starts_with("sepakat/");
  if (generated) {
    return layer == "wire" || layer == "main" ? "" : "contains generated messages";
  }
  const std::string target = "services/" + std::string(included);
  const std::string target_layer = LayerOf(target);
  if (target_layer.empty()) return "";
  if (!Uses().find(layer)->second.contains(target_layer)) return "uses layer " + target_layer;
  const std::string room = RoomOf(path);
  const std::string target_room = RoomOf(target);
  if (target_room.starts_with("common/") || target_room == room || room == "sepakat") return "";
  return layer == "platform" ? "knows a service" : "uses another service";
}

std::vector<std::string> IncludeLaw::Violations(std::string_view path,
                                                std::string_view text) const {
  const std::string layer = LayerOf(path);
  if (!Uses().contains(layer)) {
    return {std::string(path) + ": belongs to no library, or to one of several in its folder"};
  }
  static const std::regex include(R"(^\s*#\s*include\s*[<"]([^>"]+[>"]))");
  const std::string never = Never(layer);
  const std::regex forbidden("^(" + (never.empty() ? "$." : never) + ").*");
  std::vector<std::string> found;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (!std::regex_search(line, match, include)) continue;
    const std::string closed =
        match[1].str();  // keeps the closing mark: "thread>" is not "thread_pool.h"
    const std::string included = closed.substr(0, closed.size() - 1);
    std::string mistake = Judge(path, layer, included);
    if (mistake.empty() && std::regex_match(closed, forbidden)) mistake = "contains that";
    if (mistake.empty()) continue;
    found.push_back(std::string(path) + ": includes " + included + "; layer " + layer + " never " +
                    mistake);
  }
  return found;
}

}  // namespace sepakat::support
