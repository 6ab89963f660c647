// `parallel:`: parallel branches.

#include <charconv>

#include <fmt/format.h>

#include "reading.hpp"

namespace workflow::definition {

namespace {

/// Returns the number of branches that must be done; 0, with a finding, if the text is invalid.
std::uint32_t read_join(const YamlNode& node, std::size_t branches, DiagnosticSink& findings) {
    const auto text = read_text(node, "`join`", findings);
    if (!text) return 0;
    const auto count = static_cast<std::uint32_t>(branches);
    if (*text == "all") return count;
    if (*text == "any") return 1;
    std::uint32_t needed = 0, of = 0;
    const char* end = text->data() + text->size();
    const auto first = std::from_chars(text->data(), end, needed);
    const std::string_view rest(first.ptr, static_cast<std::size_t>(end - first.ptr));
    if (first.ec == std::errc{} && rest.starts_with(" of ")) {
        const auto second = std::from_chars(first.ptr + 4, end, of);
        if (second.ec == std::errc{} && second.ptr == end && needed >= 1 && needed <= of &&
            of == count)
            return needed;
        if (second.ec == std::errc{} && second.ptr == end) {
            findings.add("bad-join", node.mark,
                         fmt::format("`{}` does not fit a step with {} branches", *text, count),
                         fmt::format("write M of {}, with M from 1 to {}", count, count));
            return 0;
        }
    }
    findings.add("bad-join", node.mark,
                 fmt::format("`join` must be `all`, `any` or `M of N`, not `{}`", *text),
                 fmt::format("for example `1 of {}`", count));
    return 0;
}

Branch read_branch(const YamlNode::Entry& entry, StepReading& reading) {
    const YamlNode& node = entry.value;
    check_id(entry.key, entry.key_mark, "the name of a branch", reading.findings);
    if (node.kind != YamlNode::Kind::mapping || node.find("start") || node.find("steps")) {
        return read_region(entry.key, entry.key_mark, node, reading);
    }
    Branch branch;
    branch.name = entry.key;
    branch.mark = branch.start_mark = entry.key_mark;
    branch.start = StepId(entry.key);
    if (auto step = read_step(entry.key, entry.key_mark, node, reading))
        branch.steps.push_back(std::move(*step));
    return branch;
}

}  // namespace

ParallelStep read_parallel(const Form& form, StepReading& reading) {
    ParallelStep parallel;
    if (const auto* branches = form.require("parallel")) {
        for (const YamlNode::Entry& entry :
             read_entries(*branches, "`parallel`", form.findings())) {
            parallel.branches.push_back(read_branch(entry, reading));
        }
    }
    parallel.needed = static_cast<std::uint32_t>(parallel.branches.size());
    if (const auto* join = form.find("join"); join && !parallel.branches.empty()) {
        parallel.needed = read_join(*join, parallel.branches.size(), form.findings());
    }
    parallel.then = read_then(form);
    return parallel;
}

}  // namespace workflow::definition
