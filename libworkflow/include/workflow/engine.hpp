#pragma once

/// Facade: what is done with cases.

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
    /// The clock was set back and has not come to this moment again: nothing was fired.
    std::optional<Instant> clock_behind = {};
    bool stopped = false;  ///< on request, before everything was done
};

/// Runs cases of a catalog in a store.
///
/// Every verb that writes is durable when it returns: callers on several threads share a commit and
/// are each answered after it. All members are thread-safe; save `catalog`, `reader` and
/// `administration` they throw std::logic_error when they are called from inside the engine's own
/// work (`transact`, `submit`), where they would wait for themselves. StoreError means that nothing
/// of the call was kept, or, where the commit itself failed, that only repeating it with the same
/// key tells. After an I/O error or a full disk, make a new engine on the store opened anew.
class Engine {
public:
    struct Options {
        Clock clock = system_clock();
        Entropy entropy = system_entropy();
        /// Where there are any, draws follow from these alone, and can be proved afterwards.
        std::vector<DrawShare> draw_shares = {};
        /// 32 bytes from a cryptographic source, from which the tokens follow by which applicants
        /// rate (rating.hpp). Nothing: nobody is asked to.
        std::optional<Digest> rating_secret = {};
        /// Personal data are kept encrypted apart from the trail, from the first time on that a
        /// store is opened with a key, and it cannot be worked with without it any more. Nothing:
        /// they stand in the trail.
        std::optional<VaultKey> vault = {};
        std::size_t cached_cases = 4096;   ///< bounds memory
        std::size_t largest_group = 1024;  ///< commands a commit
    };

    Engine(Catalog catalog, std::unique_ptr<Store> store);
    Engine(Catalog catalog, std::unique_ptr<Store> store, Options options);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    /// Receives an application. Refuses unknown_item, field_missing, field_invalid, ...
    Expected<Answer> open(const OpenCase& application, const Actor& actor,
                          const CommandKey& key = {});

    /// Takes up whatever fits no item (零拒绝): opens a case of the catalog's demand desk with
    /// `request` as what is asked for. Refuses unknown_item where the catalog names no such item.
    Expected<Answer> demand(const std::string& request, const Applicant& applicant,
                            const std::string& channel, const HallId& hall, const Actor& actor,
                            const CommandKey& key = {});

    /// The officer's next task: the one held longest, else the longest-waiting one that they may
    /// take at their posts, which is then theirs. Never gives them a task of a case in which they
    /// may not act. A repeated key gives the task that it gave the officer before. Refuses
    /// nothing_to_do, unknown_officer, absent, key_reused, and off_shift where only that is why.
    Expected<TaskView> next(const OfficerId& officer, const CommandKey& key = {});

    /// Takes an open task that nobody holds, at one of the officer's posts. Refuses unknown_case,
    /// case_ended, unknown_task, unknown_officer, already_claimed, drawn_not_chosen, next_in_line,
    /// key_reused, and what keeps the officer from it: not_on_post, not_qualified, absent,
    /// separated, recused, applicant_is_officer, needed_later.
    Expected<Answer> claim(const CaseNumber& number, TaskNumber task, const OfficerId& officer,
                           const CommandKey& key = {});
    /// Ends a task with one of its outcomes; `Reader::outcomes` tells which are possible. A task
    /// that nobody holds is taken with it. Refuses what `claim` refuses, and not_your_task,
    /// unknown_outcome, field_missing, field_invalid, field_not_yours, unknown_field,
    /// condition_not_met, unknown_material, materials_missing, reason_required, outcome_exhausted,
    /// too_late_to_extend, extended_already, no_branch, outside_calendar, signature_required.
    Expected<Answer> complete(const CaseNumber& number, const CompleteTask& completion,
                              const OfficerId& officer, const CommandKey& key = {});
    /// Gives what the case waits for, as the applicant. Refuses unknown_case, case_ended,
    /// not_waiting, unknown_field, field_invalid, field_not_yours, unknown_material, key_reused.
    Expected<Answer> supply(const CaseNumber& number, const SupplyMaterials& supplies,
                            const CommandKey& key = {});
    /// Ends the case at the applicant's wish. Refuses unknown_case, case_ended, withdraw_closed,
    /// key_reused.
    Expected<Answer> withdraw(const CaseNumber& number, const std::string& reason,
                              const CommandKey& key = {});

    /// Any command on a case, with key, expected version and claimed time as the caller likes.
    Expected<Answer> perform(const CaseNumber& number, const Command& command);

    /// What an officer must sign for `perform` to take the command as theirs (signing.hpp). Refuses
    /// unknown_case, unknown_item.
    Expected<std::string> text_to_sign(const CaseNumber& number, const Command& command);

    /// Starts `perform` (or, with an empty number, an OpenCase) and returns at once. `answered` is
    /// called after the commit, or with the refusal or the exception, from a thread of the engine
    /// (two start at the first `submit`) or from one that waits in another verb; one call at a
    /// time, in the order of the commits. It must not call the engine: that throws
    /// std::logic_error. What it throws is kept for `drain`; nobody else's answer is lost by it.
    void submit(CaseNumber number, Command command,
                std::function<void(Expected<Answer>, std::exception_ptr)> answered);
    /// Waits until everything submitted before has been answered. Then throws the first exception
    /// that an `answered` has thrown since the last `drain`, once; without a `drain` it goes with
    /// the engine.
    void drain();

    /// Work inside one unit of work: all of it is kept, or none. Given to the work of `transact`,
    /// on whose thread it is used and with which it ends. Refuses what the engine's verbs refuse;
    /// what was refused changes nothing, and the work may go on. Throws StoreError.
    class Session {
    public:
        Expected<Answer> open(const OpenCase& application, const Actor& actor,
                              const CommandKey& key = {}, std::optional<Instant> happened = {});
        Expected<Answer> perform(const CaseNumber& number, const Command& command);
        /// The case that `key` opened, as a list shows it, when it did.
        std::optional<CaseView> opened_by(const CommandKey& key);
        /// The open tasks of the case; none when there is no such case.
        std::vector<TaskView> tasks(const CaseNumber& number);
        /// Returns nothing when there is no such case.
        std::optional<CaseDetail> show(const CaseNumber& number);
        /// Who may take `task` now, by post, hall, qualification, absence and separation; sorted.
        /// For a task that somebody holds: that officer. For a drawn one nobody holds: nobody.
        /// `happened`: absence on the day of an act that is said to have happened then.
        std::vector<OfficerId> eligible(const CaseNumber& number, TaskNumber task,
                                        std::optional<Instant> happened = {});

    private:
        friend class Engine;
        friend struct shell::SessionAccess;
        explicit Session(shell::Transaction& unit) : unit_(&unit) {}
        shell::Transaction* unit_;
    };
    /// Runs `work` in one unit of work and commits. An exception from `work` rolls everything back
    /// and is thrown on. `work` uses its session and no member of the engine, of a Reader or of an
    /// Administration: these throw std::logic_error there.
    void transact(const std::function<void(Session&)>& work);

    /// Fires what is due by the clock: timers, limits that are near or have passed, draws that
    /// found nobody; days that were provisional are counted anew. Works in batches, so that a
    /// backlog after days of standstill takes no more memory than a quiet night. Fires nothing
    /// while the clock shows less than the trail has reached, which is an event of the journal.
    /// `stop` is asked after each batch; what is due after it answers true is left for the next
    /// call.
    AdvanceReport advance(const std::function<bool()>& stop = {});
    /// Counts the days of all open cases anew, by the catalog's calendars: a notice has come, or
    /// was amended. Stopped, it begins again at the first case.
    AdvanceReport recount(const std::function<bool()>& stop = {});

    /// The catalog, with the organization as it is now.
    [[nodiscard]] Catalog catalog() const;

    /// Staff, revisions, personal data, the journal, verification.
    [[nodiscard]] Administration administration() { return Administration(*state_); }
    /// Lists, cases in full, and what one officer or applicant may see.
    [[nodiscard]] Reader reader() { return Reader(*state_); }

private:
    std::unique_ptr<shell::EngineState> state_;
};

/// The same definitions, with the organization as the store's journal has changed it: what an
/// engine on that store goes by. Throws StoreError.
Catalog as_staffed(const Catalog& catalog, Store& store);

/// How a store is opened.
struct StoreOptions {
    /// A file that is not there is made. Without it, it is a StoreError: a name that was mistyped
    /// would be a store without cases.
    bool create = false;
    /// By what a store that is made is hashed; nothing: by SHA-256. Another than that of a store
    /// that is there is a StoreError.
    std::optional<Hashing> made_by = {};
    /// Only reads: takes no lock and waits for no writer, makes nothing and migrates nothing. Units
    /// of work see one moment; whatever writes throws StoreError. Works on a copy that cannot be
    /// written.
    bool read_only = false;
    /// How long a unit of work waits for other programs, before it throws StoreError, which says
    /// who has the store.
    std::chrono::milliseconds wait = std::chrono::seconds(30);
};
/// Opens a store: a file (SQLite), or `:memory:`, which is made empty and needs no option. Throws
/// StoreError where there is no such file and none may be made, or where the file cannot be worked
/// with; nothing is changed then.
std::unique_ptr<Store> open_store(const std::string& address, const StoreOptions& options = {});

}  // namespace workflow::inline v0
