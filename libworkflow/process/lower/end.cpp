#include "lowering.hpp"

namespace workflow::process::lower {

EndActivity lower_end(const definition::EndStep& end) {
    return {end.end};
}

}  // namespace workflow::process::lower
