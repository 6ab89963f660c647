// `sample:`: a random re-examination of a share of the cases.

#include <charconv>

#include <fmt/format.h>

#include "reading.hpp"

namespace workflow::definition {

namespace {

/// Reads a whole number at the beginning of `text` and removes it.
std::optional<std::uint32_t> take_number(std::string_view& text) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

/// Reads `5 %`, `5%` or `1 in 20`: more than none and fewer than all.
std::optional<Share> parse_share(std::string_view text) {
    const auto of = take_number(text);
    if (!of) return std::nullopt;
    Share share{*of, 100};
    if (text != "%" && text != " %") {
        if (!text.starts_with(" in ")) return std::nullopt;
        text.remove_prefix(4);
        const auto in = take_number(text);
        if (!in || !text.empty()) return std::nullopt;
        share.in = *in;
    }
    if (share.of == 0 || share.of >= share.in || share.in > 1'000'000) return std::nullopt;
    return share;
}

}  // namespace

SampleStep read_sample(const Form& form) {
    SampleStep sample;
    if (const auto* share = form.require("sample")) {
        const auto text = read_text(*share, "`sample`", form.findings());
        if (const auto parsed = text ? parse_share(*text) : std::nullopt)
            sample.share = *parsed;
        else if (text)
            form.findings().add(
                "bad-number", share->mark,
                fmt::format("`{}` is not a valid share of the cases", shortened(*text)),
                "write `5 %` or `1 in 20`: more than none and fewer than all");
    }
    if (const auto* to = form.require("to"))
        sample.to = read_target(*to, form.findings()).value_or(Target{});
    if (const auto* otherwise = form.require("otherwise"))
        sample.otherwise = read_target(*otherwise, form.findings()).value_or(Target{});
    return sample;
}

}  // namespace workflow::definition
