#include "tests/contract/protos/contracts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>

namespace sepakat::contract {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;

std::string TypeName(const FieldDescriptor& field) {
  if (field.is_map()) {
    const Descriptor& entry = *field.message_type();
    return fmt::format("map<{}, {}>", TypeName(*entry.map_key()), TypeName(*entry.map_value()));
  }
  if (field.message_type() != nullptr) return field.message_type()->full_name();
  if (field.enum_type() != nullptr) return field.enum_type()->full_name();
  return field.type_name();
}

std::string Cardinality(const FieldDescriptor& field) {
  if (field.is_repeated()) return "repeated";
  return field.has_optional_keyword() ? "optional" : "singular";
}

void AddSurface(const Descriptor& message, std::vector<std::string>* lines) {
  if (message.options().map_entry()) return;
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    lines->push_back(fmt::format("message {} {} {} {} {}", message.full_name(), field.number(),
                                 field.name(), TypeName(field), Cardinality(field)));
  }
  for (int i = 0; i < message.nested_type_count(); ++i) AddSurface(*message.nested_type(i), lines);
}

void AddSurface(const EnumDescriptor& type, std::vector<std::string>* lines) {
  for (int i = 0; i < type.value_count(); ++i) {
    lines->push_back(fmt::format("enum {} {} {}", type.full_name(), type.value(i)->number(),
                                 type.value(i)->name()));
  }
}

// The comment above a declaration as one paragraph per line; `|` would end a table cell.
template <typename D>
std::string Comment(const D& declaration, std::string_view line_end) {
  google::protobuf::SourceLocation location;
  if (!declaration.GetSourceLocation(&location)) return {};
  std::string text;
  for (const char c : location.leading_comments) {
    if (c == '\n') {
      text += line_end;
    } else if (c == '|') {
      text += "\\|";
    } else {
      text += c;
    }
  }
  const size_t first = text.find_first_not_of(" \n");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \n") - first + 1);
}

std::string ShortType(const FieldDescriptor& field) {
  std::string type = TypeName(field);
  if (const size_t dot = type.rfind('.'); !field.is_map() && dot != std::string::npos) {
    type = type.substr(dot + 1);
  }
  if (field.is_repeated() && !field.is_map()) type = fmt::format("{}[]", type);
  if (field.has_optional_keyword()) type = fmt::format("{}?", type);
  return type;
}

std::string MessageSection(const Descriptor& message) {
  std::string text = fmt::format("### {}\n\n", message.name());
  if (const std::string comment = Comment(message, "\n"); !comment.empty()) {
    std::string prose = comment;
    for (size_t at = prose.find("\n "); at != std::string::npos; at = prose.find("\n ", at)) {
      prose.erase(at + 1, 1);
    }
    text += fmt::format("{}\n\n", prose);
  }
  text += "| no. | field | type | meaning |\n|---:|---|---|---|\n";
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    text += fmt::format("| {} | `{}` | {} | {} |\n", field.number(), field.name(), ShortType(field),
                        Comment(field, ""));
  }
  return text + "\n";
}

std::string EnumSection(const EnumDescriptor& type) {
  std::string text = fmt::format("### {}\n\n{}\n\n| no. | value | meaning |\n|---:|---|---|\n",
                                 type.name(), Comment(type, ""));
  for (int i = 0; i < type.value_count(); ++i) {
    text += fmt::format("| {} | `{}` | {} |\n", type.value(i)->number(), type.value(i)->name(),
                        Comment(*type.value(i), ""));
  }
  return text + "\n";
}

bool IsPublicEvent(const FileDescriptor& file) {
  return file.package().find(".events.") != std::string::npos ||
         file.package().starts_with("sepakat.common.");
}

}  // namespace

Contracts Contracts::Load() {
  std::ifstream in(SEPAKAT_PROTOSET, std::ios::binary);
  google::protobuf::FileDescriptorSet set;
  if (!in || !set.ParseFromIstream(&in)) {
    std::cerr << "cannot read " << SEPAKAT_PROTOSET << "\n";
    std::abort();
  }
  Contracts contracts;
  contracts.pool_ = std::make_unique<google::protobuf::DescriptorPool>();
  for (const auto& file : set.file()) {
    contracts.pool_->BuildFile(file);
    if (file.package().starts_with("sepakat.")) contracts.names_.push_back(file.name());
  }
  std::ranges::sort(contracts.names_);
  return contracts;
}

std::vector<const FileDescriptor*> Contracts::files() const {
  std::vector<const FileDescriptor*> files;
  for (const std::string& name : names_) files.push_back(pool_->FindFileByName(name));
  return files;
}

std::vector<std::string> PublicSurface(const Contracts& contracts) {
  std::vector<std::string> lines;
  for (const FileDescriptor* file : contracts.files()) {
    for (int i = 0; i < file->message_type_count(); ++i) {
      AddSurface(*file->message_type(i), &lines);
    }
    for (int i = 0; i < file->enum_type_count(); ++i) AddSurface(*file->enum_type(i), &lines);
    for (int s = 0; s < file->service_count(); ++s) {
      const auto& service = *file->service(s);
      for (int m = 0; m < service.method_count(); ++m) {
        const auto& method = *service.method(m);
        lines.push_back(fmt::format(
            "rpc {} {}{} {}", method.full_name(), method.client_streaming() ? "stream " : "",
            method.input_type()->full_name(), method.output_type()->full_name()));
      }
    }
  }
  std::ranges::sort(lines);
  return lines;
}

std::string EventsDocument(const Contracts& contracts) {
  std::string text =
      "# Events\n\n"
      "The facts that services leave for each other on the log, and for everybody who listens.\n"
      "Written from the comments in `protos/` by `events_document`; a test fails when the two "
      "differ.\n\n"
      "Every record is a CloudEvents 1.0 event in binary mode: the payload is one of the messages\n"
      "below in protobuf encoding, the headers are\n\n"
      "| header | meaning |\n|---|---|\n"
      "| `ce_specversion` | `1.0` |\n"
      "| `ce_id` | derived id: the same event has the same id when it is sent again |\n"
      "| `ce_source` | `sepakat/<service>` |\n"
      "| `ce_type` | full name of the message |\n"
      "| `ce_time` | when it was said, RFC 3339 |\n"
      "| `content-type` | `application/protobuf` |\n"
      "| `sequence` | dense per source, topic and partition: drop what is not above the last one "
      "|\n"
      "| `cause` | id of the event that led to it |\n"
      "| `schema_revision` | revision of the message |\n"
      "| `traceparent` | W3C trace context |\n\n"
      "Order is promised per key. Fields are only ever added; readers ignore what they do not "
      "know.\n\n";
  for (const FileDescriptor* file : contracts.files()) {
    if (!IsPublicEvent(*file)) continue;
    text += fmt::format("## {}\n\n", file->package());
    for (int i = 0; i < file->enum_type_count(); ++i) text += EnumSection(*file->enum_type(i));
    for (int i = 0; i < file->message_type_count(); ++i) {
      text += MessageSection(*file->message_type(i));
    }
  }
  text.pop_back();
  return text;
}

}  // namespace sepakat::contract
