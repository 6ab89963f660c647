#include "parser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "../base/decimal.hpp"
#include "../base/diagnostics.hpp"
#include "builtins/table.hpp"
#include "lexer.hpp"
#include "temporal.hpp"

namespace workflow::feel {
namespace {

/// Thrown at the first syntax mistake: what follows it would only be guessed at.
struct Stop {};

constexpr std::array<std::string_view, 16> keywords{
    "if",  "then", "else", "for",     "return",   "some", "every", "satisfies",
    "and", "or",   "in",   "between", "instance", "true", "false", "null"};

struct Binary {
    std::string_view symbol;
    Operator op;
};

class Parser {
public:
    Parser(std::string_view text, const Scope& scope, std::vector<Mistake>& mistakes)
        : text_(text), scope_(scope), mistakes_(mistakes), tokens_(tokenize(text, mistakes)) {}

    std::optional<Node> run() {
        if (!mistakes_.empty()) return {};
        try {
            auto node = expression();
            if (peek().kind != TokenKind::end)
                stop("the expression should end here", "join two conditions with and / or");
            return node;
        } catch (const Stop&) {
            return {};
        }
    }

private:
    // ------------------------------------------------------------ tokens

    const Token& peek(std::size_t ahead = 0) const {
        return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
    }
    bool is(std::string_view word, std::size_t ahead = 0) const {
        const auto& token = peek(ahead);
        return (token.kind == TokenKind::symbol || token.kind == TokenKind::name) &&
               token.text == word;
    }
    bool take(std::string_view word) {
        if (!is(word)) return false;
        ++at_;
        return true;
    }
    void expect(std::string_view word, std::string_view where) {
        if (!take(word)) stop(fmt::format("`{}` is missing {}", word, where));
    }
    [[noreturn]] void stop(std::string message, std::string hint = {}) {
        const auto& token = peek();
        const auto end = std::max(token.end, token.begin + (token.begin < text_.size() ? 1U : 0U));
        mistakes_.push_back(
            {Mistake::Kind::syntax, token.begin, end, std::move(message), std::move(hint)});
        throw Stop{};
    }

    class Deeper {
    public:
        explicit Deeper(Parser& parser) : parser_(parser) {
            if (++parser_.depth_ > deepest_expression) {
                const auto& token = parser_.peek();
                parser_.mistakes_.push_back(
                    {Mistake::Kind::limit, token.begin, token.end,
                     fmt::format("the expression is nested more than {} deep", deepest_expression),
                     "split it into several fields or conditions"});
                throw Stop{};
            }
        }
        ~Deeper() { --parser_.depth_; }
        Deeper(const Deeper&) = delete;
        Deeper& operator=(const Deeper&) = delete;

    private:
        Parser& parser_;
    };

    Node node(Operator op, std::uint32_t begin, std::vector<Node> parts = {}) const {
        Node made;
        made.op = op;
        made.begin = begin;
        made.end = at_ > 0 ? tokens_[at_ - 1].end : begin;
        made.parts = std::move(parts);
        return made;
    }
    template <class... Parts>
    static std::vector<Node> parts(Parts... nodes) {
        std::vector<Node> list;
        list.reserve(sizeof...(nodes));
        (list.push_back(std::move(nodes)), ...);
        return list;
    }

    // ------------------------------------------------------------ levels, loosest first

    Node expression() {
        const Deeper deeper(*this);
        const auto begin = peek().begin;
        if (is("if")) return condition(begin);
        if (is("for") || is("some") || is("every")) return loop(begin);
        return disjunction();
    }

    Node condition(std::uint32_t begin) {
        take("if");
        auto test = expression();
        expect("then", "after the condition of this `if`");
        auto yes = expression();
        expect("else", "in this `if`: FEEL wants both answers");
        auto no = expression();
        return node(Operator::condition, begin,
                    parts(std::move(test), std::move(yes), std::move(no)));
    }

    Node loop(std::uint32_t begin) {
        const auto op = is("for") ? Operator::loop : is("some") ? Operator::some : Operator::every;
        ++at_;
        Node made = node(op, begin);
        made.index = static_cast<std::uint32_t>(locals_.size());
        do {
            if (peek().kind != TokenKind::name) stop("the name of a variable is missing");
            made.names.emplace_back(peek().text);
            ++at_;
            expect("in", "after the variable");
            made.parts.push_back(range_or_expression());
            locals_.push_back(made.names.back());
        } while (take(","));
        expect(op == Operator::loop ? "return" : "satisfies", "before what is said of each one");
        made.parts.push_back(expression());
        locals_.resize(made.index);
        made.end = tokens_[at_ - 1].end;
        return made;
    }

    /// `for i in 1..3`
    Node range_or_expression() {
        const auto begin = peek().begin;
        auto low = expression();
        if (!take("..")) return low;
        auto high = expression();
        return node(Operator::range, begin, parts(std::move(low), std::move(high)));
    }

    Node disjunction() {
        auto left = conjunction();
        while (take("or"))
            left = node(Operator::either, left.begin, parts(std::move(left), conjunction()));
        return left;
    }

    Node conjunction() {
        auto left = comparison();
        while (take("and"))
            left = node(Operator::both, left.begin, parts(std::move(left), comparison()));
        return left;
    }

    Node comparison() {
        static constexpr std::array<Binary, 6> operators{{{"=", Operator::equal},
                                                          {"!=", Operator::not_equal},
                                                          {"<=", Operator::less_equal},
                                                          {">=", Operator::greater_equal},
                                                          {"<", Operator::less},
                                                          {">", Operator::greater}}};
        auto left = sum();
        const auto begin = left.begin;
        for (const auto& [symbol, op] : operators)
            if (take(symbol)) return node(op, begin, parts(std::move(left), sum()));
        if (take("between")) {
            auto low = sum();
            expect("and", "between the two ends");
            auto high = sum();
            return node(Operator::between, begin,
                        parts(std::move(left), std::move(low), std::move(high)));
        }
        if (take("in")) return membership(begin, std::move(left));
        if (is("instance") && is("of", 1)) {
            at_ += 2;
            auto made = node(Operator::instance_of, begin, parts(std::move(left)));
            made.name = type_name();
            made.end = tokens_[at_ - 1].end;
            return made;
        }
        return left;
    }

    std::string type_name() {
        std::string name;
        while (peek().kind == TokenKind::name &&
               (name.empty() ||
                std::find(keywords.begin(), keywords.end(), peek().text) == keywords.end() ||
                is("and"))) {
            if (is("and") && name != "date" && name != "years" && name != "days") break;
            if (!name.empty()) name += ' ';
            name += peek().text;
            ++at_;
        }
        if (name.empty())
            stop("the name of a type is missing",
                 "one of: number, string, boolean, date, list ...");
        return name;
    }

    Node membership(std::uint32_t begin, Node value) {
        std::vector<Node> list = parts(std::move(value));
        // A parenthesis holds a list of tests, unless it begins a range: `(1..5]`.
        if (is("(") && !opens_range()) {
            take("(");
            do list.push_back(test());
            while (take(","));
            expect(")", "after the tests of `in`");
        } else {
            list.push_back(test());
        }
        return node(Operator::in, begin, std::move(list));
    }

    /// One unary test: `< 5`, `[1..5]`, a value, a list.
    Node test() {
        static constexpr std::array<Binary, 4> operators{{{"<=", Operator::test_less_equal},
                                                          {">=", Operator::test_greater_equal},
                                                          {"<", Operator::test_less},
                                                          {">", Operator::test_greater}}};
        const auto begin = peek().begin;
        for (const auto& [symbol, op] : operators)
            if (take(symbol)) return node(op, begin, parts(sum()));
        return node(Operator::test_value, begin, parts(sum()));
    }

    Node sum() {
        auto left = product();
        while (is("+") || is("-")) {
            const auto op = take("+") ? Operator::add : (take("-"), Operator::subtract);
            left = node(op, left.begin, parts(std::move(left), product()));
        }
        return left;
    }

    Node product() {
        auto left = powers();
        while (is("*") || is("/")) {
            const auto op = take("*") ? Operator::multiply : (take("/"), Operator::divide);
            left = node(op, left.begin, parts(std::move(left), powers()));
        }
        return left;
    }

    Node powers() {
        auto left = negation();
        while (take("**"))
            left = node(Operator::power, left.begin, parts(std::move(left), negation()));
        return left;
    }

    Node negation() {
        const auto begin = peek().begin;
        if (!take("-")) return postfix();
        const Deeper deeper(*this);
        return node(Operator::negate, begin, parts(negation()));
    }

    Node postfix() {
        auto left = primary();
        while (true) {
            const auto begin = left.begin;
            if (take(".")) {
                if (peek().kind != TokenKind::name)
                    stop("the name of an entry is missing after the point");
                auto made = node(Operator::path, begin, parts(std::move(left)));
                made.name = entry_name();
                made.end = tokens_[at_ - 1].end;
                left = std::move(made);
            } else if (is("[")) {
                take("[");
                const auto first = static_cast<std::uint32_t>(locals_.size());
                locals_.emplace_back("item");
                ++filters_;
                auto inside = expression();
                --filters_;
                locals_.pop_back();
                expect("]", "after the filter");
                left = node(Operator::filter, begin, parts(std::move(left), std::move(inside)));
                left.index = first;
            } else {
                return left;
            }
        }
    }

    /// Properties of values may have two words: `time offset`, `start included`.
    std::string entry_name() {
        std::string name(peek().text);
        ++at_;
        for (const std::string_view two : {"time offset", "start included", "end included"})
            if (two.starts_with(name) && peek().kind == TokenKind::name &&
                two == name + ' ' + std::string(peek().text)) {
                ++at_;
                return std::string(two);
            }
        return name;
    }

    // ------------------------------------------------------------ primaries

    Node primary() {
        const Deeper deeper(*this);
        const auto token = peek();
        switch (token.kind) {
            case TokenKind::number: {
                ++at_;
                const auto number = parse_decimal(token.text);
                if (!number) {
                    --at_;
                    stop("this number is too large");
                }
                return constant(token.begin, Value(*number));
            }
            case TokenKind::string:
                ++at_;
                return constant(token.begin, Value(unquote(token.text)));
            case TokenKind::at_string: {
                ++at_;
                const auto value = parse_temporal(unquote(token.text));
                if (!value) {
                    --at_;
                    stop("this is not a date, time or duration",
                         "for example @\"2026-03-02\" or @\"P10D\"");
                }
                return constant(token.begin, *value);
            }
            case TokenKind::name:
                return name_or_call();
            case TokenKind::symbol:
                if (token.text == "(") return parenthesis();
                if (token.text == "[") return bracket();
                if (token.text == "{") return context();
                break;
            case TokenKind::end:
                break;
        }
        stop(token.kind == TokenKind::end
                 ? "the expression ends too early"
                 : fmt::format("a value should stand here, not `{}`", token.text),
             token.text == "&" || token.text == "|" || token.text == "!" ? "write and, or, not(...)"
                                                                         : "");
    }

    Node constant(std::uint32_t begin, Value value) const {
        auto made = node(Operator::constant, begin);
        made.value = std::move(value);
        return made;
    }

    /// Does what begins here, with ( or [, have `..` before it closes?
    bool opens_range() const {
        int depth = 0;
        for (std::size_t i = at_; i < tokens_.size(); ++i) {
            const auto text = tokens_[i].text;
            if (tokens_[i].kind != TokenKind::symbol) continue;
            if (text == "(" || text == "[" || text == "{") ++depth;
            if (text == ")" || text == "]" || text == "}") --depth;
            if (text == ".." && depth == 1) return true;
            if (depth == 0) return false;
        }
        return false;
    }

    Node range_literal(std::uint32_t begin, bool low_included) {
        auto low = sum();
        expect("..", "between the ends of the range");
        auto high = sum();
        const bool high_included = is("]");
        if (!take("]") && !take(")") && !take("["))
            stop("the range is not closed", "close it with ] or )");
        auto made = node(Operator::range, begin, parts(std::move(low), std::move(high)));
        made.low_included = low_included;
        made.high_included = high_included;
        return made;
    }

    Node parenthesis() {
        const auto begin = peek().begin;
        const bool range = opens_range();
        take("(");
        if (range) return range_literal(begin, false);
        auto inside = expression();
        expect(")", "to close the parenthesis");
        return inside;
    }

    Node bracket() {
        const auto begin = peek().begin;
        const bool range = opens_range();
        take("[");
        if (range) return range_literal(begin, true);
        std::vector<Node> items;
        if (!is("]")) {
            do items.push_back(expression());
            while (take(","));
        }
        expect("]", "to close the list");
        return node(Operator::list, begin, std::move(items));
    }

    Node context() {
        const auto begin = peek().begin;
        take("{");
        std::vector<std::string> names;
        std::vector<Node> values;
        if (!is("}")) {
            do {
                std::string name;
                if (peek().kind == TokenKind::string) {
                    name = unquote(peek().text);
                    ++at_;
                } else {
                    while (peek().kind == TokenKind::name) {
                        if (!name.empty()) name += ' ';
                        name += peek().text;
                        ++at_;
                    }
                }
                if (name.empty()) stop("the name of an entry is missing");
                if (std::find(names.begin(), names.end(), name) != names.end()) {
                    --at_;
                    stop(fmt::format("the entry `{}` is there twice", name));
                }
                expect(":", "after the name of the entry");
                names.push_back(std::move(name));
                values.push_back(expression());
            } while (take(","));
        }
        expect("}", "to close the context");
        auto made = node(Operator::context, begin, std::move(values));
        made.names = std::move(names);
        return made;
    }

    // ------------------------------------------------------------ names

    /// How many tokens, from here, write `name`; 0 when they do not.
    std::size_t spells(std::string_view name) const {
        std::size_t count = 0;
        std::size_t place = 0;
        while (place < name.size()) {
            const auto& token = peek(count);
            if (token.kind == TokenKind::end || !name.substr(place).starts_with(token.text))
                return 0;
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

    Node name_or_call() {
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
            return made;
        }
        if (std::find(keywords.begin(), keywords.end(), peek().text) != keywords.end())
            stop(fmt::format("a value should stand here, not `{}`", peek().text));
        return unknown(begin);
    }

    /// Inside a filter an unknown name is an entry of the item; elsewhere it is a mistake.
    Node unknown(std::uint32_t begin) {
        const auto token = peek();
        ++at_;
        if (filters_ > 0 && !is("(")) {
            auto item = node(Operator::local, begin);
            item.index = static_cast<std::uint32_t>(locals_.size() - 1);
            item.name = "item";
            auto made = node(Operator::path, begin, parts(std::move(item)));
            made.name = std::string(token.text);
            return made;
        }
        const bool called = is("(");
        std::vector<std::string> known;
        for (const auto& builtin : builtins())
            if (called) known.emplace_back(builtin.name);
        for (const auto& name : scope_.names)
            if (!called) known.push_back(name.name);
        std::string hint;
        if (const auto near = nearest(token.text, known))
            hint = fmt::format("did you mean `{}`?", *near);
        mistakes_.push_back(
            {Mistake::Kind::unknown_name, token.begin, token.end,
             fmt::format("there is no {} `{}`", called ? "function" : "field", token.text), hint});
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

    Node call(std::uint32_t begin, const Builtin& builtin) {
        expect("(", "after the name of a function");
        std::vector<Node> arguments;
        // Named arguments are put in the order of the parameters.
        const bool named = peek().kind == TokenKind::name && argument_name(builtin).second > 0;
        if (named)
            arguments = named_arguments(builtin);
        else if (!is(")")) {
            do arguments.push_back(expression());
            while (take(","));
        }
        expect(")", fmt::format("after the arguments of {}", builtin.name));
        auto made = node(Operator::call, begin, std::move(arguments));
        made.builtin = &builtin;
        const auto required = static_cast<std::size_t>(
            std::count_if(builtin.parameters.begin(), builtin.parameters.end(),
                          [](const Parameter& p) { return !p.optional; }));
        const bool few = made.parts.size() < required;
        const bool many = !builtin.variadic && made.parts.size() > builtin.parameters.size();
        if (few || many) {
            std::string shape;
            for (const auto& parameter : builtin.parameters) {
                if (!shape.empty()) shape += ", ";
                shape += fmt::format("{}{}", parameter.name, parameter.optional ? "?" : "");
            }
            mistakes_.push_back(
                {Mistake::Kind::type, begin, made.end,
                 fmt::format("{} takes {} arguments here, not {}", builtin.name,
                             few ? required : builtin.parameters.size(), made.parts.size()),
                 fmt::format("{}({})", builtin.name, shape)});
        }
        return made;
    }

    /// The parameter that `name:` here names, and how many tokens the name has.
    std::pair<std::size_t, std::size_t> argument_name(const Builtin& builtin) const {
        for (std::size_t i = 0; i < builtin.parameters.size(); ++i)
            if (const auto count = spells(builtin.parameters[i].name); count > 0 && is(":", count))
                return {i, count};
        return {0, 0};
    }

    std::vector<Node> named_arguments(const Builtin& builtin) {
        std::vector<std::optional<Node>> given(builtin.parameters.size());
        do {
            const auto [parameter, count] = argument_name(builtin);
            if (count == 0) stop(fmt::format("{} has no such parameter", builtin.name));
            if (given[parameter]) stop("this parameter is given twice");
            at_ += count;
            expect(":", "after the name of the parameter");
            given[parameter] = expression();
        } while (take(","));
        while (!given.empty() && !given.back()) given.pop_back();
        std::vector<Node> arguments;
        for (auto& argument : given)
            arguments.push_back(argument ? std::move(*argument) : constant(peek().begin, Value()));
        return arguments;
    }

    std::string_view text_;
    const Scope& scope_;
    std::vector<Mistake>& mistakes_;
    std::vector<Token> tokens_;
    std::size_t at_ = 0;
    int depth_ = 0;
    int filters_ = 0;
    std::vector<std::string> locals_;
};

}  // namespace

std::optional<Node> parse(std::string_view text, const Scope& scope,
                          std::vector<Mistake>& mistakes) {
    if (text.size() > longest_expression) {
        mistakes.push_back(
            {Mistake::Kind::limit, 0, 1,
             fmt::format("the expression is longer than {} bytes", longest_expression), ""});
        return {};
    }
    return Parser(text, scope, mistakes).run();
}

}  // namespace workflow::feel
