#pragma once

/// What a pattern is compiled to, and how a text is searched with it. The steps are counted, so
/// that no pattern and no text make a search run long.

#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace workflow::feel::pattern {

/// Bytes of a pattern, groups within each other, and instructions that it may compile to.
inline constexpr std::size_t largest_text = 8'192;
inline constexpr int deepest_group = 200;
inline constexpr std::size_t most_instructions = 20'000;

using Character = std::int32_t;
inline constexpr Character no_character = -1;

/// The characters that one place of a pattern takes.
struct CharacterClass {
    struct Item {
        enum class Kind : std::uint8_t {
            range,
            block,  // a range for which the case of letters counts
            category,
            word,
            space,
            name_start,
            name
        } kind;
        Character low = 0, high = 0;   ///< of a range
        std::uint32_t categories = 0;  ///< a bit for each general category of Unicode
        bool inverse = false;
    };
    std::vector<Item> items;
    bool inverse = false;
    bool any_case = false;
    std::shared_ptr<const CharacterClass> without;  ///< `[a-z-[aeiou]]`
    std::bitset<128> ascii;                         ///< the answers for the first 128 characters

    /// Adds what it has looked at to `steps`.
    [[nodiscard]] bool takes(Character c, std::uint64_t& steps) const;
    /// Fills `ascii`; to be called when all else is there.
    void settle();
};

Character lower(Character c);
Character upper(Character c);

enum class Operation : std::uint8_t {
    character,   // `first` is the character
    one_of,      // `first` is the class
    split,       // goes on at `first`, or else at `second`
    jump,        // to `first`
    save,        // the place into slot `first`
    again,       // the same as `split`, but ends a round that took nothing since slot `slot`
    text_begin,  // ^
    text_end,    // $
    line_begin,  // ^ with the flag `m`
    line_end,    // $ with the flag `m`
    reference,   // what group `first` has found; `second` says in any case of letters
    found,
};

struct Instruction {
    Operation operation;
    std::uint32_t first = 0, second = 0;
    std::uint32_t slot = 0;
    bool rather_leave = false;  ///< of `again`: the way out comes first
};

struct Program {
    std::vector<Instruction> code;
    std::vector<CharacterClass> classes;
    std::uint32_t groups = 0;     ///< slots 2n and 2n + 1 are the ends of group n, 0 is the whole
    std::uint32_t slots = 2;      ///< with those of rounds
    bool refers_back = false;     ///< then ways are tried one after the other
    bool from_the_begin = false;  ///< can only stand at the begin of the text
};

/// Nothing when it is no pattern of XPath, too large, or a flag is not among `s m i x q`. Adds what
/// compiling took to `steps`.
std::optional<Program> compile(std::string_view text, std::string_view flags, std::uint64_t& steps);

inline constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

/// Searches in one text, one occurrence after the other.
///
/// All ways through the program are followed side by side, so a search takes no more steps than
/// text by program. With a reference back (`\1`) that cannot be: ways are tried one after the
/// other, and `most` ends what would take too long.
class Search {
public:
    enum class Answer : std::uint8_t { none, found, too_long };

    Search(const Program& program, std::string_view text, std::uint64_t most)
        : program_(program), text_(text), most_(most) {}

    /// The first occurrence at or after byte `from`.
    Answer next(std::size_t from);
    /// Whether there is an occurrence; where it ends does not matter.
    Answer any();

    /// Of the occurrence found: where each group begins and ends, in bytes.
    [[nodiscard]] std::span<const std::size_t> places() const { return best_; }
    [[nodiscard]] std::uint64_t steps() const { return steps_; }

private:
    struct Threads {
        std::vector<std::uint32_t> at;    // instructions that take the character here, best first
        std::vector<std::size_t> slots;   // `kept_` of each
        std::vector<std::uint64_t> seen;  // by instruction: the round in which it was come to
    };
    struct Decoded {
        Character character = no_character;
        std::uint32_t bytes = 0;
    };

    Answer side_by_side(std::size_t from, bool any);
    Answer one_by_one(std::size_t from);
    Answer try_from(std::size_t begin);
    bool enter(Threads& threads, std::uint32_t start, std::size_t place, Character next);
    [[nodiscard]] bool asserted(Operation operation, std::size_t place) const;
    [[nodiscard]] bool takes(const Instruction& instruction, Character c);
    [[nodiscard]] Decoded decode(std::size_t place) const;
    /// Bytes at `place` that repeat what the group has found; nothing when other text stands there.
    std::optional<std::size_t> repeats(const Instruction& instruction, std::size_t place);

    struct Later {
        std::uint32_t at = 0;
        std::uint32_t slot = 0;  // where `at` is `restore`: the slot to be set to `place`
        std::size_t place = 0;
    };

    const Program& program_;
    std::string_view text_;
    std::uint64_t most_, steps_ = 0, round_ = 0;
    std::uint32_t kept_ = 2;
    Threads now_, then_;
    std::vector<std::size_t> slots_, best_;
    std::vector<Later> later_;
};

}  // namespace workflow::feel::pattern
