#include "numbering.hpp"

#include <fmt/format.h>

#include <charconv>

namespace workflow::shell {
namespace {

std::uint64_t serial_of(std::string_view text) {
    if (text.starts_with('A')) text.remove_prefix(1);
    std::uint64_t serial = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), serial);
    if (error != std::errc{} || end != text.data() + text.size())
        throw StoreError(fmt::format("the store has a case number with the serial \"{}\"", text));
    return serial;
}

}  // namespace

std::string serial_text(std::uint64_t serial) {
    return serial < 1'000'000 ? fmt::format("{:06}", serial) : fmt::format("A{:07}", serial);
}

CaseNumber Numbering::next(const Access& store, const std::string& code, Date received) {
    // A store that runs for years sees many prefixes; only the current ones matter.
    if (serials_.size() > 4096) serials_.clear();
    const auto day = civil(received);
    auto prefix = fmt::format("{}-{:04}{:02}{:02}-", code, day.year, day.month, day.day);
    auto found = serials_.find(prefix);
    if (found == serials_.end()) {
        std::uint64_t last = 0;
        // May clear all memory, including `serials_`.
        if (const auto number = store().last_number(prefix))
            last = serial_of(std::string_view(number->text).substr(prefix.size()));
        found = serials_.emplace(prefix, last).first;
    }
    return CaseNumber(prefix + serial_text(++found->second));
}

CaseKey Numbering::next_key(const Access& store) {
    const auto next =
        last_key_ ? CaseKey{static_cast<std::int64_t>(*last_key_) + 1} : store().new_case();
    last_key_ = next;
    return next;
}

void Numbering::forget() {
    serials_.clear();
    last_key_.reset();
}

void Numbering::give_back(const CaseNumber& number) {
    const auto prefix = number.text.substr(0, number.text.rfind('-') + 1);
    const auto found = serials_.find(prefix);
    if (found != serials_.end() && number.text == prefix + serial_text(found->second))
        --found->second;
}

}  // namespace workflow::shell
