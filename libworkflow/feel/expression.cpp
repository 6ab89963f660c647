#include "expression.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ast.hpp"
#include "checker.hpp"
#include "evaluator.hpp"
#include "parser.hpp"

namespace workflow::feel {
namespace {

void collect_slots(const Node& node, std::vector<std::uint32_t>& slots) {
    if (node.op == Operator::slot) slots.push_back(node.index);
    for (const auto& part : node.parts) collect_slots(part, slots);
}

}  // namespace

Expression compile(std::string_view text, const Scope& scope, std::vector<Mistake>& mistakes,
                   const std::optional<Type>& wanted) {
    const auto before = mistakes.size();
    auto root = parse(text, scope, mistakes);
    if (!root) return {};
    check(*root, scope, mistakes);
    const auto type = root->type;
    if (wanted && mistakes.size() == before) {
        if (!fits(type, *wanted))
            mistakes.push_back({Mistake::Kind::type, root->begin, root->end,
                                fmt::format("a {} is wanted here, and this is a {}",
                                            to_string(*wanted), to_string(type)),
                                ""});
        check_member(*root, *wanted, "what is wanted here", mistakes);
    }
    if (mistakes.size() != before) return {};
    fold(*root);
    return {std::make_shared<const Node>(std::move(*root)), type};
}

Value Expression::evaluate(std::span<const Value> slots, const Moment& moment) const {
    return root_ ? feel::evaluate(*root_, slots, moment) : Value();
}

std::vector<std::uint32_t> Expression::reads() const {
    std::vector<std::uint32_t> slots;
    if (root_) collect_slots(*root_, slots);
    std::sort(slots.begin(), slots.end());
    slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
    return slots;
}

}  // namespace workflow::feel
