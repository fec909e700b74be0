#include "ingestion/wire/unpacker.h"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <array>

#include "common/base/status.h"

namespace sepakat::ingestion {
namespace {

constexpr uint64_t kFreeBytes = 64ULL << 20;
constexpr uint64_t kMostRatio = 200;
constexpr size_t kStep = 256 * 1024;

absl::Status Broken(std::string_view what) {
  return base::Error(absl::StatusCode::kInvalidArgument, "COMPRESSION_BROKEN",
                     fmt::format("the {} file is damaged or cut off", what));
}

// Counts both sides and refuses bombs.
class Guard {
 public:
  absl::Status Count(uint64_t packed, uint64_t plain) {
    packed_ += packed;
    plain_ += plain;
    if (plain_ <= kFreeBytes || plain_ / kMostRatio <= packed_) return absl::OkStatus();
    return base::Error(absl::StatusCode::kInvalidArgument, "DECOMPRESSION_BOMB",
                       fmt::format("the file unpacks to more than {} times its size; unpack it "
                                   "yourself if it is honest",
                                   kMostRatio));
  }

 private:
  uint64_t packed_ = 0;
  uint64_t plain_ = 0;
};

class PlainUnpacker final : public Unpacker {
 public:
  absl::Status Unpack(std::string_view packed, std::string* plain) override {
    plain->append(packed);
    return absl::OkStatus();
  }
  absl::Status Finish(std::string*) override { return absl::OkStatus(); }
};

class GzipUnpacker final : public Unpacker {
 public:
  GzipUnpacker() { inflateInit2(&stream_, 15 + 32); }
  ~GzipUnpacker() override { inflateEnd(&stream_); }

  absl::Status Unpack(std::string_view packed, std::string* plain) override {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(packed.size());
    SEPAKAT_RETURN_IF_ERROR(guard_.Count(packed.size(), 0));
    bool more = true;
    while (stream_.avail_in > 0 || more) {
      if (ended_ && stream_.avail_in == 0) break;
      if (ended_) {  // Another member follows.
        inflateReset(&stream_);
        ended_ = false;
      }
      stream_.next_out = buffer_.data();
      stream_.avail_out = kStep;
      const int result = inflate(&stream_, Z_NO_FLUSH);
      if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) return Broken("gzip");
      const size_t made = kStep - stream_.avail_out;
      plain->append(reinterpret_cast<const char*>(buffer_.data()), made);
      SEPAKAT_RETURN_IF_ERROR(guard_.Count(0, made));
      ended_ = result == Z_STREAM_END;
      more = stream_.avail_out == 0;
      if (result == Z_BUF_ERROR && made == 0) break;
    }
    return absl::OkStatus();
  }
  absl::Status Finish(std::string*) override { return ended_ ? absl::OkStatus() : Broken("gzip"); }

 private:
  z_stream stream_{};
  std::array<Bytef, kStep> buffer_;
  bool ended_ = false;
  Guard guard_;
};

struct ZstdRelease {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

class ZstdUnpacker final : public Unpacker {
 public:
  ZstdUnpacker() : context_(ZSTD_createDCtx()) {
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, 27);
  }

  absl::Status Unpack(std::string_view packed, std::string* plain) override {
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    SEPAKAT_RETURN_IF_ERROR(guard_.Count(packed.size(), 0));
    bool full = false;
    while (in.pos < in.size || full) {
      ZSTD_outBuffer out{buffer_.data(), buffer_.size(), 0};
      const size_t left = ZSTD_decompressStream(context_.get(), &out, &in);
      if (ZSTD_isError(left) != 0) return Broken("zstd");
      plain->append(buffer_.data(), out.pos);
      SEPAKAT_RETURN_IF_ERROR(guard_.Count(0, out.pos));
      ended_ = left == 0;
      full = out.pos == out.size;
    }
    return absl::OkStatus();
  }
  absl::Status Finish(std::string*) override { return ended_ ? absl::OkStatus() : Broken("zstd"); }

 private:
  std::unique_ptr<ZSTD_DCtx, ZstdRelease> context_;
  std::array<char, kStep> buffer_;
  bool ended_ = false;
  Guard guard_;
};

// Waits for four bytes, then knows.
class DetectingUnpacker final : public Unpacker {
 public:
  absl::Status Unpack(std::string_view packed, std::string* plain) override {
    if (chosen_ != nullptr) return chosen_->Unpack(packed, plain);
    head_.append(packed);
    if (head_.size() < 4) return absl::OkStatus();
    Choose();
    return chosen_->Unpack(head_, plain);
  }
  absl::Status Finish(std::string* plain) override {
    if (chosen_ == nullptr) {
      Choose();
      SEPAKAT_RETURN_IF_ERROR(chosen_->Unpack(head_, plain));
    }
    return chosen_->Finish(plain);
  }

 private:
  void Choose() {
    if (head_.starts_with("\x1F\x8B")) {
      chosen_ = std::make_unique<GzipUnpacker>();
    } else if (head_.starts_with("\x28\xB5\x2F\xFD")) {
      chosen_ = std::make_unique<ZstdUnpacker>();
    } else {
      chosen_ = std::make_unique<PlainUnpacker>();
    }
  }
  std::string head_;
  std::unique_ptr<Unpacker> chosen_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Unpacker>> Unpacker::Create(std::string_view compression) {
  if (compression.empty() || compression == "auto") return std::make_unique<DetectingUnpacker>();
  if (compression == "none") return std::make_unique<PlainUnpacker>();
  if (compression == "gzip") return std::make_unique<GzipUnpacker>();
  if (compression == "zstd") return std::make_unique<ZstdUnpacker>();
  return base::Error(
      absl::StatusCode::kInvalidArgument, "COMPRESSION_UNKNOWN",
      fmt::format("compression '{}' is none of auto, none, gzip, zstd", compression));
}

}  // namespace sepakat::ingestion
