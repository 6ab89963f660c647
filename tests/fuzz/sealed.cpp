// What is sealed opens to what was sealed, and no other bytes open: not those of an attacker, nor a
// box with one byte changed, nor in another context.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/cipher.hpp"
#include "crypto/digest.hpp"

using namespace workflow;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Digest key = sha256("key"), other_key = sha256("other key"),
                        random = sha256("nonce");
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    // As a box that somebody made without the key.
    if (decrypt(key, text, "case")) __builtin_trap();
    if (size < 3) return 0;

    const auto cipher = data[0] % 2 == 0 ? Cipher::aes_256_gcm : Cipher::sm4_ctr_hmac_sm3;
    const std::size_t place = data[1];
    const auto change = static_cast<char>(data[2]);
    const auto plain = text.substr(3);
    const auto box = encrypt(cipher, key, random, plain, "case");
    if (decrypt(key, box, "case") != plain) __builtin_trap();
    if (decrypt(other_key, box, "case") || decrypt(key, box, "other case")) __builtin_trap();
    if (change == 0) return 0;
    auto changed = box;
    auto& byte = changed[place % changed.size()];
    byte = static_cast<char>(byte ^ change);
    if (decrypt(key, changed, "case")) __builtin_trap();
    return 0;
}
