#include "common/platform/crypto/key_file.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "common/base/hash.h"
#include "common/base/status.h"

namespace sepakat::platform {
namespace {

constexpr size_t kKeyBytes = 32;
constexpr size_t kNonceBytes = 12;
constexpr size_t kTagBytes = 16;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string Hmac(std::string_view key, std::string_view text) {
  std::string digest(kKeyBytes, '\0');
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), Bytes(text), text.size(),
       Bytes(digest), &size);
  return digest;
}

struct CipherRelease {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, CipherRelease>;

absl::Status SealBroken() {
  return base::Error(absl::StatusCode::kDataLoss, "SEAL_BROKEN",
                     "sealed data cannot be opened: it was changed, or the key file is another one");
}

class KeyedSecrets final : public runtime::Secrets {
 public:
  explicit KeyedSecrets(std::string_view master)
      : pseudonym_key_(Hmac(master, "sepakat/pseudonym/1")),
        digest_key_(Hmac(master, "sepakat/digest/1")),
        seal_key_(Hmac(master, "sepakat/seal/1")) {}

  std::string Pseudonym(std::string_view scope, std::string_view text) const override {
    std::string scoped(scope);
    scoped.push_back('\0');
    scoped.append(text);
    return base::Hex(Hmac(pseudonym_key_, scoped).substr(0, 16));
  }

  std::string Digest(std::string_view text) const override { return Hmac(digest_key_, text); }

  std::string Seal(std::string_view plain) const override {
    std::string sealed(kNonceBytes + plain.size() + kTagBytes, '\0');
    RAND_bytes(Bytes(sealed), kNonceBytes);
    const Cipher cipher(EVP_CIPHER_CTX_new());
    int size = 0;
    EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, Bytes(std::string_view(seal_key_)),
                       Bytes(sealed));
    EVP_EncryptUpdate(cipher.get(), Bytes(sealed) + kNonceBytes, &size, Bytes(plain),
                      static_cast<int>(plain.size()));
    EVP_EncryptFinal_ex(cipher.get(), Bytes(sealed) + kNonceBytes + size, &size);
    EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagBytes,
                        Bytes(sealed) + kNonceBytes + plain.size());
    return sealed;
  }

  absl::StatusOr<std::string> Open(std::string_view sealed) const override {
    if (sealed.size() < kNonceBytes + kTagBytes) return SealBroken();
    const std::string_view body =
        sealed.substr(kNonceBytes, sealed.size() - kNonceBytes - kTagBytes);
    std::string tag(sealed.substr(sealed.size() - kTagBytes));
    std::string plain(body.size(), '\0');
    const Cipher cipher(EVP_CIPHER_CTX_new());
    int size = 0;
    EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, Bytes(std::string_view(seal_key_)),
                       Bytes(sealed));
    EVP_DecryptUpdate(cipher.get(), Bytes(plain), &size, Bytes(body),
                      static_cast<int>(body.size()));
    EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagBytes, Bytes(tag));
    if (EVP_DecryptFinal_ex(cipher.get(), Bytes(plain) + size, &size) != 1) return SealBroken();
    return plain;
  }

 private:
  const std::string pseudonym_key_;
  const std::string digest_key_;
  const std::string seal_key_;
};

absl::StatusOr<std::string> MakeKeyFile(const std::filesystem::path& file) {
  std::string key(kKeyBytes, '\0');
  RAND_bytes(Bytes(key), kKeyBytes);
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const bool written = fd >= 0 && ::write(fd, key.data(), key.size()) == ssize_t{kKeyBytes} &&
                       ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (!written) {
    return base::Error(absl::StatusCode::kInternal, "KEY_FILE_NOT_WRITTEN",
                       fmt::format("cannot write the key file {}", file.string()));
  }
  return key;
}

}  // namespace

absl::StatusOr<std::unique_ptr<runtime::Secrets>> SecretsFromFile(
    const std::filesystem::path& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) {
    SEPAKAT_ASSIGN_OR_RETURN(const std::string key, MakeKeyFile(file));
    return SecretsFromKey(key);
  }
  if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return base::Error(absl::StatusCode::kPermissionDenied, "KEY_FILE_OPEN",
                       fmt::format("others may read the key file {}; run chmod 600 on it",
                                   file.string()));
  }
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  const std::string key = std::move(bytes).str();
  if (key.size() != kKeyBytes) {
    return base::Error(absl::StatusCode::kDataLoss, "KEY_FILE_DAMAGED",
                       fmt::format("the key file {} does not hold {} bytes", file.string(),
                                   kKeyBytes));
  }
  return SecretsFromKey(key);
}

std::unique_ptr<runtime::Secrets> SecretsFromKey(std::string_view master) {
  return std::make_unique<KeyedSecrets>(master);
}

}  // namespace sepakat::platform
