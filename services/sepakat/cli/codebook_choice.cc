#include "sepakat/cli/codebook_choice.h"

#include <filesystem>

#include "common/base/status.h"
#include "ingestion/domain/text.h"
#include "ingestion/wire/codebook_toml.h"
#include "sepakat/cli/files.h"
#include "sepakat/ingestion/v1/ingestion_service.pb.h"
#include "sepakat/reference/builtin.h"

namespace sepakat::cli {
namespace {

namespace v1 = ingestion::v1;

absl::StatusOr<std::string> Register(std::string_view file_name, std::string_view toml,
                                     Client& client) {
  v1::RegisterCodebookRequest request;
  *request.mutable_context() = client.Context(toml);
  request.set_toml(std::string(toml));
  request.set_file_name(std::string(file_name));
  SEPAKAT_ASSIGN_OR_RETURN(v1::RegisterCodebookResponse response,
                           client.Call<v1::RegisterCodebookResponse>(
                               "sepakat.ingestion.v1.IngestionService/RegisterCodebook", request));
  return std::move(*response.mutable_codebook_id());
}

// Whether the built-in book has a higher number than the one that the server knows; versions that
// are no numbers are nobody's business but their owner's.
bool IsNewer(const reference::BuiltinFile& builtin, std::string_view known) {
  const ingestion::CodebookReading reading = ingestion::ReadCodebook(builtin.text, builtin.name);
  if (!reading.book) return false;
  const std::optional<int32_t> ours = ingestion::SmallInteger(reading.book->version);
  const std::optional<int32_t> theirs = ingestion::SmallInteger(known);
  return ours && theirs && *ours > *theirs;
}

}  // namespace

absl::StatusOr<std::string> ChooseCodebook(const std::string& name_or_path, Client& client) {
  if (name_or_path.ends_with(".toml") || FileExists(name_or_path)) {
    SEPAKAT_ASSIGN_OR_RETURN(const std::string toml, ReadFile(name_or_path));
    return Register(std::filesystem::path(name_or_path).filename().string(), toml, client);
  }
  const auto builtin = reference::FindBuiltin(reference::BuiltinKind::kCodebook, name_or_path);
  if (!builtin) return name_or_path;
  SEPAKAT_ASSIGN_OR_RETURN(
      const v1::ListCodebooksResponse known,
      client.Call<v1::ListCodebooksResponse>("sepakat.ingestion.v1.IngestionService/ListCodebooks",
                                             v1::ListCodebooksRequest{}));
  for (const v1::CodebookSummary& book : known.codebooks()) {
    if (book.id() != name_or_path) continue;
    if (!IsNewer(*builtin, book.version())) return name_or_path;
  }
  return Register(builtin->name, builtin->text, client);
}

}  // namespace sepakat::cli
