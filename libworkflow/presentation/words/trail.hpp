#pragma once

/// Describes the trail in words for people: when, who, what, until when.

#include <map>
#include <memory>
#include <string>

#include <workflow/catalog.hpp>
#include <workflow/event.hpp>

#include "../../engine/after_term.hpp"
#include "../../process/net.hpp"

namespace workflow::definition {
struct Organization;
}

namespace workflow::presentation {

struct TrailLine {
    std::string when, who, what, due;
};

/// Describes one case, event by event from the first. Remembers which step a task's number stands
/// for.
class TrailWords {
public:
    /// `personal`: shows the values of personal fields, not only that they were given.
    TrailWords(Catalog catalog, std::string language, bool personal);
    TrailLine tell(const Event& event);

private:
    friend struct Teller;
    Catalog catalog_;
    std::string language_;
    bool personal_;
    std::shared_ptr<const process::Process> process_;
    std::map<TaskNumber, StepId> steps_;
    engine::AfterTerm after_term_;
};

/// Returns the name of a step in a language; like all functions below, the id if the catalog has no
/// title.
std::string step_name(const process::Process* process, const StepId& step,
                      const std::string& language);
std::string officer_name(const definition::Organization& organization, const OfficerId& officer);
std::string post_name(const definition::Organization& organization, const PostId& post,
                      const std::string& language);

}  // namespace workflow::presentation
