#include <workflow/version.hpp>

#define WORKFLOW_TEXT_OF(number) #number
#define WORKFLOW_VERSION_TEXT(major, minor, patch) \
    WORKFLOW_TEXT_OF(major) "." WORKFLOW_TEXT_OF(minor) "." WORKFLOW_TEXT_OF(patch)

namespace workflow::inline v0 {

std::string_view version() noexcept {
    return WORKFLOW_VERSION_TEXT(WORKFLOW_VERSION_MAJOR, WORKFLOW_VERSION_MINOR,
                                 WORKFLOW_VERSION_PATCH);
}

}  // namespace workflow::inline v0
