#pragma once

/// Whether this build watches memory or threads. What tries everything there is then tries a part
/// of it, since it takes ten times as long; a release build tries all.

#if defined(__has_feature)  // Clang's way to tell
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define WORKFLOW_SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WORKFLOW_SANITIZED
#endif

namespace workflow::testing {

#if defined(WORKFLOW_SANITIZED)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

}  // namespace workflow::testing
