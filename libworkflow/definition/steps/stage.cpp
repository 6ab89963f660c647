// `stage:`: a named group of steps, left as a whole.

#include "reading.hpp"

namespace workflow::definition {

StageStep read_stage(const Form& form, StepReading& reading) {
    StageStep stage;
    if (const auto* body = form.require("stage")) {
        stage.body = read_region("", form.key_mark("stage"), *body, reading);
    }
    stage.then = read_then(form);
    return stage;
}

}  // namespace workflow::definition
