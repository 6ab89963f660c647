// Names of fields, variables and functions, and calls.

#include <fmt/format.h>

#include <algorithm>

#include "../base/diagnostics.hpp"
#include "builtins/table.hpp"
#include "function.hpp"
#include "grammar.hpp"

namespace workflow::feel {
namespace {

/// Signs that may be part of a name (DMN 1.5, 10.3.1.2, rule 30).
bool joins_names(const Token& token) {
    return token.kind == TokenKind::symbol &&
           (token.text == "." || token.text == "/" || token.text == "-" || token.text == "'" ||
            token.text == "+" || token.text == "*" || token.text == "**");
}

}  // namespace

/// Returns the number of tokens, from the current one, that spell `name`; 0 if they do not.
std::size_t Grammar::spells(std::string_view name) const {
    std::size_t count = 0;
    std::size_t place = 0;
    while (place < name.size()) {
        const auto& token = peek(count);
        if (token.kind == TokenKind::end || token.text.empty() ||
            !name.substr(place).starts_with(token.text))
            return 0;
        place += token.text.size();
        ++count;
        const bool blank = place < name.size() && name[place] == ' ';
        if (blank) ++place;
        // The text must have a space where the name has one; next to a sign a space is optional.
        const bool sign = joins_names(token) || joins_names(peek(count));
        if (place >= name.size() || sign) continue;
        if (blank == (peek(count).begin == token.end)) return 0;
    }
    return count;
}

/// Reads the name of a new variable: words and signs up to `ends_before`.
std::string Grammar::variable_name(std::string_view ends_before) {
    std::string name;
    while (!is(ends_before) &&
           (peek().kind == TokenKind::name || peek().kind == TokenKind::number ||
            (joins_names(peek()) && !name.empty()))) {
        if (!name.empty() && peek().begin > tokens_[at_ - 1].end) name += ' ';
        name += peek().text;
        ++at_;
    }
    if (name.empty()) stop("a name is missing");
    return name;
}

Node Grammar::local(std::uint32_t begin, std::size_t index) {
    auto made = node(Operator::local, begin);
    made.index = static_cast<std::uint32_t>(index);
    made.name = locals_[index];
    reads_partial_ = reads_partial_ || made.name == "partial";
    return made;
}

Node Grammar::name_or_call() {
    const auto begin = peek().begin;
    if (take("true")) return constant(begin, Value(true));
    if (take("false")) return constant(begin, Value(false));
    if (take("null")) return constant(begin, Value());
    if (is("function") && is("(", 1)) return function(begin);

    // The longest name has precedence; of equal names the innermost: variables, then the scope's
    // names, then functions.
    std::size_t longest = 0, index = 0;
    enum class Sort : std::uint8_t { none, local, slot, function } sort = Sort::none;
    const auto consider = [&](std::string_view name, Sort one, std::size_t place) {
        if (const auto count = spells(name); count > longest) {
            longest = count;
            index = place;
            sort = one;
        }
    };
    for (auto i = locals_.size(); i-- > 0;) consider(locals_[i], Sort::local, i);
    for (std::size_t i = 0; i < scope_.names.size(); ++i)
        consider(scope_.names[i].name, Sort::slot, i);
    for (std::size_t i = 0; i < builtins().size(); ++i)
        consider(builtins()[i].name, Sort::function, i);
    if (sort == Sort::none) {
        if (at_keyword()) stop(fmt::format("a value is expected here, not `{}`", peek().text));
        return unknown(begin);
    }
    at_ += longest;
    if (sort == Sort::local) return local(begin, index);
    if (sort == Sort::slot) {
        auto made = node(Operator::slot, begin);
        made.index = static_cast<std::uint32_t>(index);
        made.name = scope_.names[index].name;
        return made;
    }
    const auto name = builtins()[index].name;
    if (is("(")) return call(begin, name);
    // An entry of an item may have the name of a function.
    if (!items_.empty()) {
        at_ -= longest;
        return unknown(begin);
    }
    return constant(begin, Value(function_value(builtins()[index])));
}

/// Inside a filter an unknown name is an entry of the item; elsewhere it is a mistake.
Node Grammar::unknown(std::uint32_t begin) {
    // A name of several words is reported as a whole: `strng length(x)`, `brith date`.
    auto last = at_ + 1;
    while (tokens_[last].kind == TokenKind::name) {
        at_ = last;
        if (at_keyword()) break;
        ++last;
    }
    at_ = last;
    const bool called = is("(");
    const auto end = tokens_[last - 1].end;
    const auto name = text_.substr(begin, end - begin);
    if (!items_.empty() && !called) {
        auto item = local(begin, items_.back());
        item.name.clear();  // the item itself, whatever its entries
        auto made = around(Operator::path, std::move(item));
        made.name = std::string(name);
        return made;
    }
    std::vector<std::string> known;
    if (called)
        for (const auto& builtin : builtins()) known.emplace_back(builtin.name);
    else
        for (const auto& declared : scope_.names) known.push_back(declared.name);
    std::string hint;
    if (mistakes_.size() < most_mistakes) {
        if (const auto near = nearest(name, known)) hint = did_you_mean(near);
    }
    mistakes_.push_back({Mistake::Kind::unknown_name, begin, end,
                         fmt::format("there is no {} `{}`", called ? "function" : "field", name),
                         std::move(hint)});
    if (mistakes_.size() > most_mistakes) throw Stop{};
    if (called) arguments();  // they are parsed in order to report their own mistakes
    return constant(begin, Value());
}

/// Returns the number of tokens of the name before a colon; 0 if there is none here.
std::size_t Grammar::argument_name() const {
    std::size_t count = 0;
    while (peek(count).kind == TokenKind::name || (count > 0 && joins_names(peek(count)))) ++count;
    return count > 0 && is(":", count) ? count : 0;
}

Grammar::Arguments Grammar::arguments() {
    expect("(", "after the name of a function");
    Arguments given;
    if (!is(")")) {
        const bool named = argument_name() > 0;
        do {
            if (named) {
                if (argument_name() == 0) stop("this argument has no name, but others have one");
                given.names.push_back(variable_name(":"));
                const bool twice =
                    std::count(given.names.begin(), given.names.end(), given.names.back()) > 1;
                if (twice) stop("this parameter is given twice");
                take(":");
            }
            given.values.push_back(expression());
        } while (take(","));
    }
    expect(")", "after the arguments");
    return given;
}

Node Grammar::invocation(Node callee) {
    auto given = arguments();
    auto made = around(Operator::invoke, std::move(callee), std::move(given.values));
    made.names = std::move(given.names);
    return made;
}

namespace {

/// Returns the position of each argument among the parameters of the built-in function; no value if
/// they do not fit.
std::optional<std::vector<std::size_t>> places(const Builtin& builtin, std::size_t count,
                                               const std::vector<std::string>& names) {
    const auto& parameters = builtin.parameters;
    std::vector<std::size_t> found;
    if (names.empty()) {
        const auto required = static_cast<std::size_t>(std::count_if(
            parameters.begin(), parameters.end(), [](const auto& one) { return !one.optional; }));
        if (count < required || (count > parameters.size() && !builtin.variadic)) return {};
        for (std::size_t i = 0; i < count; ++i) found.push_back(i);
        return found;
    }
    for (const auto& name : names) {
        const auto parameter =
            std::find_if(parameters.begin(), parameters.end(),
                         [&](const auto& one) { return one.name == name || one.alias == name; });
        if (parameter == parameters.end()) return {};
        found.push_back(static_cast<std::size_t>(parameter - parameters.begin()));
    }
    for (std::size_t i = 0; i < parameters.size() && !builtin.names_may_lack; ++i)
        if (!parameters[i].optional && std::find(found.begin(), found.end(), i) == found.end())
            return {};
    return found;
}

}  // namespace

/// Parses a call of a built-in function: of the functions with the name, the first whose parameters
/// fit.
Node Grammar::call(std::uint32_t begin, std::string_view name) {
    auto given = arguments();
    for (const auto& builtin : builtins()) {
        if (builtin.name != name) continue;
        const auto found = places(builtin, given.values.size(), given.names);
        if (!found) continue;
        const auto last = builtin.names_may_lack ? builtin.parameters.size()
                          : found->empty()       ? 0
                                           : *std::max_element(found->begin(), found->end()) + 1;
        std::vector<Node> inner;
        for (std::size_t i = 0; i < last; ++i) inner.push_back(constant(begin, Value()));
        for (std::size_t i = 0; i < found->size(); ++i)
            inner[(*found)[i]] = std::move(given.values[i]);
        auto made = node(Operator::call, begin, std::move(inner));
        made.builtin = &builtin;
        return made;
    }
    auto made = constant(begin, Value());
    wrong_arguments(made, name, given);
    return made;
}

void Grammar::wrong_arguments(const Node& call, std::string_view name, const Arguments& given) {
    std::vector<std::string> signatures;
    const Builtin* only = nullptr;
    for (const auto& builtin : builtins()) {
        if (builtin.name != name) continue;
        only = signatures.empty() ? &builtin : nullptr;
        signatures.push_back(signature(builtin));
    }
    const auto count = given.values.size();
    std::string wanted;
    if (only) {
        const auto most = only->parameters.size();
        const auto least = static_cast<std::size_t>(
            std::count_if(only->parameters.begin(), only->parameters.end(),
                          [](const Parameter& one) { return !one.optional; }));
        wanted = only->variadic  ? fmt::format("at least {}", least)
                 : least == most ? fmt::format("{}", most)
                                 : fmt::format("{} to {}", least, most);
    }
    mistakes_.push_back(
        {Mistake::Kind::type, call.begin, call.end,
         given.names.empty() && only
             ? fmt::format("{} takes {} argument{}, not {}", name, wanted,
                           wanted == "1" || wanted == "at least 1" ? "" : "s", count)
         : given.names.empty()
             ? fmt::format("{} does not take {} argument{}", name, count, count == 1 ? "" : "s")
             : fmt::format("{} does not take parameters of these names", name),
         fmt::format("{}", fmt::join(signatures, ", or "))});
    if (mistakes_.size() > most_mistakes) throw Stop{};
}

/// Returns the declared type of a name or a path; nullptr if there is none.
const Type* Grammar::known_type(const Node& node) const {
    if (node.op == Operator::slot && node.index < scope_.names.size())
        return &scope_.names[node.index].type;
    if (node.op == Operator::filter) {
        const auto* list = known_type(node.parts[0]);
        return list && list->kind == Kind::list && list->element ? list->element.get() : list;
    }
    if (node.op != Operator::path) return nullptr;
    const auto* from = known_type(node.parts[0]);
    if (from && from->kind == Kind::list) from = from->element.get();
    if (!from) return nullptr;
    for (const auto& [name, type] : from->entries)
        if (name == node.name) return &type;
    return nullptr;
}

/// After a dot: reads the longest known name, or all words up to an operator.
std::string Grammar::entry_name(const Node& from) {
    const auto* type = known_type(from);
    if (type && type->kind == Kind::list) type = type->element.get();
    std::size_t longest = 0;
    std::string name;
    if (type)
        for (const auto& [entry, ignored] : type->entries)
            if (const auto count = spells(entry); count > longest) {
                longest = count;
                name = entry;
            }
    if (longest > 0) {
        at_ += longest;
        return name;
    }
    do {
        if (!name.empty()) name += ' ';
        name += peek().text;
        ++at_;
    } while (peek().kind == TokenKind::name && !at_keyword());
    return name;
}

}  // namespace workflow::feel
