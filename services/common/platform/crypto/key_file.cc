#include "common/platform/crypto/key_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <initializer_list>
#include <mutex>
#include <sstream>
#include <vector>

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

struct Release {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
  void operator()(EVP_MAC* algorithm) const { EVP_MAC_free(algorithm); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, Release>;
using Mac = std::unique_ptr<EVP_MAC_CTX, Release>;

Mac KeyedMac(std::string_view key) {
  const std::unique_ptr<EVP_MAC, Release> algorithm(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
  Mac mac(EVP_MAC_CTX_new(algorithm.get()));
  char digest[] = "SHA256";
  const OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string("digest", digest, 0),
                                   OSSL_PARAM_construct_end()};
  EVP_MAC_init(mac.get(), Bytes(key), key.size(), parameters);
  return mac;
}

// A nonce that is not random would give the sealed texts away: the process ends instead.
void FillRandom(std::string* bytes) {
  if (RAND_bytes(Bytes(*bytes), static_cast<int>(bytes->size())) != 1) std::abort();
}

// Contexts with their keys scheduled, and random bytes in store: setting them up costs more than
// sealing a record. One thread uses them at a time.
struct Workbench {
  Cipher seal{EVP_CIPHER_CTX_new()};
  Cipher open{EVP_CIPHER_CTX_new()};
  Mac digest;
  Mac pseudonym;
  std::string random = std::string(256 * kNonceBytes, '\0');
  size_t random_used = random.size();

  void Nonce(unsigned char* out) {
    if (random_used == random.size()) {
      FillRandom(&random);
      random_used = 0;
    }
    std::memcpy(out, random.data() + random_used, kNonceBytes);
    random_used += kNonceBytes;
  }
};

std::string Authenticate(EVP_MAC_CTX* mac, std::initializer_list<std::string_view> parts) {
  std::string code(kKeyBytes, '\0');
  size_t size = 0;
  EVP_MAC_init(mac, nullptr, 0, nullptr);
  for (const std::string_view part : parts) EVP_MAC_update(mac, Bytes(part), part.size());
  EVP_MAC_final(mac, Bytes(code), &size, code.size());
  return code;
}

absl::Status SealBroken() {
  return base::Error(
      absl::StatusCode::kDataLoss, "SEAL_BROKEN",
      "sealed data cannot be opened: it was changed, or the key file is another one");
}

class KeyedSecrets final : public runtime::Secrets {
 public:
  explicit KeyedSecrets(std::string_view master)
      : pseudonym_key_(Hmac(master, "sepakat/pseudonym/1")),
        digest_key_(Hmac(master, "sepakat/digest/1")),
        seal_key_(Hmac(master, "sepakat/seal/1")) {}

  std::string Pseudonym(std::string_view scope, std::string_view text) const override {
    const Borrowed bench(this);
    constexpr std::string_view kSeparator{"\0", 1};
    return base::Hex(Authenticate(bench->pseudonym.get(), {scope, kSeparator, text}).substr(0, 16));
  }

  std::string Digest(std::string_view text) const override {
    const Borrowed bench(this);
    return Authenticate(bench->digest.get(), {text});
  }

  std::string Seal(std::string_view plain) const override {
    const Borrowed bench(this);
    EVP_CIPHER_CTX* const cipher = bench->seal.get();
    std::string sealed(kNonceBytes + plain.size() + kTagBytes, '\0');
    bench->Nonce(Bytes(sealed));
    int size = 0;
    EVP_EncryptInit_ex(cipher, nullptr, nullptr, nullptr, Bytes(sealed));
    EVP_EncryptUpdate(cipher, Bytes(sealed) + kNonceBytes, &size, Bytes(plain),
                      static_cast<int>(plain.size()));
    EVP_EncryptFinal_ex(cipher, Bytes(sealed) + kNonceBytes + size, &size);
    EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_GCM_GET_TAG, kTagBytes,
                        Bytes(sealed) + kNonceBytes + plain.size());
    return sealed;
  }

  absl::StatusOr<std::string> Open(std::string_view sealed) const override {
    if (sealed.size() < kNonceBytes + kTagBytes) return SealBroken();
    const Borrowed bench(this);
    EVP_CIPHER_CTX* const cipher = bench->open.get();
    const std::string_view body =
        sealed.substr(kNonceBytes, sealed.size() - kNonceBytes - kTagBytes);
    std::string tag(sealed.substr(sealed.size() - kTagBytes));
    std::string plain(body.size(), '\0');
    int size = 0;
    EVP_DecryptInit_ex(cipher, nullptr, nullptr, nullptr, Bytes(sealed));
    EVP_DecryptUpdate(cipher, Bytes(plain), &size, Bytes(body), static_cast<int>(body.size()));
    EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_GCM_SET_TAG, kTagBytes, Bytes(tag));
    if (EVP_DecryptFinal_ex(cipher, Bytes(plain) + size, &size) != 1) return SealBroken();
    return plain;
  }

 private:
  // A workbench for the time of one call.
  class Borrowed {
   public:
    explicit Borrowed(const KeyedSecrets* owner) : owner_(*owner), bench_(owner->Borrow()) {}
    ~Borrowed() { owner_.GiveBack(std::move(bench_)); }
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;
    Workbench* operator->() const { return bench_.get(); }

   private:
    const KeyedSecrets& owner_;
    std::unique_ptr<Workbench> bench_;
  };

  std::unique_ptr<Workbench> Borrow() const {
    {
      const std::lock_guard guard(mutex_);
      if (!idle_.empty()) {
        std::unique_ptr<Workbench> bench = std::move(idle_.back());
        idle_.pop_back();
        return bench;
      }
    }
    auto bench = std::make_unique<Workbench>();
    const unsigned char* key = Bytes(std::string_view(seal_key_));
    EVP_EncryptInit_ex(bench->seal.get(), EVP_aes_256_gcm(), nullptr, key, nullptr);
    EVP_DecryptInit_ex(bench->open.get(), EVP_aes_256_gcm(), nullptr, key, nullptr);
    bench->digest = KeyedMac(digest_key_);
    bench->pseudonym = KeyedMac(pseudonym_key_);
    return bench;
  }

  void GiveBack(std::unique_ptr<Workbench> bench) const {
    const std::lock_guard guard(mutex_);
    idle_.push_back(std::move(bench));
  }

  const std::string pseudonym_key_;
  const std::string digest_key_;
  const std::string seal_key_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Workbench>> idle_;
};

absl::StatusOr<std::string> MakeKeyFile(const std::filesystem::path& file) {
  std::string key(kKeyBytes, '\0');
  FillRandom(&key);
  const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const bool written =
      fd >= 0 && ::write(fd, key.data(), key.size()) == ssize_t{kKeyBytes} && ::fsync(fd) == 0;
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
    return base::Error(
        absl::StatusCode::kPermissionDenied, "KEY_FILE_OPEN",
        fmt::format("others may read the key file {}; run chmod 600 on it", file.string()));
  }
  std::ifstream in(file, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  const std::string key = std::move(bytes).str();
  if (key.size() != kKeyBytes) {
    return base::Error(
        absl::StatusCode::kDataLoss, "KEY_FILE_DAMAGED",
        fmt::format("the key file {} does not hold {} bytes", file.string(), kKeyBytes));
  }
  return SecretsFromKey(key);
}

std::unique_ptr<runtime::Secrets> SecretsFromKey(std::string_view master) {
  return std::make_unique<KeyedSecrets>(master);
}

}  // namespace sepakat::platform
