// Types, as in `instance of` and the parameters of functions (DMN 1.5, rules 52 to 55).

#include <fmt/format.h>

#include <array>

#include "grammar.hpp"

namespace workflow::feel {
namespace {

constexpr std::array<std::pair<std::string_view, Kind>, 14> own{
    {{"years and months duration", Kind::months_duration},
     {"days and time duration", Kind::days_duration},
     {"date and time", Kind::date_time},
     {"boolean", Kind::boolean},
     {"context", Kind::context},
     {"function", Kind::function},
     {"number", Kind::number},
     {"string", Kind::string},
     {"range", Kind::range},
     {"date", Kind::date},
     {"list", Kind::list},
     {"Null", Kind::null},
     {"time", Kind::time},
     {"Any", Kind::any}}};

}  // namespace

Type Grammar::type_name() {
    const Deeper deeper(*this);
    for (const auto& [name, type] : scope_.types)
        if (const auto count = spells(name)) {
            at_ += count;
            return type;
        }
    for (const auto& [name, kind] : own)
        if (const auto count = spells(name)) {
            at_ += count;
            if (is("<")) return type_in_brackets(kind);
            Type type;
            type.kind = kind;
            type.nullable = true;
            return type;
        }
    if (take("null")) {
        Type type;
        type.kind = Kind::null;
        return type;
    }
    std::vector<std::string_view> known;
    for (const auto& [name, kind] : own) known.push_back(name);
    stop("the name of a type is missing", fmt::format("use one of: {}", fmt::join(known, ", ")));
}

/// `list<number>`, `context<name: string>`, `function<number, string> -> number`.
Type Grammar::type_in_brackets(Kind kind) {
    take("<");
    Type type;
    type.kind = kind;
    if (kind == Kind::list || kind == Kind::range) {
        type.element = std::make_shared<const Type>(type_name());
    } else if (kind == Kind::context || kind == Kind::function) {
        if (!is(">")) {
            do {
                std::string name;
                if (kind == Kind::context) {
                    name = variable_name(":");
                    expect(":", "after the name of the entry");
                }
                auto inner = type_name();
                type.entries.emplace_back(std::move(name), std::move(inner));
            } while (take(","));
        }
    } else {
        stop("only lists, ranges, contexts and functions have type parameters");
    }
    expect(">", "to close the type");
    if (kind == Kind::function && take("->"))
        type.element = std::make_shared<const Type>(type_name());
    return type;
}

}  // namespace workflow::feel
