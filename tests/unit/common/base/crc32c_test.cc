// CRC-32C: the published values, with the instruction and without, whole and in pieces.
#include "common/base/crc32c.h"

#include <gtest/gtest.h>

#include <boost/crc.hpp>
#include <random>
#include <string>

namespace sepakat::base {
namespace {

struct Published {
  std::string bytes;
  uint32_t crc;
};

// RFC 3720 appendix B.4, and the check value of the CRC catalogue.
const Published kPublished[] = {
    {std::string(32, '\0'), 0x8a9136aa},
    {std::string(32, '\xff'), 0x62a8ab43},
    {"123456789", 0xe3069283},
    {"", 0},
};

TEST(Crc32c, GivesThePublishedValues) {
  for (const Published& example : kPublished) {
    EXPECT_EQ(Crc32c(example.bytes), example.crc) << example.bytes.size();
    EXPECT_EQ(Crc32cByTable(example.bytes), example.crc) << example.bytes.size();
  }
}

TEST(Crc32c, AgreesWithBoostForEveryLengthAndInPieces) {
  std::mt19937 random(20'260);
  std::string bytes;
  for (size_t size = 0; size < 300; ++size) {
    boost::crc_optimal<32, 0x1EDC6F41, 0xffffffff, 0xffffffff, true, true> boost_crc;
    boost_crc.process_bytes(bytes.data(), bytes.size());
    EXPECT_EQ(Crc32c(bytes), boost_crc.checksum()) << size;
    EXPECT_EQ(Crc32cByTable(bytes), boost_crc.checksum()) << size;
    const std::string_view whole = bytes;
    EXPECT_EQ(Crc32c(whole.substr(size / 3), Crc32c(whole.substr(0, size / 3))), Crc32c(bytes));
    bytes.push_back(static_cast<char>(random()));
  }
}

TEST(Crc32c, EveryFlippedBitChangesIt) {
  std::string bytes = "Desa Botolambat, Kabupaten Pekalongan";
  const uint32_t whole = Crc32c(bytes);
  for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_NE(Crc32c(bytes), whole) << bit;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
  }
}

}  // namespace
}  // namespace sepakat::base
