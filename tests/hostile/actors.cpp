#include "actors.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include "crypto/digest.hpp"
#include "store/memory_store.hpp"
#include "support/tell_all.hpp"

namespace workflow::hostile {

namespace {

const std::vector<std::string> every_officer{
    "lin",   "lin-two", "shi",   "rev-a", "rev-b", "rev-c", "rev-d",  "exp-a",
    "exp-b", "exp-c",   "exp-d", "wang",  "kong",  "chief", "deputy", "far-chief"};
/// Of the applicants one works at the window and one reviews.
const std::vector<std::string> every_person{"canary-1", "canary-2", "lin", "rev-a"};
const std::vector<const char*> every_outcome{"accept",  "supplement", "decline", "approve",
                                             "reject",  "return",     "favour",  "against",
                                             "deliver", "ask-again"};
const std::vector<const char*> every_hall{"north", "south"};
const std::vector<const char*> every_ground{"kin", "interest", "complaint", "audit", ""};

/// The reason that is given at the task, known again wherever it is shown.
std::string reason_at(TaskNumber task) {
    return fmt::format("reason-at-{};", static_cast<std::uint32_t>(task));
}

std::string around(const std::string& text, const std::string& part) {
    const auto at = text.find(part);
    return text.substr(at < 60 ? 0 : at - 60, 120) + '\n';
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

Actors::Actors(std::uint64_t seed)
    : random_{seed * 2654435761U + 88172645463325252U},
      now_(*parse_instant("2026-03-02T09:00:00+08:00", {})),
      engine_(catalog(), open_memory_store(), options()) {}

Engine::Options Actors::options() {
    Engine::Options options;
    options.clock = [this] { return now_; };
    options.entropy = [this] {
        return (random_.below(1U << 31) << 33) ^ (random_.below(1U << 31) << 7) ^
               random_.below(1U << 20);
    };
    options.cached_cases = 8;
    return options;
}

void Actors::act() {
    now_.microseconds += std::int64_t{60'000'000} * (1 + random_.below(90));
    const auto what = random_.below(20);
    if (cases_.empty() || (what == 0 && cases_.size() < 4))
        file();
    else if (what < 9)
        work();
    else if (what < 18)
        try_anything();
    else if (what == 18)
        change_staff();
    else
        pass_time();
    if (chance(4)) look();
}

/// The same name as somebody might write it who wants to be another.
std::string Actors::spelled(std::string name) {
    switch (random_.below(8)) {
        case 0:
            return name + " ";
        case 1:
            return " " + name;
        case 2:
            for (auto& c : name)
                if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
            return name;
        case 3:
            return name + "\xe2\x80\x8b";  // a blank of no width
        default:
            return name;
    }
}

OfficerId Actors::any_officer() {
    return OfficerId(spelled(any(every_officer)));
}

Actor Actors::anybody() {
    switch (random_.below(12)) {
        case 0:
        case 1:
            return Actor::the_applicant();
        case 2:
            return Actor::the_agent();
        case 3:
            return Actor::system("portal");
        case 4:
            return Actor::the_engine();
        default:
            return Actor::of(any_officer());
    }
}

FieldValues Actors::some_fields() {
    static const std::vector<const char*> names{"id_number", "years", "level",
                                                "finding",   "fee",   "account"};
    FieldValues fields;
    for (const auto* name : names) {
        if (!chance(3)) continue;
        const std::string field(name);
        const auto word = std::to_string(random_.below(50));
        const bool whole = field == "years" || field == "level" || field == "fee";
        const char* mark = field == "finding" ? "found-" : "canary-";
        fields.emplace_back(FieldId(field),
                            whole ? Value(*parse_decimal(word)) : Value(mark + word));
    }
    return fields;
}

TaskNumber Actors::any_task() {
    return TaskNumber{static_cast<std::uint32_t>(random_.below(9))};
}

void Actors::file() {
    OpenCase application;
    application.item = ItemId("card");
    application.applicant = {PersonId(spelled(any(every_person))), "canary-name", "person"};
    application.channel = chance(2) ? "web" : "window";
    application.hall = HallId(any(every_hall));
    application.fields = {{FieldId("id_number"), Value("canary-id")},
                          {FieldId("years"), decimal_of(static_cast<int>(random_.below(40)))}};
    if (chance(4)) application.fields = some_fields();
    application.materials = {{MaterialId("photo"), MaterialForm::provided}};
    if (chance(3)) {
        application.agent = Agent{PersonId(spelled(any(every_person))), "canary-agent"};
        application.materials.push_back({MaterialId("authority"), MaterialForm::provided});
    }
    if (chance(4)) application.recusals = {{any_officer(), any(every_ground), "I was told to"}};
    const auto opened = engine_.open(application, chance(3) ? anybody() : Actor::the_applicant());
    tale_ += fmt::format("file {}: {}\n", application.applicant.person.text,
                         opened ? opened->number.text : opened.refusal().message);
    if (!opened) return;
    ++done_;
    cases_.push_back(opened->number);
    judge_all();
}

/// Somebody who may does what there is to do, sometimes with a little more than they may; or
/// somebody else does it.
void Actors::work() {
    const auto number = any(cases_);
    const auto tasks = engine_.reader().show(number)->tasks;
    if (tasks.empty()) {
        SupplyMaterials supplies;
        supplies.materials = {{MaterialId("photo"), MaterialForm::provided}};
        if (!chance(4)) supplies.fields = {{FieldId("account"), Value("6222")}};
        if (chance(4)) supplies.fields = some_fields();
        return perform(number, {supplies, Actor::the_applicant(), {}, {}, {}});
    }
    const auto& task = any(tasks);
    CompleteTask completion;
    completion.task = task.task;
    completion.outcome = OutcomeId(any(every_outcome));
    completion.reason = reason_at(task.task);
    if (chance(5)) completion.fields = some_fields();
    std::vector<OfficerId> able;
    engine_.transact([&](Engine::Session& session) { able = session.eligible(number, task.task); });
    if (able.empty()) return;
    const auto& step = task.step.text;
    static const std::map<std::string, std::vector<const char*>> usual{
        {"intake", {"accept", "accept", "accept", "supplement", "decline"}},
        {"review", {"approve", "approve", "approve", "reject", "return"}},
        {"pay", {"deliver", "deliver", "ask-again"}}};
    const auto known = usual.find(step);
    if (known != usual.end())
        completion.outcome = OutcomeId(any(known->second));
    else
        completion.outcome = OutcomeId(chance(3) ? "against" : "favour");
    const auto officer = chance(8) ? any_officer() : any(able);
    Command command{completion, Actor::of(officer), {}, {}, {}};
    if (chance(6))
        command.batch =
            BatchOrigin{chance(2) ? any_officer() : OfficerId(), sha256("script"), "row-1", ""};
    perform(number, command);
}

Action Actors::any_action() {
    const auto reason = std::string(chance(5) ? "" : "because");
    const auto evidence = std::string(chance(2) ? "" : "paper 7");
    switch (random_.below(18)) {
        case 0:
            return ClaimTask{any_task()};
        case 1:
        case 2:
        case 3:
            return CompleteTask{
                any_task(), OutcomeId(any(every_outcome)), reason, some_fields(), {}};
        case 4:
            return DelegateTask{any_task(), any_officer(), reason};
        case 5:
            return ReassignTask{any_task(), any_officer(), reason};
        case 6:
        case 7:
            return ReturnTask{any_task(), reason};
        case 8:
            return SupplyMaterials{some_fields(), {}, evidence};
        case 9:
            return WithdrawCase{reason, evidence};
        case 10:
            return UrgeCase{reason};
        case 11:
            return RateCase{any_task(), "token", Grade::very_dissatisfied, "canary-words"};
        case 12:
            return UnsealCase{chance(2) ? Sealed::applicant : Sealed::reviewer, reason,
                              any(every_ground)};
        case 13:
            return DecideUnsealing{chance(2) ? OfficerId() : any_officer(),
                                   chance(2) ? Sealed::applicant : Sealed::reviewer, !chance(4),
                                   reason};
        case 14:
        case 15:
            return RecuseOfficer{any_officer(), any(every_ground), reason};
        case 16:
            return DecideRecusal{any_officer(), !chance(4), reason};
        default:
            return ResolveStranded{any_task(), chance(2) ? WayOut::ask_again : WayOut::widen,
                                   reason};
    }
}

/// Lets a supervisor decide on an open request, even on their own.
void Actors::seek_consent(const CaseNumber& number, Command& command) {
    static const std::vector<const char*> supervisors{"chief", "deputy", "far-chief"};
    const auto& c = judge_.facts(number);
    const auto by = Actor::of(OfficerId(any(supervisors)));
    if (!c.recusals.empty() && chance(2))
        command = {DecideRecusal{OfficerId(any(c.recusals).account), true, {}}, by, {}, {}, {}};
    else if (!c.unseal_asked.empty())
        command = {DecideUnsealing{{}, any(c.unseal_asked).second, true, {}}, by, {}, {}, {}};
    else
        command = {chance(2) ? Action(RecuseOfficer{any_officer(), "kin", "x"})
                             : Action(UnsealCase{Sealed::reviewer, "x", "audit"}),
                   by,
                   {},
                   {},
                   {}};
}

void Actors::try_anything() {
    const auto number = any(cases_);
    Command command{any_action(), anybody(), {}, {}, {}};
    const auto tasks = engine_.reader().show(number)->tasks;
    // Acts as the officer who holds a task.
    if (!tasks.empty() && chance(3)) {
        const auto& task = any(tasks);
        if (!task.holder.empty()) command.actor = Actor::of(task.holder);
        if (chance(2)) command.action = ReturnTask{task.task, "not me"};
    }
    if (chance(4)) seek_consent(number, command);
    if (chance(10)) command.happened = Instant{now_.microseconds - 3'600'000'000};
    if (chance(8))
        command.batch = BatchOrigin{any_officer(), sha256("script"), "row-2", "any rule"};
    perform(number, command);
}

StaffChange Actors::any_change() {
    static const std::vector<const char*> posts{"window", "reviewer", "expert", "counter"};
    switch (random_.below(7)) {
        case 0:
            return OfficerWeighted{static_cast<std::uint32_t>(random_.below(20))};
        case 1:
            return OfficerPosted{{PostId(any(posts)), PostId(any(posts))}};
        case 2:
            return OfficerQualified{{"other.*"}};
        case 3:
            return OfficerAbsent{*parse_date("2026-03-02"), *parse_date("2026-06-30")};
        case 4:
            return OfficerSupervises{true};
        case 5:
            return OfficerMoved{HallId(any(every_hall)), {}};
        default:
            return OfficerJoined{
                "新", PersonId(spelled(any(every_officer))), HallId(any(every_hall)), {}};
    }
}

void Actors::change_staff() {
    const auto proposals = engine_.administration().proposals();
    static const std::vector<const char*> supervisors{"chief", "deputy", "far-chief"};
    const auto by = Actor::of(chance(2) ? any_officer() : OfficerId(any(supervisors)));
    Expected<Answer> answered =
        !proposals.empty() && chance(2)
            ? engine_.administration().confirm_staff({any(proposals).number, !chance(4), "agreed"},
                                                     by)
            : engine_.administration().change_staff({chance(6) ? OfficerId("new-1") : any_officer(),
                                                     any_change(), "order", chance(2)},
                                                    by);
    tale_ += fmt::format("staff by {}: {}\n", by.officer.text,
                         answered ? "done" : answered.refusal().message);
    if (answered) judge_all();
}

void Actors::pass_time() {
    if (chance(4)) now_.microseconds += std::int64_t{86'400'000'000} * 21;
    engine_.advance();
    tale_ += "time passes\n";
    judge_all();
}

void Actors::perform(const CaseNumber& number, const Command& command) {
    const auto answered = engine_.perform(number, command);
    tale_ += fmt::format("{} action {} by {} `{}`: {}\n", number.text, command.action.index(),
                         static_cast<int>(command.actor.kind), command.actor.officer.text,
                         answered ? "done" : answered.refusal().message);
    if (!answered) return;
    ++done_;
    judge_all();
}

/// A change of staff, or time, touches every case.
void Actors::judge_all() {
    for (const auto& number : cases_) judge_.read(number, *engine_.reader().trail(number));
    judge_.read_journal(engine_.administration().journal());
}

std::string Actors::trails() {
    std::string all;
    for (const auto& number : cases_) {
        const auto trail = engine_.reader().trail(number).value();
        for (const auto& event : trail)
            all += fmt::format("{} {}: {}\n", number.text, kind_of(event.what),
                               testing::tell_all(event));
    }
    return all;
}

/// What each side is shown of a case.
void Actors::look() {
    if (!cases_.empty()) judge_sight(any(cases_));
}

void Actors::judge_sight(const CaseNumber& number) {
    const auto& c = judge_.facts(number);
    const auto all = [&](auto view) {
        std::string text;
        if (const auto detail = view.show(number)) {
            for (const auto& [field, value] : detail->fields) text += to_string(value) + ' ';
            for (const auto& task : detail->tasks) text += task.holder.text + ' ';
            text += detail->applicant.person.text + ' ' + detail->applicant.name + ' ';
        }
        if (const auto trail = view.trail(number))
            for (const auto& event : *trail) text += testing::tell_all(event) + ' ';
        return text;
    };
    const auto applicant = all(engine_.reader().seen_by_applicant(PersonId(c.applicant)));
    // What the applicants wrote themselves they may read.
    const bool names_them = c.applicant == "rev-a" || c.agent == "rev-a";
    if (!(c.ended && c.decided) && !names_them)
        for (const auto& [task, given] : c.tasks)
            if (is_drawn(given.step) && !given.holder.empty() && !c.named.contains(given.holder))
                if (has(applicant, given.holder))
                    FAIL_CHECK("the applicant of " << number.text << " is shown " << given.holder
                                                   << "\n"
                                                   << around(applicant, given.holder) << tale_);
    for (const auto& [task, given] : c.tasks) {
        if (!given.open || given.holder.empty() || !is_drawn(given.step)) continue;
        const auto shown = all(engine_.reader().seen_by(OfficerId(given.holder)));
        if (!c.decided && !c.unsealed.contains({judge_.person(given.holder), Sealed::applicant}) &&
            has(shown, "canary"))
            FAIL_CHECK(given.holder << " reviews " << number.text << " and is shown who applies\n"
                                    << around(shown, "canary") << tale_);
        for (const auto& [vote, other] : c.tasks)
            if (other.step.starts_with("study") && given.step.starts_with("study") && !other.open &&
                other.holder != given.holder && vote + 3 > task &&
                has(shown, reason_at(TaskNumber{vote})))
                FAIL_CHECK(given.holder << " votes and is shown the vote of " << other.holder
                                        << "\n"
                                        << tale_);
    }
}

}  // namespace workflow::hostile
