#pragma once

/// Reading of steps: what all kinds share. The keys of each kind are read in a separate file.

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "../item.hpp"
#include "../readers.hpp"
#include "step.hpp"

namespace workflow::definition {

/// The context in which the steps of one item are read, and what is learned about them.
struct StepReading {
    DiagnosticSink& findings;
    /// the fields of the item, sorted; no value: there is no item
    std::optional<std::vector<std::string>> fields;
    /// the posts of the organization, sorted; no value: not loaded
    std::optional<std::vector<std::string>> posts;

    std::unordered_map<std::string, Mark> seen{};  ///< every step so far, at any level of nesting
    std::unordered_set<std::string> duties{};
    std::vector<SeparatedGroup> panels{};  ///< the members of each panel
};

/// Returns the steps of a mapping from names to steps, in the written order. Leaves out steps that
/// cannot be read.
std::vector<Step> read_steps(const YamlNode& steps, StepReading& reading);
std::optional<Step> read_step(const std::string& id, Mark id_mark, const YamlNode& node,
                              StepReading& reading);
/// Reads `{start, steps}`: the inside of a branch or a stage.
Branch read_region(const std::string& name, Mark name_mark, const YamlNode& node,
                   StepReading& reading);
/// Reads `then:`.
Target read_then(const Form& form);

/// Reads the name of a post, which must be a post of the organization if one is loaded. Returns an
/// empty name with a finding otherwise.
PostId read_post(const YamlNode& node, StepReading& reading);
TaskStep read_task(const Form& form, StepReading& reading);
ChooseStep read_choose(const Form& form, StepReading& reading);
SampleStep read_sample(const Form& form);
ParallelStep read_panel(const Form& form, const Step& panel, StepReading& reading);
/// Reads the task's own limit with its rule, and who is warned and informed about it.
void read_task_limit(const Form& form, Step& step, StepReading& reading);
/// Reads `pool:`.
void read_pool(const YamlNode& node, TaskStep& task, DiagnosticSink& findings);
/// Reads the keys that a task and a member of a panel have in common.
void read_task_keys(const Form& form, TaskStep& task, StepReading& reading);
WaitStep read_wait(const Form& form, bool has_timeouts, StepReading& reading);
ParallelStep read_parallel(const Form& form, StepReading& reading);
StageStep read_stage(const Form& form, StepReading& reading);
EndStep read_end(const Form& form);

}  // namespace workflow::definition
