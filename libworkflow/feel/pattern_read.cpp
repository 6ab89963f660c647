#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "pattern_tree.hpp"

namespace workflow::feel::pattern {

namespace {

using Item = CharacterClass::Item;

/// The maximum of `{m,n}`.
constexpr std::uint32_t largest_count = 65'535;

/// The general categories of Unicode in the order of their bits.
constexpr std::array<std::string_view, 30> category_names{
    "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps",
    "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co"};

struct Block {
    std::string_view name;
    Character low, high;
};
constexpr std::array<Block, 12> blocks{{{"BasicLatin", 0x0, 0x7F},
                                        {"Latin-1Supplement", 0x80, 0xFF},
                                        {"LatinExtended-A", 0x100, 0x17F},
                                        {"LatinExtended-B", 0x180, 0x24F},
                                        {"Greek", 0x370, 0x3FF},
                                        {"Cyrillic", 0x400, 0x4FF},
                                        {"Hebrew", 0x590, 0x5FF},
                                        {"Arabic", 0x600, 0x6FF},
                                        {"Hiragana", 0x3040, 0x309F},
                                        {"Katakana", 0x30A0, 0x30FF},
                                        {"CJKUnifiedIdeographs", 0x4E00, 0x9FFF},
                                        {"GeneralPunctuation", 0x2000, 0x206F}}};

/// `Lu`, `L` or `IsBasicLatin`.
std::optional<Item> property(std::string_view name) {
    if (name.starts_with("Is")) {
        const auto block = std::find_if(blocks.begin(), blocks.end(), [&](const Block& one) {
            return one.name == name.substr(2);
        });
        if (block == blocks.end()) return {};
        // The flag `i` does not apply to blocks, because a block is not a list of letters.
        Item item{Item::Kind::block};
        item.low = block->low;
        item.high = block->high;
        return item;
    }
    Item item{Item::Kind::category};
    for (std::size_t i = 0; i < category_names.size(); ++i)
        if (category_names[i] == name || (name.size() == 1 && category_names[i][0] == name[0]))
            item.categories |= 1U << i;
    return item.categories != 0 ? std::optional(item) : std::nullopt;
}

class Reader {
public:
    Reader(std::string_view text, const Flags& flags, Program& program)
        : text_(text), flags_(flags), program_(program) {}

    std::optional<Node> run() {
        auto node = flags_.literal ? literal() : choice();
        if (!fine_ || at_ < text_.size()) return {};
        return node;
    }

private:
    [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
    [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
    [[nodiscard]] bool sees(std::string_view what) const {
        return text_.substr(at_).starts_with(what);
    }
    Node fail() {
        fine_ = false;
        at_ = text_.size();
        return {};
    }

    Character character() {
        Character c = no_character;
        const auto read =
            utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text_.data()) + at_,
                             static_cast<utf8proc_ssize_t>(text_.size() - at_), &c);
        if (read < 1) {
            fail();
            return 0;
        }
        at_ += static_cast<std::size_t>(read);
        return c;
    }

    Node of_character(Character c) {
        Node node;
        node.may_be_empty = false;
        if (flags_.any_case && (lower(c) != c || upper(c) != c)) {
            CharacterClass cased;
            for (const auto one : {c, lower(c), upper(c)}) cased.items.push_back(single(one));
            cased.any_case = true;
            return of_class(std::move(cased));
        }
        node.kind = Node::Kind::character;
        node.number = static_cast<std::uint32_t>(c);
        return node;
    }

    static Item single(Character c) {
        Item item{Item::Kind::range};
        item.low = item.high = c;
        return item;
    }

    Node of_class(CharacterClass all) {
        all.settle();
        Node node;
        node.kind = Node::Kind::one_of;
        node.may_be_empty = false;
        node.number = static_cast<std::uint32_t>(program_.classes.size());
        program_.classes.push_back(std::move(all));
        return node;
    }

    Node literal() {
        Node row;
        row.kind = Node::Kind::row;
        row.may_be_empty = at_end();
        while (!at_end() && fine_) row.parts.push_back(of_character(character()));
        return row;
    }

    Node choice() {
        Node all;
        all.kind = Node::Kind::choice;
        all.may_be_empty = false;
        while (true) {
            all.parts.push_back(row());
            all.may_be_empty = all.may_be_empty || all.parts.back().may_be_empty;
            if (peek() != '|' || !fine_) break;
            ++at_;
        }
        return all.parts.size() == 1 ? std::move(all.parts.front()) : std::move(all);
    }

    Node row() {
        Node all;
        all.kind = Node::Kind::row;
        while (fine_ && !at_end() && peek() != '|' && peek() != ')') {
            auto part = quantified(atom());
            all.may_be_empty = all.may_be_empty && part.may_be_empty;
            all.parts.push_back(std::move(part));
        }
        return all;
    }

    Node quantified(Node part) {
        Node all;
        all.kind = Node::Kind::repeat;
        all.most = without_end;
        const char c = peek();
        if (at_end() || !fine_ || (c != '*' && c != '+' && c != '?' && c != '{')) return part;
        ++at_;
        if (c == '+') all.least = 1;
        if (c == '?') all.most = 1;
        if (c == '{' && !quantity(all)) return fail();
        if (peek() == '?') {
            all.lazy = true;
            ++at_;
        }
        all.may_be_empty = all.least == 0 || part.may_be_empty;
        all.parts.push_back(std::move(part));
        return all;
    }

    /// `2}`, `2,}`, `2,5}`
    bool quantity(Node& repeat) {
        const auto number = [&]() -> std::optional<std::uint32_t> {
            const auto first = at_;
            std::uint32_t value = 0;
            for (; peek() >= '0' && peek() <= '9' && value <= largest_count; ++at_)
                value = value * 10 + static_cast<std::uint32_t>(peek() - '0');
            if (at_ == first || value > largest_count) return {};
            return value;
        };
        const auto least = number();
        if (!least) return false;
        repeat.least = repeat.most = *least;
        if (peek() == ',') {
            ++at_;
            repeat.most = without_end;
            if (peek() != '}') {
                const auto most = number();
                if (!most || *most < *least) return false;
                repeat.most = *most;
            }
        }
        return !at_end() && text_[at_++] == '}';
    }

    Node assertion(Operation operation) {
        Node node;
        node.kind = Node::Kind::assertion;
        node.number = static_cast<std::uint32_t>(operation);
        ++at_;
        return node;
    }

    Node atom() {
        switch (peek()) {
            case '(':
                return group();
            case '[': {
                auto all = character_class();
                return all ? of_class(std::move(*all)) : fail();
            }
            case '\\':
                return escape();
            case '.':
                ++at_;
                return of_class(point());
            case '^':
                return assertion(flags_.lines ? Operation::line_begin : Operation::text_begin);
            case '$':
                return assertion(flags_.lines ? Operation::line_end : Operation::text_end);
            case '*':
            case '+':
            case '?':
            case '{':
                return fail();
            default:
                return of_character(character());
        }
    }

    [[nodiscard]] CharacterClass point() const {
        CharacterClass all;
        all.inverse = true;
        if (!flags_.every_character) all.items = {single('\n'), single('\r')};
        return all;
    }

    Node group() {
        ++at_;
        const bool counts = !sees("?");
        if (!counts && !sees("?:")) return fail();
        if (!counts) at_ += 2;
        if (sees("*") || depth_ >= deepest_group) return fail();
        Node node;
        node.kind = counts ? Node::Kind::group : Node::Kind::row;
        if (counts) node.number = ++program_.groups;
        ++depth_;
        node.parts.push_back(choice());
        --depth_;
        if (peek() != ')' || at_end()) return fail();
        ++at_;
        node.may_be_empty = node.parts.front().may_be_empty;
        if (counts) closed_.push_back(node.number);
        return node;
    }

    Node reference() {
        // Uses as many digits as there are groups for.
        std::uint32_t number = 0;
        while (peek() >= '0' && peek() <= '9') {
            const auto next = number * 10 + static_cast<std::uint32_t>(peek() - '0');
            if (number != 0 && next > program_.groups) break;
            number = next;
            ++at_;
        }
        if (std::find(closed_.begin(), closed_.end(), number) == closed_.end()) return fail();
        program_.refers_back = true;
        Node node;
        node.kind = Node::Kind::reference;
        node.number = number;
        return node;
    }

    Node escape() {
        if (at_ + 1 < text_.size() && text_[at_ + 1] >= '1' && text_[at_ + 1] <= '9') {
            ++at_;
            return reference();
        }
        const auto item = escaped();
        if (!item) return fail();
        if (item->kind == Item::Kind::range) return of_character(item->low);
        CharacterClass all;
        all.items.push_back(*item);
        return of_class(std::move(all));
    }

    /// Reads an escape, inside a class or not; a single character is a range.
    std::optional<Item> escaped() {
        if (at_ + 1 >= text_.size()) return {};
        const char c = text_[at_ + 1];
        at_ += 2;
        const bool inverse = c >= 'A' && c <= 'Z';
        const auto named = [&](Item::Kind kind) {
            Item item{kind};
            item.inverse = inverse;
            return item;
        };
        switch (c) {
            case 'n':
                return single('\n');
            case 'r':
                return single('\r');
            case 't':
                return single('\t');
            case 'd':
            case 'D': {
                auto item = named(Item::Kind::category);
                item.categories = 1U << UTF8PROC_CATEGORY_ND;
                return item;
            }
            case 'w':
            case 'W':
                return named(Item::Kind::word);
            case 's':
            case 'S':
                return named(Item::Kind::space);
            case 'i':
            case 'I':
                return named(Item::Kind::name_start);
            case 'c':
            case 'C':
                return named(Item::Kind::name);
            case 'p':
            case 'P': {
                const auto end = text_.find('}', at_);
                if (peek() != '{' || end == std::string_view::npos) return {};
                auto item = property(text_.substr(at_ + 1, end - at_ - 1));
                if (item) item->inverse = inverse;
                at_ = end + 1;
                return item;
            }
            default:
                break;
        }
        static constexpr std::string_view itself = "\\|.?*+(){}[]-^$";
        return itself.find(c) == std::string_view::npos ? std::nullopt : std::optional(single(c));
    }

    /// Reads `[a-z]`, `[^a]` or `[a-z-[aeiou]]`, which excludes the inner class.
    std::optional<CharacterClass> character_class() {
        if (++class_depth_ > 20) return {};
        ++at_;
        CharacterClass all;
        all.any_case = flags_.any_case;
        if (peek() == '^') {
            all.inverse = true;
            ++at_;
        }
        while (!at_end() && fine_ && peek() != ']') {
            if (peek() == '[') return {};
            if (sees("-[")) {
                ++at_;
                auto inner = character_class();
                if (!inner || peek() != ']' || all.items.empty()) return {};
                inner->settle();
                all.without = std::make_shared<const CharacterClass>(std::move(*inner));
                break;
            }
            if (!class_item(all)) return {};
        }
        if (at_end() || !fine_ || all.items.empty()) return {};
        ++at_;
        --class_depth_;
        return all;
    }

    std::optional<Item> class_part() {
        return peek() == '\\' ? escaped() : std::optional(single(character()));
    }

    bool class_item(CharacterClass& all) {
        auto item = class_part();
        if (!item) return false;
        const bool range = item->kind == Item::Kind::range && peek() == '-' && !sees("-]") &&
                           !sees("-[") && at_ + 1 < text_.size();
        if (range) {
            ++at_;
            const auto end = class_part();
            if (!end || end->kind != Item::Kind::range || end->low < item->low) return false;
            item->high = end->low;
        } else if (all.any_case && item->kind == Item::Kind::range) {
            all.items.push_back(single(lower(item->low)));
            all.items.push_back(single(upper(item->low)));
        }
        all.items.push_back(*item);
        return true;
    }

    std::string_view text_;
    const Flags& flags_;
    Program& program_;
    std::size_t at_ = 0;
    bool fine_ = true;
    int depth_ = 0, class_depth_ = 0;
    std::vector<std::uint32_t> closed_;
};

}  // namespace

std::optional<Node> read_tree(std::string_view text, const Flags& flags, Program& program) {
    return Reader(text, flags, program).run();
}

}  // namespace workflow::feel::pattern
