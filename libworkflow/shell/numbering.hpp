#pragma once

/// Case numbers: `{code}-{yyyymmdd}-{serial:06}`, the day of receipt, serials from 1 each day and
/// item (R18). Unique in the store, never reused, sortable within a day.

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>

#include <workflow/ports.hpp>
#include <workflow/values.hpp>

namespace workflow::shell {

/// Hands out numbers. What it remembers must be forgotten whenever somebody else has written to the
/// store, or a unit of work was rolled back. Not thread-safe.
class Numbering {
public:
    /// The store inside its unit of work; asked for only when what is remembered does not do.
    using Access = std::function<Store&()>;

    CaseNumber next(const Access& store, const std::string& code, Date received);
    CaseKey next_key(const Access& store);
    /// The number was not used after all: the next one is the same again.
    void give_back(const CaseNumber& number);
    void forget();

private:
    std::unordered_map<std::string, std::uint64_t> serials_;  // by prefix
    std::optional<CaseKey> last_key_;
};

/// Six digits; from 1,000,000 on an `A` goes before, so that numbers still sort as texts.
std::string serial_text(std::uint64_t serial);

}  // namespace workflow::shell
