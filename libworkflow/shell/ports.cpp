#include <workflow/ports.hpp>

#include <sys/random.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <system_error>

namespace workflow::inline v0 {

Clock system_clock() {
    return [] {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        return Instant{std::chrono::duration_cast<std::chrono::microseconds>(now).count()};
    };
}

Entropy system_entropy() {
    return [] {
        // One system call fetches a page of words. A forked child must not share it, which holds
        // because a store must not be used across fork either.
        thread_local std::array<std::uint64_t, 32> words;
        thread_local std::size_t used = words.size();
        if (used == words.size()) {
            auto* out = reinterpret_cast<std::byte*>(words.data());
            std::size_t filled = 0;
            while (filled < sizeof(words)) {
                const auto got = getrandom(out + filled, sizeof(words) - filled, 0);
                if (got < 0) {
                    if (errno == EINTR) continue;
                    throw std::system_error(errno, std::generic_category(), "getrandom");
                }
                filled += static_cast<std::size_t>(got);
            }
            used = 0;
        }
        return words[used++];
    };
}

}  // namespace workflow::inline v0
