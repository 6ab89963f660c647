#include "case_clocks.hpp"

#include "../definition/organization.hpp"
#include "catalog_access.hpp"
#include "session_access.hpp"

namespace workflow::shell {

std::vector<engine::CaseClock> clocks_of(Engine& engine, const CaseNumber& number, Date today) {
    const auto trail = engine.reader().trail(number);
    if (!trail) return {};
    std::vector<engine::CaseClock> clocks;
    engine.transact([&](Engine::Session& session) {
        const auto* live = SessionAccess::look(session, number);
        if (live == nullptr) return;
        const auto catalog = engine.catalog();
        const auto parts = compiled(catalog);
        const auto all = parts.calendars(*live->process);
        const auto clock = parts.organization().clock_of(live->state.hall);
        clocks = engine::clocks_of(live->state, *live->process, *trail,
                                   {parts.calendar(*live->process), all, clock}, today);
    });
    return clocks;
}

}  // namespace workflow::shell
