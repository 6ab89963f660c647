#include "definitions.hpp"

#include <stdexcept>

#include "base/render.hpp"
#include "process/compiler.hpp"
#include "staff.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing {

Definitions::Definitions(std::vector<std::string> texts) : findings_(sources_) {
    std::vector<definition::Text> given;
    bool staffed = false;
    for (auto& text : texts) {
        staffed = staffed || text.rfind("organization:", 0) == 0;
        given.push_back({"text-" + std::to_string(given.size() + 1) + ".yaml", std::move(text)});
    }
    if (!staffed) given.push_back({"staff.yaml", hall_staff});
    loaded_ = definition::load(given, sources_, findings_);
    std::vector<YearNotice> notices;
    for (const auto& text : definition::read_texts({WORKFLOW_SOURCE_DIR "/definitions/calendars"},
                                                   sources_, findings_)) {
        for (auto& year : definition::load({text}, sources_, findings_).calendars)
            notices.push_back(std::move(year.notice));
    }
    calendar = WorkingDays(std::move(notices));
    if (loaded_.organization) organization = *loaded_.organization;
    for (const auto& item : loaded_.items)
        if (auto process = process::compile(item, &organization, findings_))
            processes.emplace(item.id.text, std::move(*process));
    if (!findings_.has_errors()) return;
    std::string all;
    for (const auto& finding : findings_.take()) all += render(finding);
    throw std::runtime_error(all);
}

}  // namespace workflow::testing
