#pragma once

/// One unit of work: for each command, gather the facts, decide, apply, project, encode, append,
/// answer. Everything the engine does to a case goes through `perform`.

#include <array>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include <workflow/engine.hpp>

#include "../crypto/digest.hpp"
#include "case_cache.hpp"
#include "journal.hpp"
#include "numbering.hpp"
#include "vault.hpp"

namespace workflow::shell {

/// A case whose trail cannot be replayed: nothing was written, other cases are not concerned.
class BrokenCase : public StoreError {
public:
    using StoreError::StoreError;
};

/// What was decided ahead of the store rests on memory that no longer agrees with it: it has been
/// dropped, and must be decided anew.
class Outdated : public std::exception {};

/// What outlives a unit of work. One thread at a time decides, and one at a time uses the store.
struct EngineContext {
    EngineContext(Catalog c, std::unique_ptr<Store> s, Engine::Options o)
        : given(std::move(c)),
          catalog(given),
          store(std::move(s)),
          options(std::move(o)),
          vault(options.vault),
          cache(options.cached_cases),
          hasher(store->hashing()) {
        vault.look(*store);
        if (options.vault) (void)vault.sealing();
        read_journal();
    }

    const Catalog given;
    Catalog catalog;            ///< with the organization as the store's journal has changed it
    Digest journal_head{};      ///< hash of its last event
    Digest staff_head{};        ///< hash of the last change of the organization taken over
    EarlierStaff earlier;       ///< what the organization was before
    std::string journal_fault;  ///< why the journal cannot be read: nothing is decided then
    std::mutex changing;        ///< held while `catalog` is replaced, or read from outside
    std::unique_ptr<Store> store;
    Engine::Options options;
    Vault vault;
    CaseCache cache;
    Numbering numbering;
    Hasher hasher;                    ///< of the store's chains, and for nothing else
    std::set<std::string> published;  ///< digests known to be in the store
    std::map<std::string, std::shared_ptr<const process::Process>> restored;  ///< by digest
    std::optional<Digest> draw_key;  ///< the store's own, once it is known
    int look_for_matters = 0;        ///< so many units look a matter up before they decide
    /// A unit of work was lost whose effects are in memory.
    std::atomic<bool> outdated = false;

    /// The process a case runs on: the catalog's, or the published revision. Throws BrokenCase when
    /// the store does not have it.
    std::shared_ptr<const process::Process> process_of(const ItemId& item, const Digest& digest);
    /// The case as the store has it; nullptr when there is none.
    LiveCase* live(const CaseNumber& number);
    /// Replays a case; throws BrokenCase when its trail cannot be replayed.
    LiveCase load(const CaseRow& row);
    /// The events of a case, whole as far as the vault's key opens them.
    Events events_of(const CaseNumber& number, CaseKey key);
    /// The catalog as it is now, whatever becomes of it meanwhile.
    Catalog current() {
        const std::lock_guard lock(changing);
        return catalog;
    }
    /// Takes over what the store's journal says, when it is not what is known.
    void read_journal();
    /// Throws BrokenCase where the journal cannot be read: nobody knows who may do what.
    void check_journal() const;
    void forget_everything();
};

/// Decides in memory for as long as nothing must be looked up, and begins the store's unit of work
/// when that is needed, or at `begin`. Drops everything on destruction unless committed.
class Transaction {
public:
    /// `before_store` is called once, before the store is touched: it may wait for its turn.
    explicit Transaction(EngineContext& place, std::function<void()> before_store = {});
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    Expected<Answer> perform(const CaseNumber& number, const Command& command);
    /// The same on a case whose row this unit of work has just read. One that is not in memory does
    /// not stay there: what goes through all cases would push out those that are worked on.
    Expected<Answer> perform(const CaseRow& row, const Command& command);
    Expected<TaskView> next(const OfficerId& officer, const CommandKey& given);
    Expected<Answer> publish(const ItemId& item, const Actor& actor, const std::string& reason,
                             const CommandKey& key);
    /// The moment that the clock had reached when it was set back, while it does not show that
    /// again; notes it in the journal, once.
    std::optional<Instant> clock_behind();
    /// What is in memory of the person's cases is whole until the workplace forgets it. `again`:
    /// the key may be known.
    Expected<Answer> erase(const PersonId& person, const Actor& actor, const std::string& reason,
                           const CommandKey& key, bool again);
    /// Has the journal the key, or one that was made of it?
    bool erased_under(const CommandKey& key);
    /// The cases in which the store has something sealed of the person, by key.
    std::vector<CaseRow> cases_of(const PersonId& person);
    /// The same, and those in which they apply, or act for the applicant, in clear.
    std::vector<CaseRow> cases_by(const PersonId& person);
    std::uint64_t rekey(const VaultKey& key);
    Expected<Answer> change_staff(ChangeStaff change, Actor actor, CommandKey key);
    Expected<Answer> confirm_staff(const ConfirmStaff& asked, Actor actor, CommandKey key);
    std::vector<StaffProposal> proposals();
    std::optional<CaseView> opened_by(const CommandKey& key);
    std::vector<TaskView> tasks(const CaseNumber& number);
    std::optional<CaseDetail> show(const CaseNumber& number);
    std::vector<OfficerId> eligible(const CaseNumber& number, TaskNumber task,
                                    std::optional<Instant> happened);
    const LiveCase* look(const CaseNumber& number) { return live(number); }

    /// From here on others are kept out of the store, and what was decided stands. Throws Outdated
    /// when what was decided before does not; the unit of work goes on, empty, and it is not thrown
    /// again.
    void begin();
    [[nodiscard]] bool begun() const { return begun_; }
    /// Writes what is not written yet, and returns when all is durable. Does not use the memory of
    /// the workplace: once the unit has begun, the next one may decide meanwhile.
    void commit();

private:
    Store& store();
    void write();
    LiveCase* live(const CaseNumber& number);
    std::optional<MatterRow> matter_of(const Digest& matter);
    bool knows_a_new_matter();
    /// What draws follow from where no party has a secret: the store's own, made at its first use.
    std::array<std::uint64_t, 4> own_draw_key();
    /// `as_given`: the command before its texts were normalized, where that changed it.
    Expected<Answer> carry_out(LiveCase& live, const Command& command, bool opening,
                               const Command* as_given);
    Expected<Answer> perform(const CaseNumber& number, const Command& command,
                             const Command* as_given);
    Expected<Answer> open(const OpenCase& application, const Command& command,
                          const Command* as_given);
    /// Opens the case in which a negative rating is followed up, when the catalog names an item.
    void follow_up(const LiveCase& rated, const Command& command, Answer& answer);
    Answer repeated(const LiveCase& live, std::uint32_t before, std::uint32_t after);
    /// The answer to a key that the journal knows, or the refusal of one used for something else.
    std::optional<Expected<Answer>> answered(const Events& journal, const CommandKey& key,
                                             std::uint64_t request);
    /// Adds an event about staff to the journal, and does what follows from it.
    Expected<Answer> record_staff(const Events& journal, Event event, const LocalClock& clock);
    /// After a change of what is kept of `officer`: the engine takes back what he holds and may no
    /// longer do.
    void look_again(const OfficerId& officer);
    /// Makes the revision one that the store's cases may run on; no answer where it is already.
    /// `asked` has the actor, the key and the request. Refuses changed_revision.
    Expected<std::optional<Answer>> publish(const process::Process& process, Event asked,
                                            const std::string& reason);
    /// The answer that the journal has to the key, or key_reused; nothing for a new or empty one.
    std::optional<Expected<Answer>> answered(const CommandKey& key, std::uint64_t request);
    /// The task that `next` gave the officer under the key, or key_reused; nothing for a new one.
    std::optional<Expected<TaskView>> given_before(const OfficerId& officer, const CommandKey& key);
    /// Notes in the journal, once an hour, that the officer asks to read more cases than he may.
    void note_stopped(const OfficerId& officer);
    /// Adds an event to the store's journal, of which `what`, actor, key and request are given.
    Answer note(Event event, const LocalClock& clock);

    EngineContext& context_;
    std::function<void()> before_store_;
    std::vector<Change> unwritten_;             // decided ahead of the store
    std::unordered_set<std::string> new_keys_;  // taken for new ahead of the store
    std::vector<Digest> new_matters_;           // the same
    bool used_memory_ = false, begun_ = false, committed_ = false;
    bool in_turn_ = false;  // the task that is claimed is the one that is next
};

/// The refusal of a key that was used for another request.
Refusal reused(const CommandKey& key);

TaskView view_of(const TaskRow& row, const CaseNumber& number);
CaseView view_of(const CaseRow& row);

}  // namespace workflow::shell
