#pragma once

/// Reading steps: what the kinds share. Each kind's keys are read in a file of its own.

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "../item.hpp"
#include "../readers.hpp"
#include "step.hpp"

namespace workflow::definition {

/// What one item's steps are read with, and what is learned of them.
struct StepReading {
    DiagnosticSink& findings;
    std::optional<std::vector<std::string>>
        fields;  ///< the item's, sorted; nothing: there is no item
    std::optional<std::vector<std::string>>
        posts;  ///< the organization's, sorted; nothing: not loaded

    std::unordered_map<std::string, Mark> seen{};  ///< every step so far, wherever it is nested
    std::unordered_set<std::string> duties{};
    std::vector<SeparatedGroup> panels{};  ///< the members of each panel
};

/// The steps of a mapping from names to steps, in written order. What cannot be read is left out.
std::vector<Step> read_steps(const YamlNode& steps, StepReading& reading);
std::optional<Step> read_step(const std::string& id, Mark id_mark, const YamlNode& node,
                              StepReading& reading);
/// `{start, steps}`: the inside of a branch or a stage.
Branch read_region(const std::string& name, Mark name_mark, const YamlNode& node,
                   StepReading& reading);
/// `then:`
Target read_then(const Form& form);

/// The name of a post, of the organization's where that is loaded; empty with a finding.
PostId read_post(const YamlNode& node, StepReading& reading);
TaskStep read_task(const Form& form, StepReading& reading);
ChooseStep read_choose(const Form& form, StepReading& reading);
SampleStep read_sample(const Form& form);
ParallelStep read_panel(const Form& form, const Step& panel, StepReading& reading);
/// The task's own limit, with its rule, and who is warned and told of it.
void read_task_limit(const Form& form, Step& step, StepReading& reading);
/// `pool:`
void read_pool(const YamlNode& node, TaskStep& task, DiagnosticSink& findings);
/// What a task and a member of a panel have in common.
void read_task_keys(const Form& form, TaskStep& task, StepReading& reading);
WaitStep read_wait(const Form& form, bool has_timeouts, StepReading& reading);
ParallelStep read_parallel(const Form& form, StepReading& reading);
StageStep read_stage(const Form& form, StepReading& reading);
EndStep read_end(const Form& form);

}  // namespace workflow::definition
