#pragma once

/// Vocabulary: the commands that a case accepts.

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <workflow/values.hpp>

namespace workflow::inline v0 {

/// A field's name and value, as entered in the applicant's form.
using FieldValues = std::vector<std::pair<FieldId, Value>>;

/// Whether a material was handed in, or only promised by a signed commitment (告知承诺).
enum class MaterialForm : std::uint8_t { provided, committed };

struct MaterialReceipt {
    MaterialId material;
    MaterialForm form = MaterialForm::provided;
    friend bool operator==(const MaterialReceipt&, const MaterialReceipt&) = default;
};

struct Applicant {
    PersonId person;  ///< compared with the persons of officers, who take no part in their own case
    std::string name;             ///< personal
    std::string kind = "person";  ///< person | enterprise
    friend bool operator==(const Applicant&, const Applicant&) = default;
};

/// The person who applies on behalf of another (代理人). They take no part in the case as an
/// officer either.
struct Agent {
    PersonId person;
    std::string name;  ///< personal
    friend bool operator==(const Agent&, const Agent&) = default;
};

/// A request, made with the application, to exclude an officer from the case (回避). It has no
/// effect until a second person confirms it.
struct RecusalRequest {
    OfficerId officer;
    std::string ground;  ///< one from the organization's list
    std::string reason;
    friend bool operator==(const RecusalRequest&, const RecusalRequest&) = default;
};

/// Parses `OFFICER=GROUND: REASON`. Returns nullopt when a part is missing.
std::optional<RecusalRequest> parse_recusal(std::string_view text);

/// Opens a case of `item` and records that the application was received (收件). Receipt is not
/// acceptance.
struct OpenCase {
    ItemId item;
    Applicant applicant;
    std::string channel = "window";
    HallId hall;  ///< where it was received; empty for online channels
    FieldValues fields;
    std::vector<MaterialReceipt> materials;
    ModeId mode;  ///< one of the organization's modes; empty: the default one
    std::optional<Instant> appointment;  ///< when the applicant will come, in modes by appointment
    std::optional<Agent> agent;
    std::vector<RecusalRequest> recusals;
    CaseNumber about;  ///< the case that this one follows up
};

/// Claims an offered task that is not drawn.
struct ClaimTask {
    TaskNumber task{};
};

/// Completes a task with one of its outcomes. If the task waits at a post and has no holder,
/// completing it also claims it.
struct CompleteTask {
    TaskNumber task{};
    OutcomeId outcome;
    std::string reason;
    FieldValues fields;
    std::vector<MaterialReceipt> materials;
};

/// The holder passes a task to a named colleague. Not allowed for drawn tasks.
struct DelegateTask {
    TaskNumber task{};
    OfficerId to;
    std::string reason;
};

/// A supervisor assigns a task to a named officer. Not allowed for drawn tasks.
struct ReassignTask {
    TaskNumber task{};
    OfficerId to;
    std::string reason;
};

/// The holder gives a task back. A drawn task is drawn again without that officer (recusal, R24).
struct ReturnTask {
    TaskNumber task{};
    std::string reason;
};

/// The applicant supplies what the case waits for.
struct SupplyMaterials {
    FieldValues fields;
    std::vector<MaterialReceipt> materials;
    /// Evidence of the applicant's act, for example the number of a signed paper. Used where an
    /// officer of the accepting post records the act.
    std::string evidence = {};
};

/// The applicant withdraws the application before the decision.
struct WithdrawCase {
    std::string reason;
    std::string evidence = {};  ///< as in SupplyMaterials
};

/// The applicant or a supervisor asks for faster handling (催办). The request is recorded and does
/// not change the order of work. Each of them may ask once a day.
struct UrgeCase {
    std::string reason;
};

/// Applies everything that becomes due by time alone, up to the command's instant. Timers fire in
/// the order of their due days. Limits that are near or have passed are recorded. Tasks for which
/// nobody could be drawn are drawn again. Provisional days are recomputed.
struct AdvanceCase {
    bool recount = false;  ///< recompute all days, provisional or not: the calendar changed
};

/// The five grades of a rating (好差评, GB/T 39735-2020); the first two are negative.
enum class Grade : std::uint8_t {
    very_dissatisfied = 1,
    dissatisfied,
    fairly_satisfied,
    satisfied,
    very_satisfied
};
constexpr bool negative(Grade grade) {
    return grade <= Grade::dissatisfied;
}

/// The applicant rates a visit (by the task completed during it) or the whole case (no task). Each
/// is rated once, with the token issued for it, also after the case has ended.
struct RateCase {
    TaskNumber task{};
    std::string token;
    Grade grade = Grade::satisfied;
    std::string comment;
};

/// The applicant adds a comment to their own rating, once. The grade does not change (R28).
struct SupplementRating {
    TaskNumber task{};
    std::string token;
    std::string comment;
};

/// A supervisor invalidates a mistaken or malicious rating, after an appeal and a review. The
/// rating stays in the trail and no longer counts.
struct SetRatingAside {
    TaskNumber task{};
    std::string reason;
};

/// What is hidden while a case runs (群众不见面). `applicant`: the reviewer does not see who
/// applies, who received the application, or any personal data. `reviewer`: everybody else does not
/// see who reviews.
enum class Sealed : std::uint8_t { applicant, reviewer };

/// The acting officer asks to see what is hidden from them. The ground and the reason are recorded
/// in the trail. A second person decides (DecideUnsealing).
struct UnsealCase {
    Sealed what = Sealed::applicant;
    std::string reason;
    std::string ground = {};  ///< one from the organization's list
};

/// A supervisor grants or declines a request that `officer` made by UnsealCase.
struct DecideUnsealing {
    /// Empty: the officer who asked first. Required where that is hidden from the supervisor.
    OfficerId officer;
    Sealed what = Sealed::applicant;
    bool granted = true;
    std::string reason;
};

/// Asks to exclude an officer from the case (回避), on a ground from the organization's list. An
/// officer who asks to be excluded is excluded at once. Otherwise a second person decides.
struct RecuseOfficer {
    OfficerId officer;
    std::string ground;
    std::string reason;
};

/// A supervisor who is not involved grants or declines a recusal.
struct DecideRecusal {
    OfficerId officer;
    bool granted = true;
    std::string reason;
};

/// The ways to resolve a drawn task that no officer can take.
enum class WayOut : std::uint8_t {
    ask_again,  ///< officers who returned the task are candidates again
    /// Draws from officers of every hall and section. If none of them is left, draws from officers
    /// who joined a post for the task after the case was received.
    widen
};

std::string_view to_string(WayOut way);

/// An officer of the post to which a stranded task was escalated chooses how to resolve it. The
/// engine then draws.
struct ResolveStranded {
    TaskNumber task{};
    WayOut way = WayOut::ask_again;
    std::string reason;
};

/// The acting officer asks to read personal data of the case for one of the purposes that the
/// organization lists.
struct ReadCase {
    std::string purpose;
};

using Actions = std::variant<OpenCase, ClaimTask, CompleteTask, DelegateTask, ReassignTask,
                             ReturnTask, SupplyMaterials, WithdrawCase, AdvanceCase, UrgeCase,
                             RateCase, SupplementRating, SetRatingAside, UnsealCase, ReadCase,
                             DecideUnsealing, RecuseOfficer, DecideRecusal, ResolveStranded>;

/// Holds one action. Its special members are defined once, in base/alternatives.cpp, which shortens
/// builds.
struct Action : Actions {
    using Actions::variant;
    Action();
    Action(const Action&);
    Action(Action&&) noexcept;
    Action& operator=(const Action&);
    Action& operator=(Action&&) noexcept;
    ~Action();
};

/// Who acts. An officer is identified by their id, an embedding system by its name. The applicant,
/// the agent who acts for the applicant in this case, and the engine have no id.
struct Actor {
    enum class Kind : std::uint8_t { officer, applicant, engine, agent, system };
    Kind kind = Kind::engine;
    OfficerId officer;  ///< for Kind::officer; the system's name for Kind::system

    static Actor of(OfficerId id) { return {Kind::officer, std::move(id)}; }
    static Actor the_applicant() { return {Kind::applicant, {}}; }
    static Actor the_agent() { return {Kind::agent, {}}; }
    static Actor system(std::string name) { return {Kind::system, OfficerId(std::move(name))}; }
    static Actor the_engine() { return {}; }
    friend bool operator==(const Actor&, const Actor&) = default;
};

/// The origin of a command issued by a batch.
struct BatchOrigin {
    OfficerId operated_by;  ///< the officer who ran the batch; empty: a machine account
    Digest script;          ///< SHA-256 of the script's text
    std::string row;        ///< the row's key
    /// The organization's rule that allowed the script to perform separated duties. Empty: no rule
    /// was needed.
    std::string rule;
    friend bool operator==(const BatchOrigin&, const BatchOrigin&) = default;
};

struct Command {
    Action action;
    Actor actor;
    CommandKey key;                   ///< empty: the caller will not repeat the command
    std::optional<Version> expected;  ///< nullopt: any version
    /// When the act is stated to have happened (paper work). Nullopt: now.
    std::optional<Instant> happened;
    /// The officer's signature over the result of `text_to_sign` (signing.hpp). Empty: not signed.
    std::string signature = {};
    std::optional<BatchOrigin> batch = {};  ///< nullopt: not issued by a batch
};

}  // namespace workflow::inline v0
