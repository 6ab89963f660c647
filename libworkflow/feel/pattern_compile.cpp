// Compiles a parsed pattern to a program.

#include <string>

#include "pattern_tree.hpp"

namespace workflow::feel::pattern {

namespace {

std::optional<Flags> read_flags(std::string_view text) {
    Flags flags;
    for (const char flag : text) {
        if (flag == 's')
            flags.every_character = true;
        else if (flag == 'm')
            flags.lines = true;
        else if (flag == 'i')
            flags.any_case = true;
        else if (flag == 'x')
            flags.blanks = true;
        else if (flag == 'q')
            flags.literal = true;
        else
            return {};
    }
    return flags;
}

/// Returns the pattern without spaces, except in classes. Spaces between `\` and the escaped
/// character are removed as well: XPath removes them before parsing.
std::string without_blanks(std::string_view text) {
    std::string out;
    int depth = 0;
    bool escaped = false;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (blank && depth == 0) continue;
        if (c == '[' && !escaped) ++depth;
        if (c == ']' && !escaped && depth > 0) --depth;
        escaped = c == '\\' && !escaped;
        out += c;
    }
    return out;
}

class Writer {
public:
    Writer(Program& program, const Flags& flags) : code_(program.code), program_(program) {
        any_case_ = flags.any_case ? 1 : 0;
    }

    /// Returns false if the program is too large.
    bool run(const Node& node) {
        program_.slots = 2 * (program_.groups + 1);
        put({Operation::save, 0});
        write(node);
        put({Operation::save, 1});
        put({Operation::found});
        program_.from_the_begin = begins_at_the_begin(node);
        return !too_large();
    }
    [[nodiscard]] std::size_t work() const { return work_; }

private:
    [[nodiscard]] bool too_large() const {
        return work_ > 2 * most_instructions || code_.size() > most_instructions;
    }
    [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(code_.size()); }
    std::uint32_t put(const Instruction& instruction) {
        code_.push_back(instruction);
        return here() - 1;
    }

    static bool begins_at_the_begin(const Node& node) {
        const auto* first = &node;
        while ((first->kind == Node::Kind::row || first->kind == Node::Kind::group) &&
               !first->parts.empty())
            first = &first->parts.front();
        return first->kind == Node::Kind::assertion &&
               first->number == static_cast<std::uint32_t>(Operation::text_begin);
    }

    void write(const Node& node) {
        ++work_;
        if (too_large()) return;
        switch (node.kind) {
            case Node::Kind::nothing:
                break;
            case Node::Kind::character:
                put({Operation::character, node.number});
                break;
            case Node::Kind::one_of:
                put({Operation::one_of, node.number});
                break;
            case Node::Kind::row:
                for (const auto& part : node.parts) write(part);
                break;
            case Node::Kind::choice:
                write_choice(node);
                break;
            case Node::Kind::group:
                put({Operation::save, 2 * node.number});
                write(node.parts.front());
                put({Operation::save, 2 * node.number + 1});
                break;
            case Node::Kind::repeat:
                write_repeat(node);
                break;
            case Node::Kind::reference:
                put({Operation::reference, node.number, any_case_});
                break;
            case Node::Kind::assertion:
                put({static_cast<Operation>(node.number)});
                break;
        }
    }

    void write_choice(const Node& node) {
        std::vector<std::uint32_t> ends;
        for (std::size_t i = 0; i + 1 < node.parts.size(); ++i) {
            const auto split = put({Operation::split});
            code_[split].first = here();
            write(node.parts[i]);
            ends.push_back(put({Operation::jump}));
            code_[split].second = here();
        }
        write(node.parts.back());
        for (const auto end : ends) code_[end].first = here();
    }

    void write_repeat(const Node& node) {
        const auto& part = node.parts.front();
        const bool for_ever = node.most == without_end;
        // `x{2,}` is `xx+`, and `x*` is `(x+)?`: a round that consumes nothing then cannot return
        // to the beginning of the loop.
        const auto certain = for_ever && node.least > 0 ? node.least - 1 : node.least;
        for (std::uint32_t i = 0; i < certain && !too_large(); ++i) write(part);
        if (for_ever) {
            if (node.least > 0)
                write_rounds(node);
            else
                write_maybe(node, 1, true);
        } else {
            write_maybe(node, node.most - node.least, false);
        }
    }

    /// Writes the part up to `times` times, each time only after the previous one.
    void write_maybe(const Node& node, std::uint32_t times, bool rounds) {
        std::vector<std::uint32_t> splits;
        for (std::uint32_t i = 0; i < times && !too_large(); ++i) {
            splits.push_back(put({Operation::split, here() + 1, 0, 0, node.lazy}));
            if (rounds)
                write_rounds(node);
            else
                write(node.parts.front());
        }
        for (const auto split : splits) code_[split].second = here();
    }

    /// Writes the part one or more times.
    void write_rounds(const Node& node) {
        const auto& part = node.parts.front();
        const auto begin = here();
        const bool idle = part.may_be_empty && program_.refers_back;
        std::uint32_t slot = 0;
        if (idle) {
            slot = program_.slots++;
            put({Operation::save, slot});
        }
        write(part);
        const auto again =
            put({idle ? Operation::again : Operation::split, begin, 0, slot, node.lazy});
        code_[again].second = here();
    }

    std::vector<Instruction>& code_;
    Program& program_;
    std::uint32_t any_case_ = 0;
    std::size_t work_ = 0;
};

}  // namespace

std::optional<Program> compile(std::string_view text, std::string_view flags,
                               std::uint64_t& steps) {
    steps += 1 + text.size();
    if (text.size() > largest_text) return {};
    const auto read = read_flags(flags);
    if (!read) return {};
    const bool squeezed = read->blanks && !read->literal;
    const std::string written = squeezed ? without_blanks(text) : std::string(text);
    Program program;
    const auto root = read_tree(written, *read, program);
    if (!root) return {};
    Writer writer(program, *read);
    const bool fits = writer.run(*root);
    steps += writer.work();
    return fits ? std::optional(std::move(program)) : std::nullopt;
}

}  // namespace workflow::feel::pattern
