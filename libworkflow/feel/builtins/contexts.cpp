#include <algorithm>

#include "../budget.hpp"
#include "../operators.hpp"
#include "table.hpp"

namespace workflow::feel {
namespace {

using Arguments = std::span<const Value>;

Value get_value(Arguments a, const Call&) {
    const auto* context = a[0].as<Context>();
    const auto* key = a[1].as<std::string>();
    if (!context || !key) return {};
    return entry(a[0], *key).value_or(Value());
}

Value get_entries(Arguments a, const Call& call) {
    const auto* context = a[0].as<Context>();
    if (!context) return {};
    List out;
    for (const auto& [name, value] : *context) {
        if (!spend(call.budget, 1 + name.size() / 64 + cost_of_copy(value))) return {};
        out.emplace_back(Context{{"key", Value(name)}, {"value", value}});
    }
    return out;
}

void put(Context& context, const std::string& name, const Value& value) {
    const auto found = std::find_if(context.begin(), context.end(),
                                    [&](const auto& one) { return one.first == name; });
    if (found != context.end())
        found->second = value;
    else
        context.emplace_back(name, value);
}

/// Creates a context from a list of contexts with `key` and `value`.
Value to_context(Arguments a, const Call& call) {
    const auto* list = a[0].as<List>();
    if (!list && !a[0].as<Context>()) return {};
    Context out;
    for (const auto& item : list ? *list : List{a[0]}) {
        const auto key = entry(item, "key");
        const auto value = entry(item, "value");
        const auto* name = key ? key->as<std::string>() : nullptr;
        if (!name || !value || !spend(call.budget, 1 + out.size() / 8)) return {};
        const bool twice = std::any_of(out.begin(), out.end(),
                                       [&](const auto& one) { return one.first == *name; });
        if (twice) return {};
        out.emplace_back(*name, *value);
    }
    return out;
}

/// Puts a value at the end of a path of keys; contexts on the path are copied.
Value put_along(const Value& into, std::span<const Value> keys, const Value& value,
                const Call& call) {
    const auto* context = into.as<Context>();
    const auto* name = keys.empty() ? nullptr : keys.front().as<std::string>();
    if (!context || !name || !spend(call.budget, 1 + context->size())) return {};
    auto out = *context;
    if (keys.size() == 1) {
        put(out, *name, value);
        return out;
    }
    const auto inner =
        put_along(entry(into, *name).value_or(Value()), keys.subspan(1), value, call);
    if (inner.is_null()) return {};
    put(out, *name, inner);
    return out;
}

Value context_put(Arguments a, const Call& call) {
    if (const auto* keys = a[1].as<List>()) return put_along(a[0], *keys, a[2], call);
    return put_along(a[0], a.subspan(1, 1), a[2], call);
}

Value context_merge(Arguments a, const Call& call) {
    Context out;
    for (const auto& part : spread(a)) {
        const auto* context = part.as<Context>();
        if (!context || !spend(call.budget, 1 + context->size() + out.size() / 8)) return {};
        for (const auto& [name, value] : *context) put(out, name, value);
    }
    return out;
}

}  // namespace

std::vector<Builtin> context_functions() {
    constexpr auto c = Kind::context;
    return {
        {"get value",
         {{"m", c, false, "context"}, {"key", Kind::string}},
         false,
         Kind::any,
         get_value,
         "the value of the entry with this name",
         "get value({a: 1}, \"a\")",
         "1"},
        {"get entries",
         {{"m", c, false, "context"}},
         false,
         Kind::list,
         get_entries,
         "each entry as a context of `key` and `value`",
         "get entries({a: 1})",
         "[{key: \"a\", value: 1}]"},
        {"context",
         {{"entries", Kind::list}},
         false,
         c,
         to_context,
         "builds a context from entries with `key` and `value`",
         "context([{key: \"a\", value: 1}])",
         "{a: 1}"},
        {"context put",
         {{"context", c}, {"key"}, {"value"}},
         false,
         c,
         context_put,
         "adds or replaces an entry",
         "context put({a: 1}, \"b\", 2)",
         "{a: 1, b: 2}"},
        {"context put",
         {{"context", c}, {"keys", Kind::list}, {"value"}},
         false,
         c,
         context_put,
         "adds or replaces an entry in a nested context",
         "context put({a: {b: 1}}, [\"a\", \"b\"], 2)",
         "{a: {b: 2}}"},
        {"context merge",
         {{"contexts", Kind::list}},
         false,
         c,
         context_merge,
         "joins the entries of all contexts; of equal names the last one counts",
         "context merge([{a: 1}, {a: 2, b: 3}])",
         "{a: 2, b: 3}"},
    };
}

}  // namespace workflow::feel
