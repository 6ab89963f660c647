#include "case_clocks.hpp"

#include "../definition/organization.hpp"
#include "case_cache.hpp"

namespace workflow::shell {

std::vector<engine::CaseClock> clocks_of(Engine& engine, const CaseNumber& number, Date today) {
    const auto trail = engine.trail(number);
    if (!trail) return {};
    std::vector<engine::CaseClock> clocks;
    engine.transact([&](Engine::Session& session) {
        const auto* live = session.look(number);
        if (live == nullptr) return;
        const auto catalog = engine.catalog();
        const auto all = catalog.calendars(*live->process);
        const auto clock = catalog.organization().clock_of(live->state.hall);
        clocks = engine::clocks_of(live->state, *live->process, *trail,
                                   {catalog.calendar(*live->process), all, clock}, today);
    });
    return clocks;
}

}  // namespace workflow::shell
