#pragma once

/// Vocabulary: what may be asked of a case.

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <workflow/values.hpp>

namespace workflow {

/// A field's name and value, as a citizen's form gives it.
using FieldValues = std::vector<std::pair<FieldId, Value>>;

/// How a material is there: handed in, or promised by a signed commitment (告知承诺).
enum class MaterialForm : std::uint8_t { provided, committed };

struct MaterialReceipt {
    MaterialId material;
    MaterialForm form = MaterialForm::provided;
    friend bool operator==(const MaterialReceipt&, const MaterialReceipt&) = default;
};

struct Applicant {
    PersonId person;   ///< compared with officers' persons: staff take no part in their own case
    std::string name;  ///< personal
    std::string kind = "person";  ///< person | enterprise
    friend bool operator==(const Applicant&, const Applicant&) = default;
};

/// Who applies for another (代理人). He takes no part in the case as an officer either.
struct Agent {
    PersonId person;
    std::string name;  ///< personal
    friend bool operator==(const Agent&, const Agent&) = default;
};

/// A request, made with the application, that an officer take no part (回避). It does nothing until
/// a second person confirms it.
struct RecusalRequest {
    OfficerId officer;
    std::string ground;  ///< one of the organization's
    std::string reason;
    friend bool operator==(const RecusalRequest&, const RecusalRequest&) = default;
};

/// Reads `OFFICER=GROUND: REASON`; nothing when a part is missing.
std::optional<RecusalRequest> parse_recusal(std::string_view text);

/// Opens a case of `item`: the application is received (收件). Receiving is not accepting.
struct OpenCase {
    ItemId item;
    Applicant applicant;
    std::string channel = "window";
    HallId hall;  ///< where it was received; empty for online channels
    FieldValues fields;
    std::vector<MaterialReceipt> materials;
    ModeId mode;                         ///< one of the organization's; empty: the usual way
    std::optional<Instant> appointment;  ///< when the applicant comes, in modes by appointment
    std::optional<Agent> agent;
    std::vector<RecusalRequest> recusals;
    CaseNumber about;  ///< the case that this one follows up
};

/// Takes an offered task that is not drawn.
struct ClaimTask {
    TaskNumber task{};
};

/// Ends a task with one of its outcomes. A task of a post that nobody holds is claimed in passing.
struct CompleteTask {
    TaskNumber task{};
    OutcomeId outcome;
    std::string reason;
    FieldValues fields;
    std::vector<MaterialReceipt> materials;
};

/// The holder hands a task on to a named colleague. Never for drawn tasks.
struct DelegateTask {
    TaskNumber task{};
    OfficerId to;
    std::string reason;
};

/// A supervisor gives a task to a named officer. Never for drawn tasks.
struct ReassignTask {
    TaskNumber task{};
    OfficerId to;
    std::string reason;
};

/// The holder gives a task back. A drawn one is drawn again without him (recusal, R24).
struct ReturnTask {
    TaskNumber task{};
    std::string reason;
};

/// The applicant brings what the case waits for.
struct SupplyMaterials {
    FieldValues fields;
    std::vector<MaterialReceipt> materials;
    /// Where an officer of the accepting post records it: how the applicant's act is shown, for
    /// example the number of a signed paper.
    std::string evidence = {};
};

/// The applicant takes the application back, before the decision.
struct WithdrawCase {
    std::string reason;
    std::string evidence = {};  ///< as in SupplyMaterials
};

/// The applicant, or a supervisor, asks for haste (催办): it is recorded and changes no order. Once
/// a day each.
struct UrgeCase {
    std::string reason;
};

/// What time alone brings about, up to the command's instant: timers fire in the order of their due
/// days, limits that are near or have passed are recorded, tasks that nobody could be drawn for are
/// drawn again, provisional days are counted anew.
struct AdvanceCase {
    bool recount = false;  ///< count all days anew, provisional or not: the calendar was amended
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

/// The applicant rates a visit (the task done then) or the whole case (no task), once, with the
/// token he was given for it. Possible after the case has ended.
struct RateCase {
    TaskNumber task{};
    std::string token;
    Grade grade = Grade::satisfied;
    std::string comment;
};

/// The applicant adds words to a rating of his, once; the grade stays (R28).
struct SupplementRating {
    TaskNumber task{};
    std::string token;
    std::string comment;
};

/// A supervisor sets a mistaken or malicious rating aside, after an appeal and a review. It stays
/// in the trail and no longer counts.
struct SetRatingAside {
    TaskNumber task{};
    std::string reason;
};

/// What is kept from whom while a case runs (群众不见面): from the reviewer who applies and who
/// took the application in, with everything personal; from everybody else who reviews.
enum class Sealed : std::uint8_t { applicant, reviewer };

/// The acting officer asks to see what is kept from them, on a ground and for a reason that stand
/// in the trail. A second person decides (DecideUnsealing).
struct UnsealCase {
    Sealed what = Sealed::applicant;
    std::string reason;
    std::string ground = {};  ///< one of the organization's
};

/// A supervisor grants or declines what `officer` asked by UnsealCase.
struct DecideUnsealing {
    OfficerId officer;  ///< empty: who asked first; needed where that is kept from the supervisor
    Sealed what = Sealed::applicant;
    bool granted = true;
    std::string reason;
};

/// Asks that an officer take no part in the case (回避), on a ground of the organization's list.
/// An officer who asks it of themselves is out at once; otherwise a second person decides.
struct RecuseOfficer {
    OfficerId officer;
    std::string ground;
    std::string reason;
};

/// A supervisor who is not concerned grants or declines a recusal.
struct DecideRecusal {
    OfficerId officer;
    bool granted = true;
    std::string reason;
};

/// The ways out of a drawn task that nobody can take.
enum class WayOut : std::uint8_t {
    ask_again,  ///< officers who gave it back are in the draw again
    /// Draws from officers of every hall and section. When none of them is left, draws from
    /// officers who came to a post for the task after the case was received.
    widen
};

std::string_view to_string(WayOut way);

/// An officer of the post that a stranded task was shown to chooses the way out; the engine draws.
struct ResolveStranded {
    TaskNumber task{};
    WayOut way = WayOut::ask_again;
    std::string reason;
};

/// The acting officer asks to read personal data of the case, and says what for: one of the
/// purposes that the organization names.
struct ReadCase {
    std::string purpose;
};

using Actions = std::variant<OpenCase, ClaimTask, CompleteTask, DelegateTask, ReassignTask,
                             ReturnTask, SupplyMaterials, WithdrawCase, AdvanceCase, UrgeCase,
                             RateCase, SupplementRating, SetRatingAside, UnsealCase, ReadCase,
                             DecideUnsealing, RecuseOfficer, DecideRecusal, ResolveStranded>;

/// Holds one action. base/alternatives.cpp defines the special members once, which shortens builds.
struct Action : Actions {
    using Actions::variant;
    Action();
    Action(const Action&);
    Action(Action&&) noexcept;
    Action& operator=(const Action&);
    Action& operator=(Action&&) noexcept;
    ~Action();
};

/// Who acts. An officer by their id; the applicant, the agent who acts for the applicant in this
/// case, the engine and an embedding system have no officer's id.
struct Actor {
    enum class Kind : std::uint8_t { officer, applicant, engine, agent, system };
    Kind kind = Kind::engine;
    OfficerId officer;  ///< for Kind::officer; for Kind::system the system's name

    static Actor of(OfficerId id) { return {Kind::officer, std::move(id)}; }
    static Actor the_applicant() { return {Kind::applicant, {}}; }
    static Actor the_agent() { return {Kind::agent, {}}; }
    static Actor system(std::string name) { return {Kind::system, OfficerId(std::move(name))}; }
    static Actor the_engine() { return {}; }
    friend bool operator==(const Actor&, const Actor&) = default;
};

/// Where a command of a batch comes from.
struct BatchOrigin {
    OfficerId operated_by;  ///< the officer who ran it; empty: an account of the machine
    Digest script;          ///< SHA-256 of the script's text
    std::string row;        ///< the row's key
    /// The organization's rule that let the script perform separated duties; empty: none was
    /// needed.
    std::string rule;
    friend bool operator==(const BatchOrigin&, const BatchOrigin&) = default;
};

struct Command {
    Action action;
    Actor actor;
    CommandKey key;                   ///< empty: the caller will not repeat it
    std::optional<Version> expected;  ///< nothing: whatever version the case has
    std::optional<Instant>
        happened;  ///< when it is said to have happened (paper work); nothing: now
    /// By the officer's key over what `text_to_sign` (signing.hpp) gives; empty: not signed.
    std::string signature = {};
    std::optional<BatchOrigin> batch = {};  ///< nothing: asked for by hand
};

}  // namespace workflow
