// `choose:`: the first branch that holds.

#include "reading.hpp"

namespace workflow::definition {

namespace {

ChooseBranch read_branch(const YamlNode& node, StepReading& reading) {
    Findings& findings = reading.findings;
    const Form form(node, "step.choose.branch", findings);
    ChooseBranch branch;
    branch.mark = node.mark;
    const auto* when = form.find("when");
    const auto* otherwise = form.find("otherwise");
    if (otherwise) {
        for (const std::string_view key : {"when", "to"}) {
            if (!form.find(key)) continue;
            auto& finding = findings.add("keys-exclude-each-other", form.key_mark(key),
                                         "a branch has `when` and `to`, or `otherwise`",
                                         "make two branches of it");
            findings.relate(finding, form.key_mark("otherwise"), "the otherwise");
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

}  // namespace

ChooseStep read_choose(const Form& form, StepReading& reading) {
    ChooseStep choose;
    const auto* list = form.require("choose");
    if (!list) return choose;
    const YamlNode* otherwise = nullptr;
    const auto branches = read_list(*list, "`choose`", form.findings());
    for (const YamlNode* node : branches) {
        if (otherwise) {
            auto& finding =
                form.findings().add("otherwise-not-last", node->mark,
                                    "this branch comes after `otherwise` and is never taken",
                                    "move `otherwise` to the end");
            form.findings().relate(finding, otherwise->mark, "the otherwise");
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
