#include "crypto/cipher.hpp"

#include <algorithm>

#include "crypto/digest.hpp"
#include "support/catch.hpp"
#include "support/hexadecimal.hpp"

namespace workflow::testing::cipher_test {

namespace {

Digest key_of(const std::string& raw) {
    Digest key;
    for (std::size_t i = 0; i < key.bytes.size(); ++i)
        key.bytes[i] = static_cast<std::uint8_t>(raw.at(i));
    return key;
}

Digest counting_key() {
    std::string raw;
    for (int i = 0; i < 32; ++i) raw += static_cast<char>(i);
    return key_of(raw);
}

}  // namespace

TEST_CASE("AES-256-GCM is that of McGrew and Viega's test case 16") {
    const auto box = bytes(
        "00"
        "cafebabefacedbaddecaf888"
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056"
        "828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b");
    const auto key =
        key_of(bytes("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"));
    const auto context = bytes("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    CHECK(
        decrypt(key, box, context) ==
        bytes("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fc"
              "f0e2449a6b525b16aedf5aa0de657ba637b39"));
}

TEST_CASE("SM4 with HMAC-SM3 is put together as the page says") {
    // By OpenSSL's command line and a script that shares no code.
    const auto box = bytes(
        "016465666768696a6b6c6d6e6f7071727361fe1c48d8d16f7f8d42b3184c0ffeca15158e7895def9bc023eb4a0"
        "75d32fb3d2a41a89ded0d5fa5127e7");
    CHECK(decrypt(counting_key(), box, "workflow sealed\ncard-20260302-00001\n1") == "陈晨 1001");
}

TEST_CASE("what is encrypted opens by its key and in its context only, and no bit may change") {
    const auto key = counting_key();
    auto other_key = key;
    other_key.bytes[31] ^= 1;
    for (const auto cipher : {Cipher::aes_256_gcm, Cipher::sm4_ctr_hmac_sm3}) {
        for (const std::string plain :
             {"", "a", "4206001990010110", "陈晨，身份证号420600199001011001"}) {
            auto box = encrypt(cipher, key, sha256(plain), plain, "case 1");
            CHECK(decrypt(key, box, "case 1") == plain);
            CHECK_FALSE(decrypt(other_key, box, "case 1"));
            CHECK_FALSE(decrypt(key, box, "case 2"));
            CHECK_FALSE(decrypt(key, box, ""));
            for (auto& byte : box)
                for (int bit = 0; bit < 8; ++bit) {
                    byte = static_cast<char>(byte ^ (1 << bit));
                    REQUIRE_FALSE(decrypt(key, box, "case 1"));
                    byte = static_cast<char>(byte ^ (1 << bit));
                }
            for (std::size_t size = 0; size < box.size(); ++size)
                REQUIRE_FALSE(decrypt(key, box.substr(0, size), "case 1"));
            CHECK_FALSE(decrypt(key, box + 'x', "case 1"));
        }
    }
}

TEST_CASE("nobody sees that two texts are the same") {
    for (const auto cipher : {Cipher::aes_256_gcm, Cipher::sm4_ctr_hmac_sm3}) {
        const auto one = encrypt(cipher, counting_key(), sha256("1"), "granted", "");
        const auto other = encrypt(cipher, counting_key(), sha256("2"), "granted", "");
        REQUIRE(one.size() == other.size());
        // But for the cipher's name nothing is alike.
        CHECK(std::mismatch(one.begin() + 1, one.end(), other.begin() + 1).first ==
              one.begin() + 1);
    }
}

TEST_CASE("ciphers have names") {
    for (const auto cipher : {Cipher::aes_256_gcm, Cipher::sm4_ctr_hmac_sm3})
        CHECK(parse_cipher(to_string(cipher)) == cipher);
    CHECK_FALSE(parse_cipher("rot13"));
}

}  // namespace workflow::testing::cipher_test
