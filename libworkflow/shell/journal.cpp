#include "journal.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../crypto/digest.hpp"
#include "../engine/staff.hpp"
#include "../trail/codec.hpp"

namespace workflow::shell {

std::vector<StaffChanged> Journal::staff_changes() const {
    std::vector<StaffChanged> changes;
    for (const auto& event : events)
        if (const auto* change = std::get_if<StaffChanged>(&event.what)) changes.push_back(*change);
    return changes;
}

void EarlierStaff::begin(const definition::Organization& file, const Journal& journal) {
    file_ = &file;
    changes_.clear();
    made_.clear();
    for (const auto& event : journal.events)
        if (const auto* change = std::get_if<StaffChanged>(&event.what))
            changes_.emplace_back(event.recorded, *change);
}

std::shared_ptr<const definition::Organization> EarlierStaff::at(Instant received) {
    constexpr std::size_t kept = 16;
    const auto before = [](Instant moment, const auto& change) { return moment < change.first; };
    const auto end = std::upper_bound(changes_.begin(), changes_.end(), received, before);
    if (end == changes_.end()) return {};
    const auto count = static_cast<std::size_t>(end - changes_.begin());
    if (const auto known = made_.find(count); known != made_.end()) return known->second;
    auto earlier = std::make_shared<definition::Organization>(*file_);
    for (auto change = changes_.begin(); change != end; ++change)
        engine::apply(*earlier, change->second);
    // No process has cached rosters for this digest: they are looked up.
    earlier->digest = sha256(std::string(view(file_->digest)) + std::to_string(count));
    if (made_.size() >= kept) made_.clear();
    return made_[count] = std::move(earlier);
}

std::optional<CaseRow> journal_row(Store& store) {
    return store.find(CaseNumber(std::string(journal_number)));
}

std::optional<Journal> read_journal(Store& store) {
    const auto row = journal_row(store);
    if (!row) return {};
    Journal journal{*row, {}, {}};
    for (const auto& record : store.events(row->key)) try {
            const auto& event = journal.events.emplace_back(trail::decode(record.body));
            if (!is_of_journal(event.what)) throw trail::CodecError("it is of a case");
            if (std::holds_alternative<StaffChanged>(event.what)) journal.staff = record.hash;
        } catch (const trail::CodecError& error) {
            throw StoreError(fmt::format("the journal, event {}: {}; run `trail verify`",
                                         record.sequence, error.what()));
        }
    return journal;
}

}  // namespace workflow::shell
