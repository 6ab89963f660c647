#include "pattern.hpp"

#include <utf8proc.h>

#include <span>

#include "budget.hpp"
#include "pattern_program.hpp"

namespace workflow::feel {

namespace {

/// The number of search steps that count as one step of an evaluation.
constexpr std::uint32_t steps_a_step = 64;

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            ++at;
            continue;
        }
        utf8proc_int32_t code = 0;
        const auto read =
            utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                             static_cast<utf8proc_ssize_t>(text.size() - at), &code);
        if (read < 1) return false;
        at += static_cast<std::size_t>(read);
    }
    return true;
}

/// A search whose steps are taken from the budget of an evaluation.
class PaidSearch {
public:
    PaidSearch(const pattern::Program& program, std::string_view text, std::uint32_t& budget)
        : budget_(budget),
          readable_(spend(budget, 1 + text.size() / 1024) && is_utf8(text)),
          search_(program, text, std::uint64_t{budget} * steps_a_step) {}

    [[nodiscard]] bool readable() const { return readable_; }

    template <class Run>
    pattern::Search::Answer run(const Run& run) {
        const auto before = search_.steps();
        const auto answer = run(search_);
        // The remainder counts for the next search.
        unpaid_ += search_.steps() - before;
        const bool paid = spend(budget_, static_cast<std::size_t>(unpaid_ / steps_a_step));
        unpaid_ %= steps_a_step;
        if (answer == pattern::Search::Answer::too_long) budget_ = 0;
        return paid ? answer : pattern::Search::Answer::too_long;
    }
    pattern::Search::Answer next(std::size_t from) {
        return run([&](auto& search) { return search.next(from); });
    }
    [[nodiscard]] std::span<const std::size_t> places() const { return search_.places(); }

private:
    std::uint32_t& budget_;
    bool readable_;
    pattern::Search search_;
    std::uint64_t unpaid_ = 0;
};

/// Appends the replacement for one occurrence. Returns false if `$` or `\` is misplaced.
bool append_replacement(std::string& out, std::string_view by, std::string_view text,
                        std::span<const std::size_t> places, std::uint32_t groups) {
    for (std::size_t i = 0; i < by.size(); ++i) {
        if (by[i] == '\\') {
            if (++i >= by.size() || (by[i] != '\\' && by[i] != '$')) return false;
            out += by[i];
            continue;
        }
        if (by[i] != '$') {
            out += by[i];
            continue;
        }
        if (i + 1 >= by.size() || by[i + 1] < '0' || by[i + 1] > '9') return false;
        // Uses as many digits as there are groups for.
        std::uint32_t group = 0;
        bool first = true;
        while (i + 1 < by.size() && by[i + 1] >= '0' && by[i + 1] <= '9') {
            const auto next = group * 10 + static_cast<std::uint32_t>(by[i + 1] - '0');
            if (!first && next > groups) break;
            group = next;
            first = false;
            ++i;
        }
        if (group > groups) continue;
        const auto begin = places[std::size_t{2} * group], end = places[std::size_t{2} * group + 1];
        if (begin != pattern::nowhere && end != pattern::nowhere)
            out += text.substr(begin, end - begin);
    }
    return true;
}

}  // namespace

std::optional<Pattern> Pattern::compile(std::string_view text, std::string_view flags,
                                        std::uint32_t* budget) {
    std::uint64_t steps = 0;
    auto program = pattern::compile(text, flags, steps);
    if (budget && !spend(*budget, 1 + steps / 4)) return {};
    if (!program) return {};
    Pattern made;
    made.program_ = std::make_shared<const pattern::Program>(std::move(*program));
    made.literal_ = flags.find('q') != std::string_view::npos;
    return made;
}

std::optional<bool> Pattern::occurs(std::string_view text, std::uint32_t& budget) const {
    PaidSearch search(*program_, text, budget);
    if (!search.readable()) return {};
    const auto answer = search.run([](auto& all) { return all.any(); });
    if (answer == pattern::Search::Answer::too_long) return {};
    return answer == pattern::Search::Answer::found;
}

std::optional<std::string> Pattern::replace(std::string_view text, std::string_view by,
                                            std::uint32_t& budget) const {
    PaidSearch search(*program_, text, budget);
    if (!search.readable()) return {};
    std::string out;
    std::size_t at = 0;
    while (true) {
        const auto answer = search.next(at);
        if (answer == pattern::Search::Answer::none) break;
        const auto places = search.places();
        // A pattern that matches the empty text would be replaced everywhere (XPath: FORX0003).
        if (answer != pattern::Search::Answer::found || places[0] == places[1]) return {};
        out += text.substr(at, places[0] - at);
        const auto before = out.size();
        if (literal_)
            out += by;
        else if (!append_replacement(out, by, text, places, program_->groups))
            return {};
        // The text of a group may be much longer than the replacement that refers to it.
        if (!spend(budget, 1 + (by.size() + out.size() - before) / 64)) return {};
        at = places[1];
    }
    out += text.substr(at);
    return out;
}

std::optional<std::vector<std::string_view>> Pattern::split(std::string_view text,
                                                            std::uint32_t& budget) const {
    PaidSearch search(*program_, text, budget);
    if (!search.readable()) return {};
    std::vector<std::string_view> parts;
    std::size_t at = 0;
    while (true) {
        const auto answer = search.next(at);
        if (answer == pattern::Search::Answer::none) break;
        const auto places = search.places();
        if (answer != pattern::Search::Answer::found || places[0] == places[1]) return {};
        parts.push_back(text.substr(at, places[0] - at));
        if (!spend(budget, 1)) return {};
        at = places[1];
    }
    parts.push_back(text.substr(at));
    return parts;
}

}  // namespace workflow::feel
