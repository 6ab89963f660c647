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
    if (node.body) collect_slots(*node.body, slots);
}

}  // namespace

namespace {

/// Gives functions shared ownership of their bodies, because a function may outlive the evaluation
/// that created it. Returns the height of the tree.
std::uint32_t seal(Node& node) {
    std::uint32_t height = 0;
    for (auto& part : node.parts) height = std::max(height, seal(part));
    if (node.op == Operator::external) node.parts.clear();
    if (node.op == Operator::function) {
        node.height = height + 1;
        node.body = std::make_shared<const Node>(std::move(node.parts[0]));
        node.parts.clear();
    }
    return height + 1;
}

bool fatal(const Mistake& mistake) {
    return mistake.kind == Mistake::Kind::syntax || mistake.kind == Mistake::Kind::limit;
}

Expression finish(std::optional<Node> root, const Scope& scope, const Type& input,
                  std::size_t before, std::vector<Mistake>& mistakes, const Options& options) {
    if (!root) return {};
    check(*root, scope, input, mistakes);
    const auto type = root->type;
    if (options.wanted && mistakes.size() == before) {
        if (!fits(type, *options.wanted))
            mistakes.push_back({Mistake::Kind::type, root->begin, root->end,
                                fmt::format("a {} is required here, but this is a {}",
                                            to_string(*options.wanted), to_string(type)),
                                ""});
        check_member(*root, *options.wanted, "this expression", mistakes);
    }
    const auto first = mistakes.begin() + static_cast<std::ptrdiff_t>(before);
    if (options.lenient ? std::any_of(first, mistakes.end(), fatal) : first != mistakes.end())
        return {};
    fold(*root, scope);
    seal(*root);
    return {std::make_shared<const Node>(std::move(*root)), type};
}

}  // namespace

std::string_view finding_of(Mistake::Kind kind) {
    switch (kind) {
        case Mistake::Kind::syntax:
            return "expression-syntax";
        case Mistake::Kind::limit:
            return "expression-too-large";
        case Mistake::Kind::unknown_name:
            return "unknown-name";
        case Mistake::Kind::type:
            break;
    }
    return "expression-type";
}

Expression compile(std::string_view text, const Scope& scope, std::vector<Mistake>& mistakes,
                   const Options& options) {
    const auto before = mistakes.size();
    return finish(parse(text, scope, mistakes), scope, Type(), before, mistakes, options);
}

Expression compile_unary_tests(std::string_view text, const Scope& scope, const Type& input,
                               std::vector<Mistake>& mistakes, const Options& options) {
    const auto before = mistakes.size();
    return finish(parse_tests(text, scope, mistakes), scope, input, before, mistakes, options);
}

Expression equals(const Expression& expression, Value value) {
    Node constant, equality;
    constant.value = std::move(value);
    equality.op = Operator::equal;
    equality.type.kind = Kind::boolean;
    equality.end = expression.root()->end;
    equality.parts = {*expression.root(), std::move(constant)};
    auto type = equality.type;
    return {std::make_shared<const Node>(std::move(equality)), std::move(type)};
}

Value Expression::evaluate(std::span<const Value> slots, const Moment& moment) const {
    Evaluation evaluation;
    evaluation.moment = moment;
    return evaluate(slots, evaluation);
}

Value Expression::evaluate(std::span<const Value> slots, Evaluation& evaluation) const {
    return root_ ? feel::evaluate(*root_, slots, evaluation) : Value();
}

std::optional<Value> Expression::constant() const {
    if (!root_ || root_->op != Operator::constant) return {};
    return root_->value;
}

std::vector<std::uint32_t> Expression::reads() const {
    std::vector<std::uint32_t> slots;
    if (root_) collect_slots(*root_, slots);
    std::sort(slots.begin(), slots.end());
    slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
    return slots;
}

}  // namespace workflow::feel
