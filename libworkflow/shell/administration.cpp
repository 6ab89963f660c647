// Administration of the store outside cases.

#include <workflow/administration.hpp>

#include <fmt/format.h>

#include "engine_state.hpp"
#include "erasure.hpp"
#include "publishing.hpp"
#include "staff_changes.hpp"
#include "verify_trail.hpp"

namespace workflow::inline v0 {

Expected<Answer> Administration::change_staff(const ChangeStaff& change, const Actor& actor,
                                              const CommandKey& key) {
    std::optional<Expected<Answer>> answer;
    state_->commits.perform(
        [&](shell::Transaction& unit) { answer = shell::change_staff(unit, change, actor, key); });
    return std::move(*answer);
}

Expected<Answer> Administration::confirm_staff(const ConfirmStaff& asked, const Actor& actor,
                                               const CommandKey& key) {
    std::optional<Expected<Answer>> answer;
    state_->commits.perform(
        [&](shell::Transaction& unit) { answer = shell::confirm_staff(unit, asked, actor, key); });
    return std::move(*answer);
}

std::vector<StaffProposal> Administration::proposals() const {
    std::vector<StaffProposal> open;
    state_->commits.alone([&] {
        shell::Transaction unit(state_->place);
        open = shell::proposals(unit);
        unit.commit();
    });
    return open;
}

Expected<Answer> Administration::publish(const ItemId& item, const Actor& actor,
                                         const std::string& reason, const CommandKey& key) {
    std::optional<Expected<Answer>> answer;
    state_->commits.perform(
        [&](shell::Transaction& unit) { answer = shell::publish(unit, item, actor, reason, key); });
    return std::move(*answer);
}

Events Administration::journal() const {
    Events events;
    state_->commits.alone([&] {
        if (auto journal = shell::read_journal(*state_->place.store))
            events = std::move(journal->events);
    });
    return events;
}

Expected<Answer> Administration::erase(const PersonId& person, const Actor& actor,
                                       const std::string& reason, const CommandKey& key) {
    return erase(std::span(&person, 1), actor, reason, key).front();
}

std::vector<Expected<Answer>> Administration::erase(std::span<const PersonId> persons,
                                                    const Actor& actor, const std::string& reason,
                                                    const CommandKey& key) {
    std::vector<Expected<Answer>> answers;
    state_->commits.alone([&] {
        shell::Transaction unit(state_->place);
        // Checked once: the journal may be long, and so may the list.
        const bool again = shell::erased_under(unit, key);
        for (std::size_t i = 0; i < persons.size(); ++i) {
            const CommandKey own =
                key.empty() || i == 0 ? key : CommandKey(fmt::format("{}/{}", key.text, i + 1));
            answers.push_back(shell::erase(unit, persons[i], actor, reason, own, again));
        }
        unit.commit();
        state_->place.forget_everything();
    });
    return answers;
}

std::uint64_t Administration::rekey(const VaultKey& key) {
    std::uint64_t count = 0;
    state_->commits.alone([&] {
        shell::Transaction unit(state_->place);
        count = shell::rekey(unit, key);
        unit.commit();
        state_->place.vault.take(key);
        state_->place.vault.look(*state_->place.store);
    });
    return count;
}

TrailReport Administration::verify(const std::function<void(std::uint64_t)>& progress) const {
    TrailReport report;
    state_->commits.alone([&] { report = shell::verify_trail(state_->place, progress); });
    return report;
}

}  // namespace workflow::inline v0
