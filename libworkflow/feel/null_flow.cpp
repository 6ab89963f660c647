#include "null_flow.hpp"

#include <algorithm>
#include <iterator>

#include "ast.hpp"
#include "builtins/table.hpp"

namespace workflow::feel {
namespace {

void join(Slots& into, const Slots& more) {
    into.insert(more.begin(), more.end());
}

Slots common(const Slots& one, const Slots& other) {
    Slots both;
    std::set_intersection(one.begin(), one.end(), other.begin(), other.end(),
                          std::inserter(both, both.end()));
    return both;
}

template <class Of>
Slots of_any(const std::vector<Node>& parts, Of of) {
    Slots all;
    for (const auto& part : parts) join(all, of(part));
    return all;
}

template <class Of>
Slots of_all(const std::vector<Node>& parts, Of of) {
    Slots all = of(parts.front());
    for (const auto& part : parts) all = common(all, of(part));
    return all;
}

bool is_null(const Node& node) {
    return node.op == Operator::constant && node.value.is_null();
}

bool is_call(const Node& node, std::string_view name) {
    return node.op == Operator::call && node.builtin && node.builtin->name == name;
}

/// Returns whether the node is a constant other than null.
bool is_something(const Node& node) {
    return node.op == Operator::constant && !node.value.is_null();
}

/// Returns whether the test treats null like any other value, so that its result is never null.
bool compares_for_equality(const Node& test) {
    return test.op == Operator::test_equal || test.op == Operator::test_not_equal ||
           (test.op == Operator::test_value && is_something(test.parts.front()) &&
            !test.parts.front().value.as<Range>());
}

/// Returns whether the result is null if any operand is null.
bool is_strict(Operator op) {
    switch (op) {
        case Operator::negate:
        case Operator::add:
        case Operator::subtract:
        case Operator::multiply:
        case Operator::divide:
        case Operator::power:
        case Operator::less:
        case Operator::less_equal:
        case Operator::greater:
        case Operator::greater_equal:
        case Operator::between:
            return true;
        default:
            return false;
    }
}

/// Returns the slots that make the node null if they are null.
Slots nullifying(const Node& node) {
    if (is_strict(node.op)) return of_any(node.parts, nullifying);
    switch (node.op) {
        case Operator::slot:
            return {node.index};
        case Operator::path:
            return nullifying(node.parts.front());
        case Operator::in:
        case Operator::none_of:
            if (std::none_of(node.parts.begin() + 1, node.parts.end(), compares_for_equality))
                return nullifying(node.parts.front());
            return {};
        case Operator::call:
            return is_call(node, "not") ? nullifying(node.parts.front()) : Slots();
        default:
            return {};
    }
}

/// Returns the slots that make the node `answer` if they are null.
Slots settling(const Node& node, bool answer) {
    const auto each = [&](const Node& part) { return settling(part, answer); };
    const auto equality = [&](const Node& value, const Node& other, bool when_null) {
        if (is_null(other)) return when_null == answer ? Slots() : nullifying(value);
        if (is_something(other)) return when_null == answer ? nullifying(value) : Slots();
        return Slots();
    };
    switch (node.op) {
        case Operator::equal:
        case Operator::not_equal: {
            // Null differs from everything except null.
            const bool differs = node.op == Operator::not_equal;
            auto slots = equality(node.parts[0], node.parts[1], differs);
            join(slots, equality(node.parts[1], node.parts[0], differs));
            return slots;
        }
        case Operator::in:
        case Operator::none_of:
            if ((node.op == Operator::none_of) == answer &&
                std::all_of(node.parts.begin() + 1, node.parts.end(), [](const Node& test) {
                    return compares_for_equality(test) && test.op != Operator::test_not_equal &&
                           is_something(test.parts.front());
                }))
                return nullifying(node.parts.front());
            return {};
        case Operator::instance_of:
            return answer ? Slots() : nullifying(node.parts.front());
        case Operator::both:
            return answer ? of_all(node.parts, each) : of_any(node.parts, each);
        case Operator::either:
            return answer ? of_any(node.parts, each) : of_all(node.parts, each);
        case Operator::call:
            if (is_call(node, "not")) return settling(node.parts.front(), !answer);
            if (is_call(node, "is defined") && !answer) return nullifying(node.parts.front());
            return {};
        default:
            return {};
    }
}

/// Returns the slots that are not null where the node is true.
Slots known_where_true(const Node& node) {
    if (node.op == Operator::both) return of_any(node.parts, known_where_true);
    if (node.op == Operator::either) return of_all(node.parts, known_where_true);
    auto known = nullifying(node);
    join(known, settling(node, false));
    return known;
}

class Search {
public:
    explicit Search(const Slots& may_be_null) : may_be_null_(may_be_null) {}

    /// Records what makes the node null. `asked` are the slots that were tested for null before.
    void look(const Node& node, const Slots& asked) {
        if (is_strict(node.op))
            for (const auto& part : node.parts) look(part, asked);
        switch (node.op) {
            case Operator::slot:
                if (may_be_null_.contains(node.index) && !asked.contains(node.index))
                    flows.push_back({node.index, node.begin, node.end});
                return;
            case Operator::both:
            case Operator::either:
                return look_at_connective(node, asked);
            case Operator::condition:
                return look_at_choice(node, asked);
            case Operator::in:
            case Operator::none_of:
                if (!std::all_of(node.parts.begin() + 1, node.parts.end(), compares_for_equality))
                    look(node.parts.front(), asked);
                return;
            case Operator::call:
                return look_at_call(node, asked);
            case Operator::path:
            case Operator::filter:
            case Operator::loop:
            case Operator::some:
            case Operator::every:
                // A null list or context makes the result null; nulls inside it are not considered.
                return look(node.parts.front(), asked);
            default:
                return;
        }
    }

    std::vector<NullFlow> flows;

private:
    void look_at_connective(const Node& node, const Slots& asked) {
        const bool decisive = node.op == Operator::either;
        for (const auto& part : node.parts) {
            auto settled = asked;
            for (const auto& other : node.parts)
                if (&other != &part) join(settled, settling(other, decisive));
            look(part, settled);
        }
    }

    void look_at_choice(const Node& node, const Slots& asked) {
        const auto& question = node.parts[0];
        look(question, asked);
        auto then = asked, otherwise = asked;
        join(then, known_where_true(question));
        join(otherwise, settling(question, true));
        // Reported once, for the condition.
        join(otherwise, nullifying(question));
        look(node.parts[1], then);
        look(node.parts[2], otherwise);
    }

    void look_at_call(const Node& node, const Slots& asked) {
        if (is_call(node, "is defined") || is_call(node, "is")) return;
        if (is_call(node, "list contains")) return look(node.parts.front(), asked);
        for (const auto& part : node.parts) look(part, asked);
    }

    const Slots& may_be_null_;
};

}  // namespace

std::vector<NullFlow> null_flows(const Expression& condition, const Slots& may_be_null) {
    Search search(may_be_null);
    if (condition) search.look(*condition.root(), {});
    std::sort(search.flows.begin(), search.flows.end(),
              [](const auto& a, const auto& b) { return a.begin < b.begin; });
    return std::move(search.flows);
}

Slots not_null_where_true(const Expression& condition) {
    return condition ? known_where_true(*condition.root()) : Slots();
}

}  // namespace workflow::feel
