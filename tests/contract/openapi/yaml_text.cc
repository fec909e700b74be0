#include "tests/contract/openapi/yaml_text.h"

#include <fmt/format.h>

#include <charconv>
#include <string>
#include <vector>

#include "common/base/status.h"

namespace sepakat::contract {
namespace {

using nlohmann::json;

struct Line {
  size_t number = 0;
  size_t indent = 0;
  std::string text;
};

// Recursive descent over lines; the first mistake ends it.
class Parser {
 public:
  explicit Parser(std::string_view text) {
    for (size_t number = 1; !text.empty(); ++number) {
      const std::string_view whole = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(text.size(), whole.size() + 1));
      const size_t indent = whole.find_first_not_of(' ');
      if (indent == std::string_view::npos || whole[indent] == '#') continue;
      lines_.push_back({number, indent, std::string(whole.substr(indent))});
    }
  }

  absl::StatusOr<json> Parse() {
    json document = Block(0);
    if (next_ < lines_.size()) Fail("is indented differently than what it belongs to");
    if (!mistake_.ok()) return mistake_;
    return document;
  }

 private:
  bool At(size_t indent) const {
    return mistake_.ok() && next_ < lines_.size() && lines_[next_].indent == indent;
  }

  void Fail(std::string_view why) {
    if (!mistake_.ok()) return;
    const size_t number = next_ < lines_.size() ? lines_[next_].number : 0;
    mistake_ = base::Error(absl::StatusCode::kInvalidArgument, "YAML_TEXT",
                           fmt::format("line {} {}", number, why));
  }

  json Block(size_t indent) {
    if (At(indent) && lines_[next_].text.starts_with("- ")) return Sequence(indent);
    json mapping = json::object();
    while (At(indent)) Entry(indent, &mapping);
    return mapping;
  }

  json Sequence(size_t indent) {
    json sequence = json::array();
    while (At(indent) && lines_[next_].text.starts_with("- ")) {
      Line& line = lines_[next_];
      line.text.erase(0, 2);
      if (line.text.front() == '{' || KeyEnd(line.text) == std::string::npos) {
        sequence.push_back(Value(line.text));
        ++next_;
      } else {
        line.indent = indent + 2;
        sequence.push_back(Block(indent + 2));
      }
    }
    return sequence;
  }

  // `key: value`, `key:` with a block below, or `key: >-` with folded text below.
  void Entry(size_t indent, json* mapping) {
    const std::string text = lines_[next_].text;
    const size_t end = KeyEnd(text);
    if (end == std::string::npos) return Fail("has no `key:`");
    const std::string key = Value(text.substr(0, end)).get<std::string>();
    if (mapping->contains(key)) return Fail("repeats a key");
    const std::string rest = end + 2 < text.size() ? text.substr(end + 2) : "";
    ++next_;
    if (rest == ">-") {
      (*mapping)[key] = Folded(indent);
    } else if (!rest.empty()) {
      (*mapping)[key] = Value(rest);
    } else if (next_ < lines_.size() && lines_[next_].indent > indent) {
      (*mapping)[key] = Block(lines_[next_].indent);
    } else {
      Fail("has no value");
    }
  }

  std::string Folded(size_t indent) {
    std::string text;
    while (next_ < lines_.size() && lines_[next_].indent > indent) {
      text += (text.empty() ? "" : " ") + lines_[next_++].text;
    }
    return text;
  }

  // Position of the colon that ends the key; npos when there is none.
  static size_t KeyEnd(std::string_view text) {
    if (text.starts_with('\'')) {
      const size_t quote = text.find('\'', 1);
      return quote != std::string_view::npos && text.substr(quote + 1).starts_with(':')
                 ? quote + 1
                 : std::string_view::npos;
    }
    const size_t colon = text.find(": ");
    if (colon != std::string_view::npos) return colon;
    return text.ends_with(':') ? text.size() - 1 : std::string_view::npos;
  }

  // The parts of a flow collection, split at commas outside quotes and brackets.
  static std::vector<std::string> Parts(std::string_view inside) {
    std::vector<std::string> parts;
    std::string part;
    int depth = 0;
    bool quoted = false;
    for (const char c : inside) {
      if (c == '\'') quoted = !quoted;
      if (!quoted && (c == '{' || c == '[')) ++depth;
      if (!quoted && (c == '}' || c == ']')) --depth;
      if (c == ',' && depth == 0 && !quoted) {
        parts.push_back(std::exchange(part, {}));
      } else if (c != ' ' || !part.empty()) {
        part += c;
      }
    }
    if (!part.empty()) parts.push_back(part);
    return parts;
  }

  json Value(std::string_view text) {
    if (text.starts_with('{') && text.ends_with('}')) {
      json mapping = json::object();
      for (const std::string& part : Parts(text.substr(1, text.size() - 2))) {
        const size_t end = KeyEnd(part);
        if (end == std::string::npos) {
          Fail("has a flow mapping without `key: value`");
          return nullptr;
        }
        mapping[Value(part.substr(0, end)).get<std::string>()] = Value(part.substr(end + 2));
      }
      return mapping;
    }
    if (text.starts_with('[') && text.ends_with(']')) {
      json sequence = json::array();
      for (const std::string& part : Parts(text.substr(1, text.size() - 2))) {
        sequence.push_back(Value(part));
      }
      return sequence;
    }
    return Scalar(text);
  }

  json Scalar(std::string_view text) {
    if (text.size() >= 2 && text.starts_with('\'') && text.ends_with('\'')) {
      std::string plain;
      for (size_t i = 1; i + 1 < text.size(); ++i) {
        plain += text[i];
        if (text[i] == '\'') ++i;  // '' is one quote
      }
      return plain;
    }
    if (text == "true" || text == "false") return text == "true";
    int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size()) return number;
    if (std::string_view("\"'{}[]&*!|>%@`#,").find(text.front()) != std::string_view::npos) {
      Fail("has text that needs quotes");
    }
    return std::string(text);
  }

  std::vector<Line> lines_;
  size_t next_ = 0;
  absl::Status mistake_;
};

}  // namespace

absl::StatusOr<json> ParseYamlText(std::string_view text) { return Parser(text).Parse(); }

}  // namespace sepakat::contract
