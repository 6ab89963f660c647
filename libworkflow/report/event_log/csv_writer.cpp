// One row for each event. Fields have no column, since they differ between items.

#include <ostream>

#include "../../batch/csv.hpp"
#include "../../definition/organization.hpp"
#include "../../shell/catalog_access.hpp"
#include "stories.hpp"

namespace workflow::inline v0 {

using report::Attribute;

EventLogReport write_csv(const Catalog& catalog, Store& store, std::ostream& out,
                         const EventLogOptions& options) {
    const auto& clock = compiled(catalog).organization().clock;
    const auto cell = [&](std::string_view text) {
        return batch::csv_field(
            text, options.raw_cells ? batch::Formulas::raw : batch::Formulas::neutral);
    };
    const auto told = [&](Attribute attribute) {
        return !report::is_personal(attribute) || options.personal;
    };
    out << "case,activity,lifecycle,time,item";
    for (std::size_t i = 0; i < report::attribute_count; ++i)
        if (const auto attribute = static_cast<Attribute>(i); told(attribute))
            out << ',' << report::name_of(attribute);
    out << "\r\n";
    return report::for_each_story(catalog, store, options, [&](const report::CaseStory& story) {
        const auto number = cell(report::plain(story.number.text));
        const auto item = cell(story.attributes.front().second);
        for (const auto& entry : story.entries) {
            out << number << ',' << cell(report::plain(entry.activity)) << ',' << entry.transition
                << ',' << to_string(entry.time, clock) << ',' << item;
            for (std::size_t i = 0; i < report::attribute_count; ++i)
                if (const auto attribute = static_cast<Attribute>(i); told(attribute))
                    out << ',' << cell(report::plain(entry[attribute]));
            out << "\r\n";
        }
    });
}

}  // namespace workflow::inline v0
