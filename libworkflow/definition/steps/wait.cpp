// `wait:`: for the applicant, or for time to pass.

#include <array>

#include "reading.hpp"

namespace workflow::definition {

WaitStep read_wait(const Form& form, bool has_timeouts) {
    static constexpr std::array<std::string_view, 2> words{"applicant", "time"};
    WaitStep wait;
    const auto* what = form.require("wait");
    if (!what) return wait;
    const auto word = read_word(*what, "`wait`", words, form.findings());
    if (!word) return wait;
    wait.for_applicant = *word == 0;
    const auto* on = form.find("on");
    const auto* supplied = on ? on->find("supplied") : nullptr;
    if (supplied) wait.supplied = read_target(*supplied, form.findings());
    if (!wait.for_applicant) {
        if (supplied) {
            form.findings().add("idle-key", supplied->mark,
                                "a wait for time is not ended by what is supplied",
                                "write `wait: applicant`, or delete it");
        }
        if (!has_timeouts) {
            form.findings().add("wait-without-end", what->mark, "a wait for time needs a time",
                                "add `on: {after LIMIT: STEP}`");
        }
        return wait;
    }
    if (!supplied) {
        form.findings().add(
            "wait-without-end", what->mark,
            "the wait does not say where the case goes when the applicant has supplied",
            "add `on: {supplied: STEP}`");
    }
    if (!has_timeouts) {
        form.findings().add("endless-wait", what->mark,
                            "the case waits for ever when the applicant does not come back",
                            "add `after LIMIT: STEP` under `on`");
    }
    return wait;
}

}  // namespace workflow::definition
