#include "check_log.hpp"

#include <map>
#include <optional>
#include <unordered_map>

#include "foreign_log.hpp"

namespace workflow::report {

CheckedLog check_log(const std::filesystem::path& file, const LocalClock& clock,
                     const process::Process& process, const ActivityMap& map,
                     Conformance::Options options) {
    CheckedLog log(process, options);
    std::unordered_map<std::string, std::optional<Activity>> numbers, by_deed;
    const auto number_of_name = [&](const std::string& name) {
        const auto [at, fresh] = numbers.try_emplace(name);
        if (fresh)
            if (auto stands_for = map.stands_for(name)) {
                log.activities.push_back({name, !stands_for->empty(), 0});
                at->second = log.conformance.add(std::move(*stands_for));
            }
        return at->second;
    };
    const auto number_of = [&](const Deed& deed) {
        const auto [at, fresh] = by_deed.try_emplace(deed.activity + '.' + deed.outcome);
        if (fresh)
            at->second = number_of_name(
                !deed.outcome.empty() && map.knows(at->first) ? at->first : deed.activity);
        return at->second;
    };
    std::unordered_map<const Variant*, std::size_t> places;
    std::u16string trace;
    read_foreign_log(file, clock, [&](const ForeignCase& found) {
        trace.clear();
        for (const auto& deed : found.deeds)
            if (const auto number = number_of(deed)) {
                trace += *number;
                ++log.activities[*number].events;
            }
        ++log.cases;
        log.events += trace.size();
        const auto& variant = log.conformance.check(trace);
        const auto [at, fresh] = places.try_emplace(&variant, log.deviating.size());
        if (fresh) log.deviating.emplace_back();
        if (!variant.fits()) log.deviating[at->second].push_back(found.name);
    });
    return log;
}

}  // namespace workflow::report
