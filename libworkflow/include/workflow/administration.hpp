#pragma once

/// Facade: what is done beside the cases: staff, revisions, personal data, the journal, proof that
/// the store is whole.

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

/// What `verify` found. `breaks` is cut at 1000; `broken` counts them all.
struct TrailReport {
    /// Which row of the store does not fit, as far as it can be said.
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

/// Administers an engine's store. What is changed is an event of the store's journal.
///
/// A handle, got from `Engine::administration`: copies are cheap and good for as long as the engine
/// lives. All members are thread-safe, and what they change is durable when they return. They throw
/// StoreError as the engine's own members do, and std::logic_error when they are called from inside
/// the engine's own work (Engine::transact, Engine::submit).
class Administration {
public:
    /// Changes what is kept of an officer, as an event of the store's journal; the organization's
    /// file gives what everything begins with. Where a second person is needed (docs/operating.md)
    /// it is proposed only: the answer has a StaffProposed, and its version is the proposal's
    /// number. Draws of cases that were received before go by the organization of that time. What
    /// the officer holds and may no longer do goes back at once, or is drawn anew; what is still to
    /// be given out goes by the organization as it is then. Refuses unknown_officer,
    /// not_supervisor, absent, own_affair, reason_required, unknown_hall, unknown_post,
    /// posts_apart, unknown_item, unknown_window, not_on_post, unknown_shift, field_invalid,
    /// field_missing, same_person, asked_already, nothing_changed, text_invalid, text_too_long,
    /// key_reused. What can no longer be staffed afterwards is not refused: `shortfalls` tells it.
    Expected<Answer> change_staff(const ChangeStaff& change, const Actor& actor,
                                  const CommandKey& key = {});
    /// Makes a proposed change, or declines it. Refuses nothing_asked, unknown_officer, absent,
    /// not_supervisor, second_person, reason_required, key_reused, and what `change_staff` refuses.
    Expected<Answer> confirm_staff(const ConfirmStaff& answer, const Actor& actor,
                                   const CommandKey& key = {});
    /// What waits for a second person, oldest first.
    std::vector<StaffProposal> proposals() const;
    /// Publishes the catalog's revision of an item: from now on it stays in the store, whatever
    /// becomes of the file. The engine does so itself when the first case of a revision is opened.
    /// Refuses unknown_item, unknown_officer, not_supervisor, reason_required, nothing_changed,
    /// key_reused, and changed_revision where another text was published under the same number.
    Expected<Answer> publish(const ItemId& item, const Actor& actor, const std::string& reason,
                             const CommandKey& key = {});
    /// Destroys the key of a person's data, who is called by that id as applicant or agent: what
    /// the store has of them can no longer be read by anybody, and every proof still holds. Refuses
    /// unknown_officer, not_supervisor, reason_required, unknown_person, case_open. Throws
    /// StoreError where the store keeps no vault. Copies of the store are out of its reach: after
    /// erasing, `rekey`, and destroy the old key.
    Expected<Answer> erase(const PersonId& person, const Actor& actor, const std::string& reason,
                           const CommandKey& key = {});
    /// The same of many in one unit of work, which costs no more than one of them: each is erased
    /// or refused by itself, and answered in their order. Of a key, the first person has the key
    /// itself and the i-th `KEY/i`: repeated, who was erased is answered as before, and who was
    /// refused is looked at again.
    std::vector<Expected<Answer>> erase(std::span<const PersonId> persons, const Actor& actor,
                                        const std::string& reason, const CommandKey& key = {});
    /// Keeps the keys of persons under another key from now on; what was encrypted stays as it is.
    /// One unit of work. Answers how many keys there are. Needs no command key: repeated with the
    /// same key it changes nothing that shows, and answers as before. Throws StoreError.
    std::uint64_t rekey(const VaultKey& key);

    /// What happened beside the cases: StaffChanged, StaffProposed, StaffDeclined,
    /// DefinitionPublished, ClockSetBack, PersonErased, ReadingStopped.
    Events journal() const;

    /// Checks every chain, replays every case, and compares every table with what follows from the
    /// events. Reads a store in a file by a connection of its own, which needs no lock.
    TrailReport verify(const std::function<void(std::uint64_t)>& progress = {}) const;

private:
    friend class Engine;
    explicit Administration(shell::EngineState& state) : state_(&state) {}
    shell::EngineState* state_;
};

}  // namespace workflow::inline v0
