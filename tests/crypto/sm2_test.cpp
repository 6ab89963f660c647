#include "crypto/sm2.hpp"

#include "crypto/signature.hpp"
#include "support/catch.hpp"
#include "support/hexadecimal.hpp"

namespace workflow::testing::sm2_test {

TEST_CASE("an SM2 signature is that of the standard's example (GB/T 32918.5, A.2)") {
    const auto key = bytes(
        "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
        "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
    const auto signature = bytes(
        "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
        "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa");
    CHECK(is_sm2_signed(key, "message digest", signature));
    CHECK_FALSE(is_sm2_signed(key, "message digesT", signature));
}

TEST_CASE("an SM2 signature with any bit changed, of another text or by another key is none") {
    const auto pem = new_sm2_key();
    CHECK(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
    CHECK(is_sm2_key(pem));
    CHECK_FALSE(is_sm2_key(private_key_pem(std::string(32, 'k'))));
    CHECK_FALSE(is_sm2_key("nonsense"));
    const auto key = sm2_public_key(pem);
    CHECK(key.size() == 64);
    auto signature = sm2_sign(pem, "text");
    CHECK(is_sm2_signed(key, "text", signature));
    for (auto& byte : signature)
        for (int bit = 0; bit < 8; bit += 3) {
            byte = static_cast<char>(byte ^ (1 << bit));
            REQUIRE_FALSE(is_sm2_signed(key, "text", signature));
            byte = static_cast<char>(byte ^ (1 << bit));
        }
    CHECK_FALSE(is_sm2_signed(key, "texT", signature));
    CHECK_FALSE(is_sm2_signed(sm2_public_key(new_sm2_key()), "text", signature));
    CHECK_FALSE(is_sm2_signed(std::string(64, '\0'), "text", signature));
    CHECK_FALSE(is_sm2_signed(key.substr(1), "text", signature));
    CHECK_THROWS(sm2_sign(private_key_pem(std::string(32, 'k')), "text"));
    CHECK_THROWS(sm2_public_key("nonsense"));
}

}  // namespace workflow::testing::sm2_test
