#pragma once

/// Facade: the verbs.

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <workflow/catalog.hpp>
#include <workflow/command.hpp>
#include <workflow/draw.hpp>
#include <workflow/event.hpp>
#include <workflow/ports.hpp>
#include <workflow/refusal.hpp>
#include <workflow/staff.hpp>
#include <workflow/vault.hpp>

namespace workflow {

namespace shell {
class Transaction;
struct LiveCase;
}  // namespace shell

/// What a command answered: the case, its version after the command, and the events it added. A
/// repeated key gives the first answer again, with `repeated` set.
struct Answer {
    CaseNumber number;
    Version version{};
    Events events;
    bool repeated = false;
    /// Cases that the engine opened with it: the follow-up of a negative rating. Not told again to
    /// a repeated key; their `about` names the case.
    std::vector<CaseNumber> opened = {};
    /// The number of each of `events` in its case, from 1; empty: they are the last ones up to
    /// `version`. A view leaves events out.
    std::vector<std::uint32_t> sequences = {};
};

/// An event as a view shows it.
struct SeenEvent {
    std::uint32_t sequence = 0;  ///< in its case, from 1
    Event event;
    bool whole = false;  ///< nothing of what happened, and by whom, is withheld
};

/// An open task as the work list shows it.
struct TaskView {
    CaseNumber number;
    TaskNumber task{};
    StepId step;
    ItemId item;
    PostId post;
    OfficerId holder;
    std::optional<Date> due;
    Instant offered;
    CaseKey key{};  ///< of its case; `TaskFilter::after` takes it to read on
};

/// One case in a list.
struct CaseView {
    CaseNumber number;
    CaseKey key{};  ///< `CaseFilter::after` takes it to read on
    ItemId item;
    HallId hall;
    std::string status, steps;
    Version version{};
    Instant opened, changed;
    std::optional<Date> statutory_due, promised_due;
};

/// One case in full.
struct CaseDetail {
    CaseView view;
    Title title;
    std::uint32_t revision = 0;
    std::vector<std::pair<FieldId, Value>> fields;
    /// With `provided`, `committed`, `missing`, `not needed`, `to be fetched`, `later`, or `owed
    /// since DAY`.
    std::vector<std::pair<MaterialId, std::string>> materials;
    std::vector<TaskView> tasks;
    bool paused = false, accepted = false, decided = false;
    bool promised_passed = false, statutory_passed = false;
    bool extended = false;          ///< by approval (R10)
    bool provisional = false;       ///< its days rest on a calendar that is not complete
    std::uint32_t times_urged = 0;  ///< 催办
    ModeId mode;                    ///< how it is served; empty: the usual way
    std::optional<Instant> appointment;
    bool by_proxy = false;  ///< somebody applies for another
    Applicant applicant;
    std::optional<Agent> agent;
};

/// Is a material of that state (CaseDetail::materials) owed?
bool is_owed(std::string_view state);

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
/// are each answered after it. All members are thread-safe. StoreError means that nothing of the
/// call was kept, or, where the commit itself failed, that only repeating it with the same key
/// tells. After an I/O error or a full disk, make a new engine on the store opened anew.
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

    /// The officer's next task: the one he has held longest, else the longest-waiting one he may
    /// take at his posts, which is then his. Never gives him a task of a case in which he may not
    /// act. A repeated key gives the task that it gave the officer before. Refuses nothing_to_do,
    /// unknown_officer, absent, key_reused, and off_shift where only that is why.
    Expected<TaskView> next(const OfficerId& officer, const CommandKey& key = {});

    Expected<Answer> claim(const CaseNumber& number, TaskNumber task, const OfficerId& officer,
                           const CommandKey& key = {});
    Expected<Answer> complete(const CaseNumber& number, const CompleteTask& completion,
                              const OfficerId& officer, const CommandKey& key = {});
    Expected<Answer> supply(const CaseNumber& number, const SupplyMaterials& supplies,
                            const CommandKey& key = {});
    Expected<Answer> withdraw(const CaseNumber& number, const std::string& reason,
                              const CommandKey& key = {});

    /// Any command on a case, with key, expected version and claimed time as the caller likes.
    Expected<Answer> perform(const CaseNumber& number, const Command& command);

    /// What an officer must sign for `perform` to take the command as his (signing.hpp). Refuses
    /// unknown_case, unknown_item.
    Expected<std::string> text_to_sign(const CaseNumber& number, const Command& command);

    /// Starts `perform` (or, with an empty number, an OpenCase) and returns at once. `answered` is
    /// called from a thread of the engine (two start at the first `submit`) after the commit, or
    /// with the refusal or the exception; one call at a time, in the order of the commits. It must
    /// not call the engine.
    void submit(CaseNumber number, Command command,
                std::function<void(Expected<Answer>, std::exception_ptr)> answered);
    /// Waits until everything submitted before has been answered.
    void drain();

    /// Work inside one unit of work: all of it is kept, or none.
    class Session {
    public:
        Expected<Answer> open(const OpenCase& application, const Actor& actor,
                              const CommandKey& key = {}, std::optional<Instant> happened = {});
        Expected<Answer> perform(const CaseNumber& number, const Command& command);
        /// The case that `key` opened, as a list shows it, when it did.
        std::optional<CaseView> opened_by(const CommandKey& key);
        std::vector<TaskView> tasks(const CaseNumber& number);
        std::optional<CaseDetail> show(const CaseNumber& number);
        /// Who may take `task` now, by post, hall, qualification, absence and separation; sorted.
        /// For a task that somebody holds: that officer. For a drawn one nobody holds: nobody.
        /// `happened`: absence on the day of an act that is said to have happened then.
        std::vector<OfficerId> eligible(const CaseNumber& number, TaskNumber task,
                                        std::optional<Instant> happened = {});
        /// The case replayed, for the library's own floors; nullptr when there is none. Good until
        /// the next call of the session.
        const shell::LiveCase* look(const CaseNumber& number);

    private:
        friend class Engine;
        explicit Session(shell::Transaction& unit) : unit_(&unit) {}
        shell::Transaction* unit_;
    };
    /// Runs `work` in one unit of work and commits. An exception from `work` rolls everything back
    /// and is thrown on.
    void transact(const std::function<void(Session&)>& work);

    /// What one officer may see (群众不见面). Who reviews in a pool is not shown who applies, nor
    /// anything personal but what the task's `sees` names, nor who else works on the case, until it
    /// is decided; nobody else is shown who reviews, until it has ended decided; UnsealCase opens
    /// either for one officer, once a second person grants it (DecideUnsealing). Answers of a panel
    /// are shown to nobody before it is closed, but to each member their own. Ratings show to
    /// supervisors, to others once their month is over. What is kept back reads `(withheld)`. Good
    /// for as long as the engine lives.
    class View {
    public:
        /// Refuses unknown_officer, unknown_case, not_yours_to_read where none of the officer's
        /// posts has to do with the case, applicant_is_officer, recused. Where the organization
        /// names purposes, personal data are shown for one of them (ReadCase), which stands in the
        /// trail, once a day for each officer and purpose; without, or once he has read as many
        /// cases as he may, they read `(withheld)`.
        Expected<CaseDetail> show(const CaseNumber& number);
        Expected<Events> trail(const CaseNumber& number);
        /// The same with the number of each event.
        Expected<std::vector<SeenEvent>> numbered(const CaseNumber& number);
        /// The answer to an act, with the events that it may show him.
        Answer answer(Answer whole);
        /// Open tasks that he holds or that wait at his posts; for a supervisor those of his hall,
        /// too. Nothing for an unknown officer.
        std::vector<TaskView> tasks(TaskFilter filter);
        /// Cases of which he may see a task; for a supervisor those of his hall, too.
        std::vector<CaseView> cases(CaseFilter filter);

    private:
        friend class Engine;
        View(Engine& engine, OfficerId reader) : engine_(&engine), reader_(std::move(reader)) {}
        Engine* engine_;
        OfficerId reader_;
    };
    View seen_by(OfficerId officer) { return {*this, std::move(officer)}; }

    /// What one applicant may see of their cases, and the agent of the cases in which they act:
    /// their own data and acts, steps and days, the officers they met at windows, what is notified
    /// to them, and the outcome with its reason once the case has ended. Who reviews, or could
    /// have, is shown once a decided case has ended; what officers say to each other never is. A
    /// case that ends undecided keeps its reviewer secret: filed again, the matter comes to the
    /// same one. Good for as long as the engine lives.
    class ApplicantView {
    public:
        /// Refuses unknown_case, and not_yours_to_read where the person neither applies nor is the
        /// agent.
        Expected<CaseDetail> show(const CaseNumber& number);
        Expected<Events> trail(const CaseNumber& number);
        Expected<std::vector<SeenEvent>> numbered(const CaseNumber& number);
        /// The answer to an act of the applicant or agent of its case, whoever the view is of.
        Answer answer(Answer whole);
        /// Their cases. Reads the trail of each case that the filter lets through.
        std::vector<CaseView> cases(CaseFilter filter);

    private:
        friend class Engine;
        ApplicantView(Engine& engine, PersonId person)
            : engine_(&engine), person_(std::move(person)) {}
        Engine* engine_;
        PersonId person_;
    };
    ApplicantView seen_by_applicant(PersonId person) { return {*this, std::move(person)}; }

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

    std::vector<CaseView> cases(const CaseFilter& filter);
    std::vector<TaskView> tasks(const TaskFilter& filter);
    std::optional<CaseDetail> show(const CaseNumber& number);
    /// The case's full trail; nothing when there is no such case.
    std::optional<Events> trail(const CaseNumber& number);
    /// Checks every chain, replays every case, and compares every table with what follows from the
    /// events. Reads a store in a file by a connection of its own, which needs no lock.
    TrailReport verify(const std::function<void(std::uint64_t)>& progress = {});

    /// How often the cases of `item` that run on the catalog's revision took each transition of its
    /// net, by TransitionIndex: what a drawing shows on its arrows. Reads the whole trail of the
    /// item.
    std::vector<std::uint64_t> flows(const ItemId& item);

    /// Changes what is kept of an officer, as an event of the store's journal; the organization's
    /// file gives what everything begins with. Where a second person is needed (docs/operating.md)
    /// it is proposed only: the answer has a StaffProposed, and its version is the proposal's
    /// number. Draws of cases that were received before go by the organization of that time. What
    /// he holds and may no longer do goes back at once, or is drawn anew; what is still to be given
    /// out goes by the organization as it is then. Refuses unknown_officer, not_supervisor, absent,
    /// own_affair, reason_required, unknown_hall, unknown_post, posts_apart, unknown_item,
    /// unknown_window, not_on_post, unknown_shift, field_invalid, field_missing, same_person,
    /// asked_already, nothing_changed, text_invalid, text_too_long, key_reused. What can no longer
    /// be staffed afterwards is not refused: `shortfalls` tells it.
    Expected<Answer> change_staff(const ChangeStaff& change, const Actor& actor,
                                  const CommandKey& key = {});
    /// Makes a proposed change, or declines it. Refuses nothing_asked, unknown_officer, absent,
    /// not_supervisor, second_person, reason_required, key_reused, and what `change_staff` refuses.
    Expected<Answer> confirm_staff(const ConfirmStaff& answer, const Actor& actor,
                                   const CommandKey& key = {});
    /// What waits for a second person, oldest first.
    std::vector<StaffProposal> proposals();
    /// Publishes the catalog's revision of an item: from now on it stays in the store, whatever
    /// becomes of the file. The engine does so itself when the first case of a revision is opened.
    /// Refuses unknown_item, unknown_officer, not_supervisor, reason_required, nothing_changed,
    /// key_reused, and changed_revision where another text was published under the same number.
    Expected<Answer> publish(const ItemId& item, const Actor& actor, const std::string& reason,
                             const CommandKey& key = {});
    /// Destroys the key of a person's data, who is called by that id as applicant or agent: what
    /// the store has of him can no longer be read by anybody, and every proof still holds. Refuses
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
    /// The cases in which something is sealed of a person, as applicant or agent (PIPL, article
    /// 45). None where the store keeps no vault, or he was erased.
    std::vector<CaseView> cases_of(const PersonId& person);
    /// The cases in which the person applies, or acts for the applicant, sealed or not. Reads the
    /// first event of every case that is not sealed.
    std::vector<CaseView> cases_by(const PersonId& person);
    /// Keeps the keys of persons under another key from now on; what was encrypted stays as it is.
    /// One unit of work. Answers how many keys there are. Needs no command key: repeated with the
    /// same key it changes nothing that shows, and answers as before. Throws StoreError.
    std::uint64_t rekey(const VaultKey& key);

    /// What happened beside the cases: StaffChanged, StaffProposed, StaffDeclined,
    /// DefinitionPublished, ClockSetBack, PersonErased, ReadingStopped.
    Events journal();

    /// The catalog, with the organization as it is now.
    [[nodiscard]] Catalog catalog() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The same definitions, with the organization as the store's journal has changed it: what an
/// engine on that store goes by. Throws StoreError.
Catalog as_staffed(const Catalog& catalog, Store& store);

/// How a store is opened.
struct StoreOptions {
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
/// Opens a store: a file (SQLite), or `:memory:`.
std::unique_ptr<Store> open_store(const std::string& address, const StoreOptions& options);
std::unique_ptr<Store> open_store(const std::string& address, std::optional<Hashing> made_by = {});

}  // namespace workflow
