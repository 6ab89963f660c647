// Names of fields, variables and functions, and calls.

#include <fmt/format.h>

#include <algorithm>

#include "../base/diagnostics.hpp"
#include "builtins/table.hpp"
#include "grammar.hpp"

namespace workflow::feel {

/// How many tokens, from here, write `name`; 0 when they do not.
std::size_t Grammar::spells(std::string_view name) const {
    std::size_t count = 0;
    std::size_t place = 0;
    while (place < name.size()) {
        const auto& token = peek(count);
        if (token.kind == TokenKind::end || !name.substr(place).starts_with(token.text)) return 0;
        place += token.text.size();
        ++count;
        const bool blank = place < name.size() && name[place] == ' ';
        if (blank) ++place;
        // Where the name has no blank, the text has none either.
        if (!blank && place < name.size() && peek(count).begin != token.end) return 0;
        if (blank && peek(count).begin == token.end) return 0;
    }
    return count;
}

Node Grammar::name_or_call() {
    const auto begin = peek().begin;
    if (take("true")) return constant(begin, Value(true));
    if (take("false")) return constant(begin, Value(false));
    if (take("null")) return constant(begin, Value());

    for (auto local = locals_.size(); local-- > 0;)
        if (const auto count = spells(locals_[local])) {
            at_ += count;
            auto made = node(Operator::local, begin);
            made.index = static_cast<std::uint32_t>(local);
            made.name = locals_[local];
            return made;
        }

    // The longest name wins, the scope's before the functions'.
    std::size_t longest = 0, slot = scope_.names.size();
    for (std::size_t i = 0; i < scope_.names.size(); ++i)
        if (const auto count = spells(scope_.names[i].name); count > longest) {
            longest = count;
            slot = i;
        }
    const Builtin* function = nullptr;
    for (const auto& builtin : builtins())
        if (const auto count = spells(builtin.name); count > longest && is("(", count)) {
            longest = count;
            function = &builtin;
        }
    if (function) {
        at_ += longest;
        return call(begin, *function);
    }
    if (longest > 0) {
        at_ += longest;
        auto made = node(Operator::slot, begin);
        made.index = static_cast<std::uint32_t>(slot);
        made.name = scope_.names[slot].name;
        return made;
    }
    if (at_keyword()) stop(fmt::format("a value should stand here, not `{}`", peek().text));
    return unknown(begin);
}

/// Inside a filter an unknown name is an entry of the item; elsewhere it is a mistake.
Node Grammar::unknown(std::uint32_t begin) {
    const auto first = at_;
    // A name of several words is told as a whole: `strng length(x)`, `brith date`.
    auto last = at_ + 1;
    while (tokens_[last].kind == TokenKind::name) {
        at_ = last;
        if (at_keyword()) break;
        ++last;
    }
    at_ = last;
    const bool called = is("(");
    if (!items_.empty() && !called) {
        at_ = first + 1;
        auto item = node(Operator::local, begin);
        item.index = items_.back();
        item.name = "item";
        auto made = around(Operator::path, std::move(item));
        made.name = std::string(tokens_[first].text);
        return made;
    }
    const auto end = tokens_[last - 1].end;
    const auto name = text_.substr(begin, end - begin);
    std::vector<std::string> known;
    if (called)
        for (const auto& builtin : builtins()) known.emplace_back(builtin.name);
    else
        for (const auto& declared : scope_.names) known.push_back(declared.name);
    std::string hint;
    if (mistakes_.size() < most_mistakes) {
        if (const auto near = nearest(name, known)) hint = fmt::format("did you mean `{}`?", *near);
    }
    mistakes_.push_back({Mistake::Kind::unknown_name, begin, end,
                         fmt::format("there is no {} `{}`", called ? "function" : "field", name),
                         std::move(hint)});
    if (mistakes_.size() > most_mistakes) throw Stop{};
    if (called) {  // its arguments are read for their own mistakes
        take("(");
        while (!is(")") && peek().kind != TokenKind::end) {
            expression();
            if (!take(",")) break;
        }
        expect(")", "after the arguments");
    }
    return constant(begin, Value());
}

Node Grammar::call(std::uint32_t begin, const Builtin& builtin) {
    expect("(", "after the name of a function");
    std::vector<Node> arguments;
    if (peek().kind == TokenKind::name && argument_name(builtin).second > 0)
        arguments = named_arguments(builtin);
    else if (!is(")")) {
        do arguments.push_back(expression());
        while (take(","));
    }
    expect(")", fmt::format("after the arguments of {}", builtin.name));
    auto made = node(Operator::call, begin, std::move(arguments));
    made.builtin = &builtin;
    check_count(made);
    return made;
}

void Grammar::check_count(const Node& call) {
    const auto& builtin = *call.builtin;
    const auto required =
        static_cast<std::size_t>(std::count_if(builtin.parameters.begin(), builtin.parameters.end(),
                                               [](const Parameter& p) { return !p.optional; }));
    const auto most = builtin.parameters.size();
    const bool few = call.parts.size() < required;
    if (!few && (builtin.variadic || call.parts.size() <= most)) return;
    const auto wanted = builtin.variadic   ? fmt::format("at least {}", required)
                        : required == most ? fmt::format("{}", required)
                                           : fmt::format("{} to {}", required, most);
    mistakes_.push_back(
        {Mistake::Kind::type, call.begin, call.end,
         fmt::format("{} takes {} argument{}, not {}", builtin.name, wanted,
                     wanted == "1" || wanted == "at least 1" ? "" : "s", call.parts.size()),
         signature(builtin)});
    if (mistakes_.size() > most_mistakes) throw Stop{};
}

/// The parameter that `name:` here names, and how many tokens the name has.
std::pair<std::size_t, std::size_t> Grammar::argument_name(const Builtin& builtin) const {
    for (std::size_t i = 0; i < builtin.parameters.size(); ++i)
        if (const auto count = spells(builtin.parameters[i].name); count > 0 && is(":", count))
            return {i, count};
    return {0, 0};
}

/// Named arguments are put in the order of the parameters.
std::vector<Node> Grammar::named_arguments(const Builtin& builtin) {
    std::vector<std::optional<Node>> given(builtin.parameters.size());
    do {
        const auto [parameter, count] = argument_name(builtin);
        if (count == 0)
            stop(fmt::format("{} has no such parameter", builtin.name), signature(builtin));
        if (given[parameter]) stop("this parameter is given twice");
        at_ += count;
        expect(":", "after the name of the parameter");
        given[parameter] = expression();
    } while (take(","));
    while (!given.empty() && !given.back()) given.pop_back();
    std::vector<Node> arguments;
    for (std::size_t i = 0; i < given.size(); ++i) {
        if (!given[i])
            stop(fmt::format("the parameter `{}` is missing", builtin.parameters[i].name),
                 signature(builtin));
        arguments.push_back(std::move(*given[i]));
    }
    return arguments;
}

}  // namespace workflow::feel
