#pragma once

/// Facade: opens and advances cases.

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <workflow/administration.hpp>
#include <workflow/answer.hpp>
#include <workflow/case_view.hpp>
#include <workflow/catalog.hpp>
#include <workflow/command.hpp>
#include <workflow/draw.hpp>
#include <workflow/event.hpp>
#include <workflow/ports.hpp>
#include <workflow/reader.hpp>
#include <workflow/refusal.hpp>
#include <workflow/vault.hpp>

namespace workflow::shell {
class Transaction;
struct EngineState;
struct SessionAccess;
}  // namespace workflow::shell

namespace workflow::inline v0 {

struct AdvanceReport {
    std::uint64_t cases = 0, timers = 0, limits = 0, draws = 0;
    std::uint64_t warnings = 0, escalations = 0, recounted = 0;
    /// The moment that the trail has reached, if the clock was set back and has not reached it
    /// again. Nothing was fired then.
    std::optional<Instant> clock_behind = {};
    bool stopped = false;  ///< stopped on request, before everything was done
};

/// Runs cases of a catalog in a store.
///
/// Every member that writes returns when its change is durable. Callers on several threads share a
/// commit and each get their answer after it. All members are thread-safe. Except for `catalog`,
/// `reader` and `administration`, they throw std::logic_error if they are called from inside the
/// engine's own work (`transact`, `submit`), where they would wait for themselves. A StoreError
/// means that nothing of the call was kept. If the commit itself failed, only a repetition with the
/// same key shows whether it was kept. After an I/O error or a full disk, create a new engine on
/// the reopened store.
class Engine {
public:
    struct Options {
        Clock clock = system_clock();
        Entropy entropy = system_entropy();
        /// If not empty, draws depend only on these shares and can be proved afterwards.
        std::vector<DrawShare> draw_shares = {};
        /// 32 bytes from a cryptographic source. The tokens with which applicants rate are derived
        /// from them (rating.hpp). Nothing: applicants are not asked to rate.
        std::optional<Digest> rating_secret = {};
        /// Keeps personal data encrypted apart from the trail. Once a store has been opened with a
        /// key, it cannot be used without the key. Nothing: personal data are part of the trail.
        std::optional<VaultKey> vault = {};
        std::size_t cached_cases = 4096;   ///< the maximum number; bounds memory
        std::size_t largest_group = 1024;  ///< the maximum number of commands in a commit
    };

    Engine(Catalog catalog, std::unique_ptr<Store> store);
    Engine(Catalog catalog, std::unique_ptr<Store> store, Options options);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Receives an application. Refuses unknown_item, field_missing, field_invalid, ...
    Expected<Answer> open(const OpenCase& application, const Actor& actor,
                          const CommandKey& key = {});

    /// Accepts a request that fits no item (零拒绝): opens a case of the catalog's demand desk with
    /// the text `request`. Refuses unknown_item if the catalog names no demand desk.
    Expected<Answer> demand(const std::string& request, const Applicant& applicant,
                            const std::string& channel, const HallId& hall, const Actor& actor,
                            const CommandKey& key = {});

    /// Returns the officer's next task: the task that they have held longest, else the
    /// longest-waiting task that they may take at their posts, which they then hold. Never returns
    /// a task of a case in which the officer may not act. A repeated key returns the same task
    /// again. Refuses nothing_to_do, unknown_officer, absent, key_reused, and off_shift if that is
    /// the only reason.
    Expected<TaskView> next(const OfficerId& officer, const CommandKey& key = {});

    /// Takes an open task that nobody holds, at one of the officer's posts. Refuses unknown_case,
    /// case_ended, unknown_task, unknown_officer, already_claimed, drawn_not_chosen, next_in_line,
    /// key_reused. If the officer may not do the task, refuses not_on_post, not_qualified, absent,
    /// separated, recused, applicant_is_officer, needed_later.
    Expected<Answer> claim(const CaseNumber& number, TaskNumber task, const OfficerId& officer,
                           const CommandKey& key = {});
    /// Ends a task with one of its outcomes; `Reader::outcomes` returns the possible ones. Also
    /// takes the task if nobody holds it. Refuses what `claim` refuses, and not_your_task,
    /// unknown_outcome, field_missing, field_invalid, field_not_yours, unknown_field,
    /// condition_not_met, unknown_material, materials_missing, reason_required, outcome_exhausted,
    /// too_late_to_extend, extended_already, no_branch, outside_calendar, signature_required.
    Expected<Answer> complete(const CaseNumber& number, const CompleteTask& completion,
                              const OfficerId& officer, const CommandKey& key = {});
    /// Supplies what the case waits for, as the applicant. Refuses unknown_case, case_ended,
    /// not_waiting, unknown_field, field_invalid, field_not_yours, unknown_material, key_reused.
    Expected<Answer> supply(const CaseNumber& number, const SupplyMaterials& supplies,
                            const CommandKey& key = {});
    /// Ends the case on the applicant's request. Refuses unknown_case, case_ended, withdraw_closed,
    /// key_reused.
    Expected<Answer> withdraw(const CaseNumber& number, const std::string& reason,
                              const CommandKey& key = {});

    /// Performs any command on a case, with the caller's key, expected version and claimed time.
    Expected<Answer> perform(const CaseNumber& number, const Command& command);

    /// Returns the text that an officer must sign so that `perform` accepts the command as theirs
    /// (signing.hpp). Refuses unknown_case, unknown_item.
    Expected<std::string> text_to_sign(const CaseNumber& number, const Command& command);

    /// Starts `perform` (an OpenCase if the number is empty) and returns at once. Calls `answered`
    /// after the commit, or with the refusal or the exception. The call comes from a thread of the
    /// engine (two start at the first `submit`) or from a thread that waits in another member.
    /// There is one call at a time, in the order of the commits. `answered` must not call the
    /// engine: that throws std::logic_error. An exception from `answered` is kept for `drain`;
    /// other answers are not affected.
    void submit(CaseNumber number, Command command,
                std::function<void(Expected<Answer>, std::exception_ptr)> answered);
    /// Waits until everything submitted before has been answered. Then throws, once, the first
    /// exception that an `answered` has thrown since the last `drain`. Without a `drain`, the
    /// exception is discarded with the engine.
    void drain();

    /// Works inside one transaction: all of the work is kept, or none. A session is passed to the
    /// work of `transact`; use it only on that thread and until the work returns. Refuses what the
    /// engine's members refuse. A refused command changes nothing, and the work may continue.
    /// Throws StoreError.
    class Session {
    public:
        Expected<Answer> open(const OpenCase& application, const Actor& actor,
                              const CommandKey& key = {}, std::optional<Instant> happened = {});
        Expected<Answer> perform(const CaseNumber& number, const Command& command);
        /// Returns the case that `key` opened, as a list shows it; nothing if it opened none.
        std::optional<CaseView> opened_by(const CommandKey& key);
        /// Returns the open tasks of the case; none if there is no such case.
        std::vector<TaskView> tasks(const CaseNumber& number);
        /// Returns nothing if there is no such case.
        std::optional<CaseDetail> show(const CaseNumber& number);
        /// Returns the officers who may take `task` now, by post, hall, qualification, absence and
        /// separation; sorted. If an officer holds the task, returns only that officer. Returns
        /// none for a drawn task that nobody holds. `happened`: checks absence on the day of an act
        /// that is claimed to have happened then.
        std::vector<OfficerId> eligible(const CaseNumber& number, TaskNumber task,
                                        std::optional<Instant> happened = {});

    private:
        friend class Engine;
        friend struct shell::SessionAccess;
        explicit Session(shell::Transaction& unit) : unit_(&unit) {}
        shell::Transaction* unit_;
    };
    /// Runs `work` in one transaction and commits. An exception from `work` rolls everything back
    /// and is rethrown. `work` must use its session and no member of the engine, of a Reader or of
    /// an Administration: these throw std::logic_error there.
    void transact(const std::function<void(Session&)>& work);

    /// Fires what is due by the clock: timers, limits that are near or have passed, and draws that
    /// found no officer. Recounts days that were provisional. Works in batches, so that a backlog
    /// after days of standstill takes no more memory than a quiet night. Fires nothing while the
    /// clock shows less than the trail has reached, which is an event of the journal. Calls `stop`
    /// after each batch; if it returns true, the rest is left for the next call.
    AdvanceReport advance(const std::function<bool()>& stop = {});
    /// Recounts the days of all open cases by the catalog's calendars, after a notice was published
    /// or amended. If it was stopped, the next call begins again at the first case.
    AdvanceReport recount(const std::function<bool()>& stop = {});

    /// Returns the catalog, with the current organization.
    [[nodiscard]] Catalog catalog() const;

    /// Returns the handle for staff, revisions, personal data, the journal and verification.
    [[nodiscard]] Administration administration() { return Administration(*state_); }
    /// Returns the handle for lists, whole cases, and the views of one officer or applicant.
    [[nodiscard]] Reader reader() { return Reader(*state_); }

private:
    std::unique_ptr<shell::EngineState> state_;
};

/// Returns the same definitions with the organization as the store's journal has changed it, which
/// an engine on that store uses. Throws StoreError.
Catalog as_staffed(const Catalog& catalog, Store& store);

/// Options for opening a store.
struct StoreOptions {
    /// Creates the file if it does not exist. Otherwise a missing file is a StoreError, since a
    /// mistyped name would be a store without cases.
    bool create = false;
    /// The hash function of a store that is created; nothing: SHA-256. A StoreError if an existing
    /// store has another one.
    std::optional<Hashing> made_by = {};
    /// Only reads: takes no lock, waits for no writer, creates nothing and migrates nothing. Each
    /// transaction sees a snapshot; writing throws StoreError. Also opens a read-only copy.
    bool read_only = false;
    /// How long a transaction waits for other programs before it throws a StoreError, which names
    /// the program that holds the store.
    std::chrono::milliseconds wait = std::chrono::seconds(30);
};
/// Opens a store: a file (SQLite), or `:memory:`, which is created empty and needs no option.
/// Throws StoreError if the file does not exist and may not be created, or if it cannot be used;
/// changes nothing then.
std::unique_ptr<Store> open_store(const std::string& address, const StoreOptions& options = {});

}  // namespace workflow::inline v0
