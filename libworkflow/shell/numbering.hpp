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

/// Assigns numbers. Its memory must be cleared whenever another program has written to the store,
/// or a transaction was rolled back. Not thread-safe.
class Numbering {
public:
    /// Returns the store inside its transaction; called only if the remembered numbers are not
    /// sufficient.
    using Access = std::function<Store&()>;

    CaseNumber next(const Access& store, const std::string& code, Date received);
    CaseKey next_key(const Access& store);
    /// Returns an unused number: the next one is the same again.
    void give_back(const CaseNumber& number);
    void forget();

private:
    std::unordered_map<std::string, std::uint64_t> serials_;  // by prefix
    std::optional<CaseKey> last_key_;
};

/// Returns six digits; from 1,000,000 on preceded by an `A`, so that numbers still sort as texts.
std::string serial_text(std::uint64_t serial);

}  // namespace workflow::shell
