#include <algorithm>

#include <fmt/format.h>

#include "lowering.hpp"

namespace workflow::process::lower {

namespace {

/// Parses `text` as a value of `type`. Returns nullopt when it is not one.
std::optional<Value> value_of(const std::string& text, const feel::Type& type) {
    switch (type.kind) {
        case feel::Kind::boolean:
            if (text == "true") return Value(true);
            if (text == "false") return Value(false);
            return {};
        case feel::Kind::number:
            if (const auto number = parse_decimal(text)) return Value(*number);
            return {};
        default:
            return Value(text);
    }
}

bool has_known_values(const feel::Type& type) {
    return type.kind == feel::Kind::any || type.kind == feel::Kind::string ||
           type.kind == feel::Kind::number || type.kind == feel::Kind::boolean;
}

}  // namespace

feel::Expression condition_of(Lowering& to, const definition::ChooseBranch& branch,
                              const feel::Expression& by) {
    const auto& type = by.type();
    const auto value = value_of(*branch.value, type);
    const bool known =
        value && (type.values.empty() || std::find(type.values.begin(), type.values.end(),
                                                   *branch.value) != type.values.end());
    if (known) return feel::equals(by, *value);
    const auto near = nearest(*branch.value, type.values);
    to.findings.add("expression-type", branch.mark,
                    fmt::format("a {} is never `{}`", feel::to_string(type), *branch.value),
                    did_you_mean(near));
    return {};
}

void lower_choose(Lowering& to, const definition::Step& step, const definition::ChooseStep& choose,
                  const Scope& scope) {
    const auto place = to.process.steps[to.index_of(step)].at;
    const auto by = to.compile(choose.by, {});
    if (by && !has_known_values(by.type()))
        to.findings.add(
            "expression-type", choose.by.mark,
            fmt::format("`by` requires a string, a number or a boolean, and this is a {}",
                        feel::to_string(by.type())));
    for (const auto& branch : choose.branches) {
        auto& transition = to.leave(place, Transition::Trigger::automatic, branch.mark);
        if (branch.value) {
            if (by) transition.guard = condition_of(to, branch, by);
            const auto value = value_of(*branch.value, by.type());
            transition.guard_text =
                fmt::format("{} = {}", choose.by.text, value ? to_string(*value) : *branch.value);
            transition.guard_mark = choose.by.mark;
        } else {
            transition.guard = to.compile_condition(branch.when);
            transition.guard_text = branch.when.text;
            transition.guard_mark = branch.when.mark;
        }
        to.lead_to(transition, branch.to, scope);
        to.process.places[place].automatic.push_back(to.last());
    }
}

}  // namespace workflow::process::lower
