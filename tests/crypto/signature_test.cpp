#include "crypto/signature.hpp"

#include "support/catch.hpp"
#include "support/hexadecimal.hpp"

namespace workflow::testing::signature_test {

TEST_CASE("signatures are those of RFC 8032, 7.1") {
    struct Vector {
        std::string seed, key, message, signature;
    };
    const std::vector<Vector> vectors{
        {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701"
         "cf9b46bd25bf5f0595bbe24655141438e7a100b"},
        {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
         "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d"
         "0f11d8c387b2eaeb4302aeeb00d291612bb0c00"}};
    for (const auto& vector : vectors) {
        const auto pem = private_key_pem(bytes(vector.seed));
        CHECK(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
        CHECK(public_key_of(pem) == bytes(vector.key));
        CHECK(sign(pem, bytes(vector.message)) == bytes(vector.signature));
        CHECK(is_signed(bytes(vector.key), bytes(vector.message), bytes(vector.signature)));
    }
}

TEST_CASE("a signature with any bit changed, of another text or by another key is none") {
    const auto pem = private_key_pem(std::string(32, 'k'));
    const auto key = public_key_of(pem);
    auto signature = sign(pem, "text");
    for (auto& byte : signature)
        for (int bit = 0; bit < 8; ++bit) {
            byte = static_cast<char>(byte ^ (1 << bit));
            REQUIRE_FALSE(is_signed(key, "text", signature));
            byte = static_cast<char>(byte ^ (1 << bit));
        }
    CHECK(is_signed(key, "text", signature));
    CHECK_FALSE(is_signed(key, "texT", signature));
    CHECK_FALSE(is_signed(public_key_of(private_key_pem(std::string(32, 'l'))), "text", signature));
    CHECK_FALSE(is_signed(key, "text", signature.substr(1)));
    CHECK_FALSE(is_signed(key.substr(1), "text", signature));
}

TEST_CASE("what is no private key is refused in words") {
    CHECK_THROWS_WITH(public_key_of("nonsense"),
                      Catch::Matchers::Contains("not an Ed25519 private"));
    CHECK_THROWS(sign("", "text"));
    CHECK_THROWS(private_key_pem("too short"));
}

TEST_CASE("base64 is read in the one form in which it is written") {
    for (const auto& [plain, text] : std::vector<std::pair<std::string, std::string>>{
             {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}}) {
        CHECK(base64(plain) == text);
        CHECK(parse_base64(text) == plain);
    }
    for (const auto* wrong :
         {"Zg", "Zg=", "Zh==", "Zm9v\n", "Zm 9v", "====", "Z===", "Zm9*", " Zm9v", "Zg==Zg=="})
        CHECK_FALSE(parse_base64(wrong));
}

}  // namespace workflow::testing::signature_test
