// `wait:`: waits for the applicant, or for time to pass.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "reading.hpp"

namespace workflow::definition {

WaitStep read_wait(const Form& form, bool has_timeouts, StepReading& reading) {
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
    if (const auto* asks = form.find("asks")) {
        if (!wait.for_applicant)
            form.findings().add("idle-key", form.key_mark("asks"),
                                "`asks` has no effect on `wait: time`",
                                "write `wait: applicant` or delete it");
        for (const auto& field : read_texts_list(*asks, "`asks`", form.findings(), true)) {
            const auto mark = entry_mark(*asks, field);
            if (reading.fields &&
                !std::binary_search(reading.fields->begin(), reading.fields->end(), field))
                form.findings().add("unknown-field", mark,
                                    fmt::format("the item has no field `{}`", field),
                                    suggestion(field, *reading.fields, form.findings()));
            wait.asks.push_back({FieldId(field), mark});
        }
    }
    if (!wait.for_applicant) {
        if (supplied) {
            form.findings().add("idle-key", supplied->mark,
                                "`supplied` has no effect on `wait: time`",
                                "write `wait: applicant` or delete it");
        }
        if (!has_timeouts) {
            form.findings().add("wait-without-end", what->mark,
                                "`wait: time` needs a time after which it ends",
                                "add `on: {after LIMIT: STEP}`");
        }
        return wait;
    }
    if (!supplied) {
        form.findings().add(
            "wait-without-end", what->mark,
            "the wait names no step for when the applicant has supplied what was asked for",
            "add `on: {supplied: STEP}`");
    }
    if (!has_timeouts) {
        form.findings().add("endless-wait", what->mark,
                            "the case waits forever if the applicant does not respond",
                            "add `after LIMIT: STEP` under `on`");
    }
    return wait;
}

}  // namespace workflow::definition
