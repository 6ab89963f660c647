#pragma once

/// The compiled form of a pattern, and the search of a text with it. The steps are counted, so that
/// no pattern and no text makes a search run long.

#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace workflow::feel::pattern {

/// The maximum numbers of bytes of a pattern, of nested groups, and of instructions of the compiled
/// pattern.
inline constexpr std::size_t largest_text = 8'192;
inline constexpr int deepest_group = 200;
inline constexpr std::size_t most_instructions = 20'000;

using Character = std::int32_t;
inline constexpr Character no_character = -1;

/// The characters that one position of a pattern accepts.
struct CharacterClass {
    struct Item {
        enum class Kind : std::uint8_t {
            range,
            block,  // a range in which case is significant
            category,
            word,
            space,
            name_start,
            name
        } kind;
        Character low = 0, high = 0;   ///< of a range
        std::uint32_t categories = 0;  ///< one bit for each general category of Unicode
        bool inverse = false;
    };
    std::vector<Item> items;
    bool inverse = false;
    bool any_case = false;
    std::shared_ptr<const CharacterClass> without;  ///< `[a-z-[aeiou]]`
    std::bitset<128> ascii;                         ///< the results for the first 128 characters

    /// Returns whether the class contains the character. Adds the number of examined entries to
    /// `steps`.
    [[nodiscard]] bool takes(Character c, std::uint64_t& steps) const;
    /// Computes `ascii`. Must be called when all other members are set.
    void settle();
};

Character lower(Character c);
Character upper(Character c);

enum class Operation : std::uint8_t {
    character,   // `first` is the character
    one_of,      // `first` is the class
    split,       // continues at `first`, or else at `second`
    jump,        // continues at `first`
    save,        // stores the position in slot `first`
    again,       // like `split`, but ends a round that consumed nothing since slot `slot`
    text_begin,  // ^
    text_end,    // $
    line_begin,  // ^ with the flag `m`
    line_end,    // $ with the flag `m`
    reference,   // the text that group `first` matched; `second` ignores case
    found,
};

struct Instruction {
    Operation operation;
    std::uint32_t first = 0, second = 0;
    std::uint32_t slot = 0;
    bool rather_leave = false;  ///< of `again`: the exit has precedence
};

struct Program {
    std::vector<Instruction> code;
    std::vector<CharacterClass> classes;
    /// slots 2n and 2n + 1 are the ends of group n; group 0 is the whole match
    std::uint32_t groups = 0;
    std::uint32_t slots = 2;      ///< including those of rounds
    bool refers_back = false;     ///< then alternatives are tried one after the other
    bool from_the_begin = false;  ///< can match only at the beginning of the text
};

/// Compiles a pattern. Returns no value if it is not a pattern of XPath, is too large, or has a
/// flag other than `s m i x q`. Adds the cost of compilation to `steps`.
std::optional<Program> compile(std::string_view text, std::string_view flags, std::uint64_t& steps);

inline constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

/// Searches a text for one occurrence after the other.
///
/// All alternatives of the program are followed in parallel, so a search takes at most as many
/// steps as the length of the text times the size of the program. This is not possible with a
/// back-reference (`\1`): the alternatives are then tried one after the other, and `most` limits
/// the steps.
class Search {
public:
    enum class Answer : std::uint8_t { none, found, too_long };

    Search(const Program& program, std::string_view text, std::uint64_t most)
        : program_(program), text_(text), most_(most) {}

    /// Finds the first occurrence at or after byte `from`.
    Answer next(std::size_t from);
    /// Finds whether there is an occurrence; its end does not matter.
    Answer any();

    /// Returns the begin and end of each group of the occurrence, in bytes.
    [[nodiscard]] std::span<const std::size_t> places() const { return best_; }
    [[nodiscard]] std::uint64_t steps() const { return steps_; }

private:
    struct Threads {
        // the instructions that accept the current character, best first
        std::vector<std::uint32_t> at;
        std::vector<std::size_t> slots;   // the `kept_` of each
        std::vector<std::uint64_t> seen;  // by instruction: the round in which it was last reached
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
    /// Returns the number of bytes at `place` that repeat the match of the group, or no value if
    /// the text differs.
    std::optional<std::size_t> repeats(const Instruction& instruction, std::size_t place);

    struct Later {
        std::uint32_t at = 0;
        std::uint32_t slot = 0;  // if `at` is `restore`: the slot to set to `place`
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
