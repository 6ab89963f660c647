#include "feel_support.hpp"

#include <fmt/format.h>

namespace workflow::testing {

using namespace workflow::feel;

Type type(Kind kind, std::vector<std::string> values) {
    Type made;
    made.kind = kind;
    made.values = std::move(values);
    return made;
}

Type list_of(const Type& element) {
    auto made = type(Kind::list);
    made.element = std::make_shared<const Type>(element);
    return made;
}

const Scope& scope() {
    static const Scope names = [] {
        auto row = type(Kind::context);
        row.entries = {{"a", type(Kind::number)}, {"age", type(Kind::number)}};
        return Scope{{{"age", type(Kind::number)},
                      {"region", type(Kind::string)},
                      {"status", type(Kind::string, {"approved", "refused"})},
                      {"birth date", type(Kind::date)},
                      {"挂失", type(Kind::boolean)},
                      {"unknown", type(Kind::boolean)},
                      {"rows", list_of(row)},
                      {"tags", list_of(type(Kind::string))},
                      {"anything", Type()},
                      {"birth", type(Kind::number)}},
                     {}};
    }();
    return names;
}

std::vector<Value> slots() {
    const auto row = [](std::int64_t a) {
        return Value(Context{{"a", Value(decimal_of(a))}, {"age", Value(decimal_of(a * 10))}});
    };
    return {Value(decimal_of(20)),
            Value("B"),
            Value("approved"),
            Value(*date_of(2000, 2, 29)),
            Value(true),
            Value(),
            Value(List{row(1), row(2), row(3)}),
            Value(List{Value("x"), Value("y")}),
            Value(decimal_of(7)),
            Value(decimal_of(5))};
}

const Moment& moment() {
    static const Moment given{*parse_instant("2026-03-02T09:30:00+08:00", UtcOffset{480}),
                              UtcOffset{480}};
    return given;
}

std::string eval(std::string_view text) {
    std::vector<Mistake> mistakes;
    const auto expression = compile(text, scope(), mistakes);
    if (!mistakes.empty())
        return fmt::format("mistake at {}-{}: {}", mistakes[0].begin, mistakes[0].end,
                           mistakes[0].message);
    return to_string(expression.evaluate(slots(), moment()));
}

std::vector<Mistake> mistakes_of(std::string_view text, const std::optional<Type>& wanted) {
    std::vector<Mistake> mistakes;
    const auto expression = compile(text, scope(), mistakes, {.wanted = wanted});
    CHECK(static_cast<bool>(expression) == mistakes.empty());
    return mistakes;
}

std::vector<std::string> told(std::string_view text, const std::optional<Type>& wanted) {
    std::vector<std::string> lines;
    for (const auto& mistake : mistakes_of(text, wanted))
        lines.push_back(fmt::format("{}-{} {}{}", mistake.begin, mistake.end, mistake.message,
                                    mistake.hint.empty() ? "" : " (" + mistake.hint + ")"));
    return lines;
}

void check_all(std::initializer_list<Case> cases) {
    for (const auto& [text, answer] : cases) {
        INFO(text);
        CHECK(eval(text) == answer);
    }
}

}  // namespace workflow::testing
