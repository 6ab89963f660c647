// The targets of steps in an item that is not compiled.

#include <algorithm>

#include <fmt/format.h>

#include "item_parts.hpp"

namespace workflow::definition {

namespace {

class Targets {
public:
    Targets(const std::vector<std::string>& known, DiagnosticSink& findings)
        : known_(known), findings_(findings) {}

    void check(const StepId& step, Mark mark, bool inside) {
        // A name that could not be read has been reported. A parameter without a value has no
        // target yet.
        const auto& name = step.text;
        if (name.empty() || name.front() == '=' || name == done_target) return;
        if (std::binary_search(known_.begin(), known_.end(), name)) return;
        auto names = known_;
        if (inside) names.emplace_back(done_target);
        findings_.add("unknown-step", mark, fmt::format("there is no step `{}`", name),
                      suggestion(name, names, findings_));
    }
    void check(const Target& target, bool inside) { check(target.step, target.mark, inside); }

    void check(const std::vector<Step>& steps, bool inside) {
        for (const Step& step : steps) {
            for (const auto& timeout : step.timeouts) check(timeout.to, inside);
            std::visit([&](const auto& kind) { visit(kind, inside); }, step.kind);
        }
    }

private:
    void visit(const TaskStep& task, bool inside) {
        for (const auto& outcome : task.outcomes) check(outcome.to, inside);
    }
    void visit(const ChooseStep& choose, bool inside) {
        for (const auto& branch : choose.branches) check(branch.to, inside);
    }
    void visit(const WaitStep& wait, bool inside) {
        if (wait.supplied) check(*wait.supplied, inside);
    }
    void visit(const ParallelStep& parallel, bool inside) {
        for (const auto& branch : parallel.branches) region(branch);
        check(parallel.then, inside);
    }
    void visit(const StageStep& stage, bool inside) {
        region(stage.body);
        check(stage.then, inside);
    }
    void visit(const EndStep&, bool) {}
    void visit(const SampleStep& sample, bool inside) {
        check(sample.to, inside);
        check(sample.otherwise, inside);
    }
    void region(const Branch& branch) {
        // If there are no steps, the steps are missing, not the target.
        if (!branch.steps.empty()) check(branch.start, branch.start_mark, true);
        check(branch.steps, true);
    }

    const std::vector<std::string>& known_;
    DiagnosticSink& findings_;
};

}  // namespace

void check_targets(const Item& item, const std::vector<std::string>& known,
                   DiagnosticSink& findings) {
    // If there are none, the error is in the steps, not in their targets.
    if (known.empty()) return;
    Targets targets(known, findings);
    targets.check(item.start, item.start_mark, false);
    if (item.withdraw) targets.check(*item.withdraw, false);
    targets.check(item.steps, false);
}

}  // namespace workflow::definition
