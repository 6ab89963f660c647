#include "stories.hpp"

#include "../../definition/organization.hpp"
#include "../../shell/catalog_access.hpp"

namespace workflow::report {

EventLogReport for_each_story(const Catalog& catalog, Store& store, const EventLogOptions& options,
                              const std::function<void(const CaseStory&)>& visit) {
    constexpr std::size_t page = 1000;
    EventLogReport report;
    CaseReader reader(catalog, store, options.personal, options.vault);
    const auto& clock = compiled(catalog).organization().clock;
    CaseFilter filter;
    filter.item = options.item;
    filter.limit = page;
    while (true) {
        const auto rows = store.cases(filter);
        for (const auto& row : rows) {
            const auto day = local_date(row.opened, clock);
            if ((options.from && day < *options.from) || (options.to && day > *options.to))
                continue;
            const auto story = reader.read(row);
            visit(story);
            ++report.cases;
            report.events += story.entries.size();
        }
        if (options.progress) options.progress(report.cases);
        if (rows.size() < page) return report;
        filter.after = rows.back().key;
    }
}

}  // namespace workflow::report
