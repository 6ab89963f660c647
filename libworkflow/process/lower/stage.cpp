#include "lowering.hpp"

namespace workflow::process::lower {

// A stage is a parallel with one branch: its body.
void lower_stage(Lowering& to, const definition::Step& step, const definition::StageStep& stage,
                 const Scope& scope) {
    lower_region(to, step, {&stage.body}, {{1, stage.then}}, scope);
}

}  // namespace workflow::process::lower
