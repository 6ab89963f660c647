#include "pattern.hpp"

#include <algorithm>
#include <charconv>

namespace workflow::feel {
namespace {

constexpr std::size_t largest_program = 2000;
constexpr int deepest_group = 32;

/// Takes one character off the front of `text`.
char32_t take_character(std::string_view& text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t code = lead < 0x80 ? lead : lead & (0xFFU >> (length + 1));
    std::size_t used = 1;
    for (; used < length && used < text.size(); ++used)
        code = code << 6 | (static_cast<unsigned char>(text[used]) & 0x3F);
    text.remove_prefix(used);
    return code;
}

}  // namespace

/// Recursive descent from text to program. Every method leaves `good_` false on a mistake.
class PatternParser {
public:
    explicit PatternParser(std::string_view text) : rest_(text) {}

    std::optional<Pattern> run() {
        alternatives();
        if (!good_ || !rest_.empty()) return {};
        emit({Instruction::Kind::match, 0, 0, {}});
        if (!good_) return {};
        return std::move(pattern_);
    }

private:
    using Instruction = Pattern::Instruction;
    using Ranges = Pattern::Ranges;

    std::size_t here() const { return pattern_.program_.size(); }
    std::size_t emit(Instruction instruction) {
        if (here() >= largest_program) good_ = false;
        if (good_) pattern_.program_.push_back(std::move(instruction));
        return here() - 1;
    }
    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }

    void alternatives() {
        if (++depth_ > deepest_group) good_ = false;
        const auto begin = here();
        sequence();
        while (good_ && take('|')) {
            // The part so far moves down by one to make room for the choice before it.
            insert(begin, {Instruction::Kind::split, begin + 1, 0, {}});
            const auto jump = emit({Instruction::Kind::jump, 0, 0, {}});
            if (!good_) break;
            pattern_.program_[begin].second = here();
            sequence();
            if (good_) pattern_.program_[jump].first = here();
        }
        --depth_;
    }

    void insert(std::size_t at, Instruction instruction) {
        if (here() >= largest_program) good_ = false;
        if (!good_) return;
        for (std::size_t i = at; i < here(); ++i) {
            auto& moved = pattern_.program_[i];
            if (moved.first >= at) ++moved.first;
            if (moved.second >= at) ++moved.second;
        }
        pattern_.program_.insert(pattern_.program_.begin() + static_cast<std::ptrdiff_t>(at),
                                 std::move(instruction));
    }

    void sequence() {
        while (good_ && !rest_.empty() && rest_.front() != '|' && rest_.front() != ')') repeated();
    }

    void repeated() {
        const auto begin = here();
        atom();
        if (!good_ || rest_.empty()) return;
        std::size_t low = 1, high = 1;
        if (take('*')) {
            low = 0;
            high = unbounded;
        } else if (take('+')) {
            high = unbounded;
        } else if (take('?')) {
            low = 0;
        } else if (rest_.starts_with('{')) {
            if (!counts(low, high)) {
                good_ = false;
                return;
            }
        } else {
            return;
        }
        repeat(begin, low, high);
    }

    bool counts(std::size_t& low, std::size_t& high) {
        const auto close = rest_.find('}');
        if (close == std::string_view::npos) return false;
        const auto inside = rest_.substr(1, close - 1);
        rest_.remove_prefix(close + 1);
        const auto number = [](std::string_view text, std::size_t& value) {
            const auto [end, error] =
                std::from_chars(text.data(), text.data() + text.size(), value);
            return error == std::errc{} && end == text.data() + text.size() &&
                   value <= largest_program;
        };
        const auto comma = inside.find(',');
        if (!number(inside.substr(0, comma), low)) return false;
        if (comma == std::string_view::npos) {
            high = low;
            return true;
        }
        if (comma + 1 == inside.size()) {
            high = unbounded;
            return true;
        }
        return number(inside.substr(comma + 1), high) && low <= high;
    }

    /// Writes the instructions from `begin` on `low` to `high` times.
    void repeat(std::size_t begin, std::size_t low, std::size_t high) {
        const std::vector<Instruction> once(
            pattern_.program_.begin() + static_cast<std::ptrdiff_t>(begin),
            pattern_.program_.end());
        pattern_.program_.resize(begin);
        const auto copy = [&] {
            const auto shift = here() - begin;
            for (auto instruction : once) {
                instruction.first += shift;
                instruction.second += shift;
                emit(std::move(instruction));
            }
        };
        for (std::size_t i = 0; i < low && good_; ++i) copy();
        if (high == unbounded) {
            const auto choice = emit({Instruction::Kind::split, here() + 1, 0, {}});
            copy();
            emit({Instruction::Kind::jump, choice, 0, {}});
            if (good_) pattern_.program_[choice].second = here();
            return;
        }
        std::vector<std::size_t> choices;
        for (std::size_t i = low; i < high && good_; ++i) {
            choices.push_back(emit({Instruction::Kind::split, here() + 1, 0, {}}));
            copy();
        }
        if (good_)
            for (const auto choice : choices) pattern_.program_[choice].second = here();
    }

    void one(Instruction::Kind kind, Ranges ranges) {
        emit({kind, here() + 1, 0, std::move(ranges)});
    }

    void atom() {
        if (take('(')) {
            if (rest_.starts_with("?:")) rest_.remove_prefix(2);
            alternatives();
            good_ = good_ && take(')');
        } else if (take('[')) {
            character_class();
        } else if (take('.')) {
            one(Instruction::Kind::any, {});
        } else if (take('^')) {
            one(Instruction::Kind::at_start, {});
        } else if (take('$')) {
            one(Instruction::Kind::at_end, {});
        } else if (take('\\')) {
            bool negated = false;
            auto ranges = escape(negated);
            one(negated ? Instruction::Kind::none_of : Instruction::Kind::one_of,
                std::move(ranges));
        } else if (std::string_view("*+?{}])").find(rest_.front()) != std::string_view::npos) {
            good_ = false;
        } else {
            const auto c = take_character(rest_);
            one(Instruction::Kind::one_of, {{c, c}});
        }
    }

    Ranges escape(bool& negated) {
        if (rest_.empty()) {
            good_ = false;
            return {};
        }
        const auto c = take_character(rest_);
        negated = c == 'D' || c == 'S' || c == 'W';
        switch (c) {
            case 'd':
            case 'D':
                return {{'0', '9'}};
            case 's':
            case 'S':
                return {{' ', ' '}, {'\t', '\t'}, {'\n', '\n'}, {'\r', '\r'}, {0x3000, 0x3000}};
            case 'w':
            case 'W':
                return {{'0', '9'}, {'A', 'Z'}, {'a', 'z'}, {'_', '_'}, {0x80, 0x10FFFF}};
            case 'n':
                return {{'\n', '\n'}};
            case 't':
                return {{'\t', '\t'}};
            case 'r':
                return {{'\r', '\r'}};
            default:
                break;
        }
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
            good_ = false;
        return {{c, c}};
    }

    void character_class() {
        const bool negated = take('^');
        Ranges ranges;
        while (good_ && !rest_.empty() && rest_.front() != ']') {
            bool complement = false;
            if (take('\\')) {
                auto more = escape(complement);
                if (complement) good_ = false;
                const bool single = more.size() == 1 && more[0].first == more[0].second;
                if (!single || !rest_.starts_with('-') || rest_.substr(1).starts_with(']')) {
                    ranges.insert(ranges.end(), more.begin(), more.end());
                    continue;
                }
                rest_.remove_prefix(1);
                span(ranges, more[0].first);
                continue;
            }
            const auto low = take_character(rest_);
            if (rest_.size() > 1 && rest_.front() == '-' && rest_[1] != ']') {
                rest_.remove_prefix(1);
                span(ranges, low);
            } else {
                ranges.emplace_back(low, low);
            }
        }
        good_ = good_ && take(']') && !ranges.empty();
        one(negated ? Instruction::Kind::none_of : Instruction::Kind::one_of, std::move(ranges));
    }

    void span(Ranges& ranges, char32_t low) {
        bool complement = false;
        char32_t high = 0;
        if (take('\\')) {
            const auto more = escape(complement);
            if (more.size() != 1) good_ = false;
            high = more.empty() ? 0 : more[0].second;
        } else if (!rest_.empty()) {
            high = take_character(rest_);
        }
        if (complement || high < low) good_ = false;
        ranges.emplace_back(low, high);
    }

    static constexpr std::size_t unbounded = static_cast<std::size_t>(-1);
    std::string_view rest_;
    Pattern pattern_;
    bool good_ = true;
    int depth_ = 0;
};

std::optional<Pattern> Pattern::compile(std::string_view text) {
    if (text.size() > largest_program) return {};
    return PatternParser(text).run();
}

Pattern::Found Pattern::search(std::string_view text, std::size_t from,
                               std::uint32_t& budget) const {
    // Threads carry where they began; the earliest beginning wins, then the latest end.
    struct Thread {
        std::size_t at, begin;
    };
    std::vector<Thread> now, next;
    std::vector<std::size_t> seen(program_.size(), static_cast<std::size_t>(-1));
    std::vector<std::size_t> pending;
    Found found;
    std::size_t generation = 0;
    // Following the program costs as well, even where no thread lives on.
    std::size_t followed = program_.size();
    const auto exhausted = [&] {
        const auto steps = static_cast<std::uint32_t>(std::min<std::size_t>(followed / 8, budget));
        budget -= steps;
        followed %= 8;
        return budget == 0;
    };

    const auto follow = [&](std::vector<Thread>& threads, std::size_t start, std::size_t begin,
                            std::size_t position) {
        pending.assign(1, start);
        while (!pending.empty()) {
            const auto at = pending.back();
            pending.pop_back();
            if (seen[at] == generation) continue;
            seen[at] = generation;
            ++followed;
            const auto& instruction = program_[at];
            using Kind = Instruction::Kind;
            if (instruction.kind == Kind::jump) {
                pending.push_back(instruction.first);
            } else if (instruction.kind == Kind::split) {
                pending.push_back(instruction.second);
                pending.push_back(instruction.first);
            } else if (instruction.kind == Kind::at_start) {
                if (position == 0) pending.push_back(instruction.first);
            } else if (instruction.kind == Kind::at_end) {
                if (position == text.size()) pending.push_back(instruction.first);
            } else if (instruction.kind == Kind::match) {
                if (!found.found || begin < found.begin ||
                    (begin == found.begin && position > found.end))
                    found = {true, false, begin, position};
            } else {
                threads.push_back({at, begin});
            }
        }
    };

    for (auto position = from;;) {
        // A new beginning comes after those under way, which have marked their places already.
        if (!found.found) follow(now, 0, position, position);
        if (exhausted()) return {false, true, 0, 0};
        if (position >= text.size() || (now.empty() && found.found)) return found;
        auto rest = text.substr(position);
        const auto c = take_character(rest);
        const auto after = text.size() - rest.size();
        next.clear();
        ++generation;
        for (const auto& thread : now) {
            if (budget == 0) return {false, true, 0, 0};
            --budget;
            if (found.found && thread.begin > found.begin) continue;
            const auto& instruction = program_[thread.at];
            const bool listed = std::any_of(
                instruction.ranges.begin(), instruction.ranges.end(),
                [&](const auto& range) { return c >= range.first && c <= range.second; });
            using Kind = Instruction::Kind;
            const bool passes = instruction.kind == Kind::any
                                    ? c != '\n'
                                    : listed == (instruction.kind == Kind::one_of);
            if (passes) follow(next, instruction.first, thread.begin, after);
        }
        std::swap(now, next);
        position = after;
    }
}

}  // namespace workflow::feel
