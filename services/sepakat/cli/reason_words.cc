#include "sepakat/cli/reason_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "common/base/status.h"

namespace sepakat::cli {
namespace {

struct Words {
  std::string_view reason;
  std::string_view id;
};

// In alphabetical order of the reasons.
constexpr Words kWords[] = {
    {"ADDRESS_INVALID", "alamat salah tulis; tulis HOST:PORT"},
    {"ALERT_RULES_INVALID", "aturan peringatan memuat kesalahan"},
    {"CODEBOOK_INVALID",
     "buku kode itu memuat kesalahan; `sepakat codebook check` menyebutkan semuanya"},
    {"CODEBOOK_UNKNOWN",
     "buku kode itu tidak dikenal; `sepakat codebook list` menyebutkan yang ada"},
    {"CODEBOOK_VERSION_EXISTS", "versi buku kode itu sudah ada dengan isi lain; naikkan versinya"},
    {"CODE_UNKNOWN", "jawaban harus salah satu kode dalam kuesioner. Periksa kode jawabannya"},
    {"COLUMNS_MISSING",
     "semua kolom yang disebut buku kode harus ada dalam berkas. Lengkapi berkasnya"},
    {"COLUMN_UNKNOWN", "kolom ini tidak disebut buku kode. Periksa namanya"},
    {"COMPRESSION_BROKEN", "berkas termampatkan itu rusak; kirim ulang dari sumbernya"},
    {"COMPRESSION_UNKNOWN",
     "cara pemampatan itu tidak dikenal; pakai gzip, zstd, atau tanpa pemampatan"},
    {"CONFIG_INVALID", "ada pengaturan yang salah"},
    {"CONFIG_MISSING", "ada pengaturan yang belum ditulis"},
    {"CORRECTION_MISSING", "tidak ada isian yang diperbaiki"},
    {"DATE_MALFORMED", "tanggal salah tulis; tulis seperti 2026-02-28"},
    {"DATE_MISSING", "tanggal pendataan wajib diisi"},
    {"DECOMPRESSION_BOMB", "isi berkas jauh lebih besar daripada berkasnya; periksa asalnya"},
    {"DEMO_NOT_LOADED", "data contoh belum lengkap"},
    {"DIFFERS_IN_FAMILY",
     "isian tentang keluarga harus sama pada semua barisnya. Samakan, atau kosongkan selain baris "
     "pertama"},
    {"DIRECTORY_IN_USE",
     "folder data sedang dipakai proses lain; hentikan proses itu atau pilih folder lain"},
    {"DIRECTORY_NOT_WRITABLE",
     "folder itu tidak dapat ditulisi; beri hak tulis atau pilih folder lain"},
    {"DISK_FULL",
     "diska penuh; kosongkan sebagian lalu mulai lagi, yang sudah diterima tidak hilang"},
    {"FAMILY_ID_MISSING", "nomor kartu keluarga wajib diisi"},
    {"FAMILY_TWICE",
     "satu keluarga hanya boleh muncul satu kali dalam satu kiriman. Hapus yang ganda"},
    {"FAMILY_UNKNOWN", "keluarga itu tidak ada dalam register"},
    {"FILE_EMPTY", "berkas kosong; tidak ada yang dapat dibaca"},
    {"FILE_NOT_FOUND", "berkas itu tidak ada"},
    {"FUTURE_DATE", "tanggal tidak boleh setelah hari ini"},
    {"GEOJSON_INVALID", "berkas batas wilayah bukan GeoJSON yang sah"},
    {"HEADER_MISSING", "baris judul kolom tidak ada"},
    {"IMPOSSIBLE_DATE",
     "tanggal harus ada dalam kalender. Tulis tanggal yang benar, misalnya 2026-02-28"},
    {"INGEST_UNKNOWN", "kiriman itu tidak dikenal"},
    {"INVALID_UTF8", "huruf dalam berkas tidak terbaca. Simpan ulang berkas sebagai UTF-8"},
    {"KAFKA_ACCESS_DENIED", "Kafka menolak akses; periksa hak pengguna"},
    {"KAFKA_AWAY", "Kafka tidak menjawab; periksa alamat dan jalannya"},
    {"KEY_FILE_DAMAGED", "berkas kunci rusak; kembalikan dari cadangan"},
    {"KEY_FILE_NOT_WRITTEN", "berkas kunci tidak dapat ditulis"},
    {"KEY_FILE_OPEN", "berkas kunci dapat dibaca orang lain; jalankan chmod 600 pada berkas itu"},
    {"KK_INVALID",
     "nomor kartu keluarga terdiri atas 16 angka. Periksa nomornya pada kartu keluarga"},
    {"LINES_CONTRADICT", "garis kemiskinan saling bertentangan"},
    {"LINE_NOT_POSITIVE", "garis kemiskinan harus lebih besar dari nol"},
    {"LINE_TOO_LARGE", "garis kemiskinan terlalu besar"},
    {"LINE_TOO_LONG",
     "baris ini jauh lebih panjang daripada yang mungkin. Periksa tanda kutip dan pemisahnya"},
    {"MODEL_ID_RESERVED", "nama model itu sudah dipakai sistem; pilih nama lain"},
    {"MODEL_UNKNOWN", "model itu tidak dikenal"},
    {"NIK_INVALID", "NIK terdiri atas 16 angka. Periksa nomornya pada KTP atau kartu keluarga"},
    {"NOTHING_PUBLISHED", "belum ada angka yang diterbitkan; kirim data lebih dahulu"},
    {"NOT_A_NUMBER", "isian ini harus berupa angka"},
    {"NOT_DELIMITED_TEXT", "isi berkas bukan tabel teks; simpan sebagai CSV"},
    {"NOT_IN_QUARANTINE", "catatan itu tidak ada di karantina; mungkin sudah diterima"},
    {"NOT_SERVING", "layanan belum siap; coba lagi sebentar lagi"},
    {"NOT_STARTED", "layanan belum siap; coba lagi sebentar lagi"},
    {"NO_HEAD",
     "setiap keluarga memiliki tepat satu kepala keluarga. Tandai satu anggota sebagai kepala"},
    {"NUMBER_IN_NAME", "nama tidak boleh memuat nomor identitas. Pindahkan nomor ke kolomnya"},
    {"OLDER_THAN_KNOWN",
     "data keluarga yang lebih baru sudah ada, jadi isian ini tidak mengubah apa pun"},
    {"OUT_OF_RANGE",
     "nilai harus berada dalam rentang yang mungkin menurut kuesioner. Periksa satuannya"},
    {"PARTITIONS_DIFFER", "banyaknya partisi topik berbeda dari yang diminta"},
    {"POPULATION_DIFFERS", "populasi itu berbeda dari yang sudah tercatat"},
    {"POPULATION_UNKNOWN", "populasi itu tidak dikenal"},
    {"PORT_IN_USE",
     "port itu sudah dipakai program lain atau tidak boleh dipakai; pilih port lain"},
    {"PROGRAMME_INVALID", "keterangan program itu memuat kesalahan"},
    {"PROGRAMME_UNKNOWN", "program itu tidak dikenal"},
    {"PUBLICATION_UNKNOWN", "publikasi itu tidak ada"},
    {"RECEIPT_LOST",
     "jawaban server tidak lengkap; kirim sekali lagi, tidak ada yang menjadi ganda"},
    {"RECORD_TOO_LARGE", "satu catatan terlalu besar"},
    {"REDIS_AWAY", "Redis tidak menjawab; angka tetap tersimpan"},
    {"REGIONS_EMPTY", "daftar wilayah itu kosong"},
    {"REGIONS_NOT_LOADED", "daftar wilayah belum dimuat: `sepakat regions load`"},
    {"REGION_CODE_MALFORMED",
     "kode wilayah salah tulis; tulis seperti 33.26.15.2014, atau 0 untuk nasional"},
    {"REGION_MISSING", "kode wilayah wajib diisi"},
    {"REGION_PARTLY_KNOWN",
     "kode desa tidak ada dalam daftar wilayah; keluarga dihitung pada kecamatannya. Perbaiki kode "
     "desanya"},
    {"REGION_UNKNOWN", "kode wilayah harus ada dalam daftar wilayah Kemendagri. Periksa kodenya"},
    {"REGION_WITHOUT_FAMILIES", "belum ada keluarga di wilayah itu"},
    {"REGION_WITHOUT_FIGURES", "belum ada angka untuk wilayah itu"},
    {"ROW_DAMAGED", "baris ini tidak dapat dibaca. Kirim ulang dari sumbernya"},
    {"ROW_UNKNOWN", "catatan itu tidak memiliki baris dengan nomor tersebut"},
    {"RULE_SET_UNKNOWN",
     "kumpulan aturan itu tidak dikenal; `sepakat rules list` menyebutkan yang ada"},
    {"SIZE_DIFFERS", "jumlah anggota yang ditulis harus sama dengan banyak barisnya"},
    {"SIZE_INVALID", "jumlah anggota harus bilangan bulat dari 1 sampai 255"},
    {"SIZE_MISSING", "jumlah anggota wajib diisi"},
    {"SKIP_VIOLATED",
     "menurut jawaban sebelumnya pertanyaan ini dilewati. Kosongkan, atau perbaiki jawaban "
     "sebelumnya"},
    {"STATE_MOVES_TOO_FAST",
     "data berubah terlalu cepat untuk dibandingkan; coba lagi saat lebih tenang"},
    {"STORE_DAMAGED", "penyimpanan rusak; pulihkan dari log atau cadangan"},
    {"STORE_FAILED", "penyimpanan gagal membaca atau menulis"},
    {"STRAY_QUOTE", "tanda kutip hanya boleh membuka dan menutup satu isian"},
    {"SUBACTIVITY_CODE_INVALID", "kode sub kegiatan salah tulis"},
    {"SUBMISSION_ID_REUSED",
     "nomor kiriman ini sudah dipakai untuk isi lain. Kirim dengan nomor baru"},
    {"TARGET_INVALID", "keterangan target itu memuat kesalahan"},
    {"TWO_HEADS",
     "setiap keluarga memiliki tepat satu kepala keluarga. Perbaiki hubungan anggota yang lain"},
    {"TWO_SPOUSES",
     "seorang kepala keluarga tercatat dengan paling banyak satu pasangan. Periksa hubungan "
     "anggotanya"},
    {"UNKNOWN_NEED", "kebutuhan itu tidak dikenal"},
    {"UNKNOWN_VARIABLE", "pertanyaan itu tidak dikenal"},
    {"UNTERMINATED_QUOTE", "setiap tanda kutip harus ditutup pada baris yang sama"},
    {"VALUE_MISSING", "pertanyaan ini wajib dijawab"},
    {"VERIFICATION_RUNNING", "verifikasi lain sedang berjalan; tunggu sampai selesai"},
    {"VERSION_MISSING", "versi wajib ditulis"},
    {"WEIGHTS_DIFFER", "penimbang harus sama untuk semua anggota keluarga"},
    {"WEIGHT_INVALID", "penimbang harus berupa angka positif"},
    {"WEIGHT_MISSING", "penimbang wajib diisi untuk survei sampel"},
    {"WELFARE_INVALID", "pengeluaran harus berupa angka yang tidak negatif"},
    {"WRONG_NUMBER_OF_CELLS",
     "banyak isian pada baris ini harus sama dengan banyak kolomnya. Periksa pemisahnya"},
};
static_assert(std::ranges::is_sorted(kWords, {}, &Words::reason));

}  // namespace

std::optional<std::string_view> ReasonInIndonesian(std::string_view reason) {
  const auto* const found = std::ranges::lower_bound(kWords, reason, {}, &Words::reason);
  if (found == std::end(kWords) || found->reason != reason) return std::nullopt;
  return found->id;
}

std::string SentenceOf(const absl::Status& status, base::Language language) {
  std::string sentence = base::MessageIn(language, status);
  if (language == base::Language::kEnglish || base::SpeaksIndonesian(status)) return sentence;
  const std::optional<std::string_view> words = ReasonInIndonesian(base::ReasonOf(status));
  return words ? fmt::format("{} ({})", *words, sentence) : sentence;
}

std::string FindingSentence(std::string_view reason, const std::string& message,
                            base::Language language) {
  if (language == base::Language::kEnglish) return message;
  const std::optional<std::string_view> words = ReasonInIndonesian(reason);
  return words ? std::string(*words) : message;
}

}  // namespace sepakat::cli
