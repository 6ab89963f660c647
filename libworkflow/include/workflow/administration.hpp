#pragma once

/// Facade: administers staff, revisions, personal data and the journal, and verifies the store.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <workflow/answer.hpp>
#include <workflow/command.hpp>
#include <workflow/event.hpp>
#include <workflow/refusal.hpp>
#include <workflow/staff.hpp>
#include <workflow/vault.hpp>

namespace workflow::shell {
struct EngineState;
}

namespace workflow::inline v0 {

/// The result of `verify`. `breaks` has at most 1000 entries; `broken` counts all of them.
struct TrailReport {
    /// The row of the store that does not match, as far as it can be determined.
    struct Break {
        CaseNumber number;           ///< of the case; empty: of none
        std::uint32_t sequence = 0;  ///< of the event; 0: the case as a whole
        std::string what;
        std::string table = {};   ///< `tasks`
        std::string row = {};     ///< `case_key 3, task 1`
        std::string column = {};  ///< `barred`; empty: the row as a whole
    };
    std::uint64_t cases = 0, events = 0, broken = 0;
    std::vector<Break> breaks;
    [[nodiscard]] bool intact() const { return broken == 0; }
};

/// Administers an engine's store. Every change is an event of the store's journal.
///
/// A handle, returned by `Engine::administration`: copies are cheap and valid as long as the engine
/// lives. All members are thread-safe, and their changes are durable when they return. They throw
/// StoreError as the engine's own members do, and std::logic_error if they are called from inside
/// the engine's own work (Engine::transact, Engine::submit).
class Administration {
public:
    /// Changes the record of an officer, as an event of the store's journal; the organization's
    /// file gives the initial state. If the change needs a second person (docs/operating.md), it is
    /// only proposed: the answer has a StaffProposed, and its version is the number of the
    /// proposal. Draws of cases that were received earlier use the organization of that time. Tasks
    /// that the officer holds and may no longer do are returned at once, or drawn again. Tasks that
    /// are still to be assigned use the organization at the time of the assignment. Refuses
    /// unknown_officer, not_supervisor, absent, own_affair, reason_required, unknown_hall,
    /// unknown_post, posts_apart, unknown_item, unknown_window, not_on_post, unknown_shift,
    /// field_invalid, field_missing, same_person, asked_already, nothing_changed, text_invalid,
    /// text_too_long, key_reused. Does not refuse a change that leaves posts understaffed;
    /// `shortfalls` reports those.
    Expected<Answer> change_staff(const ChangeStaff& change, const Actor& actor,
                                  const CommandKey& key = {});
    /// Makes a proposed change, or declines it. Refuses nothing_asked, unknown_officer, absent,
    /// not_supervisor, second_person, reason_required, key_reused, and what `change_staff` refuses.
    Expected<Answer> confirm_staff(const ConfirmStaff& answer, const Actor& actor,
                                   const CommandKey& key = {});
    /// Returns the proposals that wait for a second person, oldest first.
    std::vector<StaffProposal> proposals() const;
    /// Publishes the catalog's revision of an item, which stays in the store even if the file
    /// changes. The engine does so itself when it opens the first case of a revision. Refuses
    /// unknown_item, unknown_officer, not_supervisor, reason_required, nothing_changed, key_reused,
    /// and changed_revision if another text was published under the same number.
    Expected<Answer> publish(const ItemId& item, const Actor& actor, const std::string& reason,
                             const CommandKey& key = {});
    /// Destroys the key of a person's data, with that id as applicant or agent. Afterwards nobody
    /// can read the person's data in the store, and every proof remains valid. Refuses
    /// unknown_officer, not_supervisor, reason_required, unknown_person, case_open. Throws
    /// StoreError if the store has no vault. Copies of the store are not affected: after erasing,
    /// call `rekey` and destroy the old key.
    Expected<Answer> erase(const PersonId& person, const Actor& actor, const std::string& reason,
                           const CommandKey& key = {});
    /// Erases several persons in one transaction, at no more cost than one. Each is erased or
    /// refused separately; the answers are in the order of `persons`. With a key, the first person
    /// has the key itself and the i-th has `KEY/i`. If the call is repeated, erased persons get the
    /// same answer again, and refused ones are checked again.
    std::vector<Expected<Answer>> erase(std::span<const PersonId> persons, const Actor& actor,
                                        const std::string& reason, const CommandKey& key = {});
    /// Encrypts the keys of persons with another key from now on; encrypted data stay as they are.
    /// Works in one transaction. Returns the number of keys. Needs no command key: a repetition
    /// with the same key has no visible effect and returns the same number. Throws StoreError.
    std::uint64_t rekey(const VaultKey& key);

    /// Returns the events outside cases: StaffChanged, StaffProposed, StaffDeclined,
    /// DefinitionPublished, ClockSetBack, PersonErased, ReadingStopped.
    Events journal() const;

    /// Checks every chain, replays every case, and compares every table with what follows from the
    /// events. Reads a store in a file over a connection of its own, which needs no lock.
    TrailReport verify(const std::function<void(std::uint64_t)>& progress = {}) const;

private:
    friend class Engine;
    explicit Administration(shell::EngineState& state) : state_(&state) {}
    shell::EngineState* state_;
};

}  // namespace workflow::inline v0
