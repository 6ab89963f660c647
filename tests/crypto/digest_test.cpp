#include "crypto/digest.hpp"

#include "support/catch.hpp"

namespace workflow::testing::digest_test {

TEST_CASE("SM3 is that of the standard's examples (GB/T 32905, A.1 and A.2)") {
    Hasher sm3(Hashing::sm3);
    CHECK(hex(sm3.digest({"abc"})) ==
          "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    std::string long_text;
    for (int i = 0; i < 16; ++i) long_text += "abcd";
    CHECK(hex(sm3.digest({long_text})) ==
          "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
    // The same in pieces, and by a hasher that was used before.
    CHECK(sm3.digest({"a", "", "bc"}) == sm3.digest({"abc"}));
}

TEST_CASE("who asks for no hash gets SHA-256") {
    Hasher hasher;
    CHECK(hex(hasher.digest({"abc"})) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256("abc") == Hasher(Hashing::sha256).digest({"abc"}));
}

TEST_CASE("a hash has one name") {
    for (const auto hashing : {Hashing::sha256, Hashing::sm3})
        CHECK(parse_hashing(to_string(hashing)) == hashing);
    for (const auto* other : {"", "SM3", "sm3 ", "md5"}) CHECK_FALSE(parse_hashing(other));
}

}  // namespace workflow::testing::digest_test
