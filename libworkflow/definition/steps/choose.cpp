// `choose:`: takes the first branch that holds, or the branch that a value names.

#include "reading.hpp"

namespace workflow::definition {

namespace {

ChooseBranch read_branch(const YamlNode& node, StepReading& reading) {
    DiagnosticSink& findings = reading.findings;
    const Form form(node, "step.choose.branch", findings);
    ChooseBranch branch;
    branch.mark = node.mark;
    const auto* when = form.find("when");
    const auto* otherwise = form.find("otherwise");
    if (otherwise) {
        for (const std::string_view key : {"when", "to"}) {
            if (!form.find(key)) continue;
            auto& finding = findings.add("keys-exclude-each-other", form.key_mark(key),
                                         "a branch has either `when` and `to`, or `otherwise`",
                                         "split it into two branches");
            findings.relate(finding, form.key_mark("otherwise"), "the `otherwise` branch");
        }
        branch.to = read_target(*otherwise, findings).value_or(Target{});
        return branch;
    }
    if (when)
        branch.when = read_expression(*when, "`when`", findings).value_or(ExpressionText{});
    else
        form.require("when");
    if (const auto* to = form.require("to"))
        branch.to = read_target(*to, findings).value_or(Target{});
    return branch;
}

/// Reads `choose: EXPRESSION` with `to: {VALUE: STEP, otherwise: STEP}`.
ChooseStep read_choice_by_value(const YamlNode& by, const Form& form) {
    DiagnosticSink& findings = form.findings();
    ChooseStep choose;
    choose.by = read_expression(by, "`choose`", findings).value_or(ExpressionText{});
    const auto* to = form.require("to");
    if (!to) return choose;
    std::optional<ChooseBranch> otherwise;
    for (const auto& entry : read_entries(*to, "`to`", findings)) {
        ChooseBranch branch;
        branch.mark = entry.key_mark;
        branch.to = read_target(entry.value, findings).value_or(Target{});
        if (entry.key == "otherwise") {
            otherwise = std::move(branch);
        } else {
            branch.value = entry.key;
            choose.branches.push_back(std::move(branch));
        }
    }
    if (otherwise) choose.branches.push_back(std::move(*otherwise));
    return choose;
}

}  // namespace

ChooseStep read_choose(const Form& form, StepReading& reading) {
    ChooseStep choose;
    const auto* list = form.require("choose");
    if (!list) return choose;
    if (list->kind == YamlNode::Kind::scalar) return read_choice_by_value(*list, form);
    if (form.find("to"))
        form.findings().add("idle-key", form.key_mark("to"),
                            "`to` is allowed only with a `choose` that is an expression",
                            "give each branch its own `to`");
    const YamlNode* otherwise = nullptr;
    const auto branches = read_list(*list, "`choose`", form.findings());
    for (const YamlNode* node : branches) {
        if (otherwise) {
            auto& finding =
                form.findings().add("otherwise-not-last", node->mark,
                                    "this branch comes after `otherwise` and is never taken",
                                    "move `otherwise` to the end");
            form.findings().relate(finding, otherwise->mark, "the `otherwise` branch");
        }
        if (node->find("otherwise")) otherwise = node;
        choose.branches.push_back(read_branch(*node, reading));
    }
    if (list->kind == YamlNode::Kind::sequence && branches.empty()) {
        form.findings().add("nothing-listed", list->mark, "`choose` has no branch");
    }
    return choose;
}

}  // namespace workflow::definition
