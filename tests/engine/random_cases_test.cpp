#include <catch2/catch.hpp>

#include <cstdlib>
#include <functional>
#include <sstream>

#include "engine/apply.hpp"
#include "engine/worklist.hpp"
#include "reference_model.hpp"
#include "support/hall.hpp"

namespace workflow::testing::random_cases_test {

// Random commands on random cases, compared with the reference model after every single one:
// refused or not and by which rule, where the case stands, who holds what, who could be drawn, that
// the trail replays to the same bytes, that the work list is what the events say, and, from the
// events alone, that nobody has performed two duties that are kept apart.
//
// WORKFLOW_SEQUENCES says how many sequences; WORKFLOW_SEED starts at another one.

namespace {

constexpr const char* random_staff = R"(organization: random-hall
title: Random hall
draw: {minimum: 1}
halls: {only: {title: Only}}
posts:
  window: {title: Window, duties: [intake]}
  reviewer: {title: Reviewer, duties: [review]}
  issuer: {title: Issuer, duties: [issue]}
  surveyor: {title: Surveyor, duties: [survey]}
  lawyer: {title: Lawyer, duties: [opinion]}
officers:
  a: {name: A, hall: only, posts: [window, lawyer]}
  b: {name: B, hall: only, posts: [window, reviewer]}
  c: {name: C, hall: only, posts: [reviewer]}
  d: {name: D, hall: only, posts: [reviewer, issuer, surveyor]}
  e: {name: E, hall: only, posts: [issuer]}
  e2: {name: E, person: e, hall: only, posts: [window, issuer]}
  f: {name: F, hall: only, posts: [surveyor, lawyer]}
  g: {name: G, hall: only, posts: [surveyor, reviewer, window], absent: [{from: 2026-03-04, to: 2026-03-12}]}
  h: {name: H, hall: only, posts: [window], supervisor: true}
  x: {name: X, hall: only, posts: [window, reviewer], qualified: [other.*]}
)";

const std::map<std::string, ModelOfficer>& model_staff() {
    static const std::map<std::string, ModelOfficer> staff = [] {
        const int away_from = parse_date("2026-03-04")->days;
        const int away_to = parse_date("2026-03-12")->days;
        return std::map<std::string, ModelOfficer>{
            {"a", {"a", {"intake", "opinion"}}},
            {"b", {"b", {"intake", "review"}}},
            {"c", {"c", {"review"}}},
            {"d", {"d", {"review", "issue", "survey"}}},
            {"e", {"e", {"issue"}}},
            {"e2", {"e", {"intake", "issue"}}},
            {"f", {"f", {"survey", "opinion"}}},
            {"g", {"g", {"survey", "review", "intake"}, true, away_from, away_to}},
            {"h", {"h", {"intake"}, true, 1, 0, true}},
            {"x", {"x", {"intake", "review"}, false}}};
    }();
    return staff;
}

constexpr const char* head = R"(kind: committed
limits: {statutory: 20 workdays, promised: 5 workdays}
fields: {id: {type: string, required: true}, note: {type: string}}
materials: {photo: {title: Photo}}
)";

struct Scene {
    std::string yaml;
    ModelItem model;
    std::vector<std::string> outcomes;
};

ModelStep task(std::string name, std::string duty, std::map<std::string, ModelOutcome> outcomes,
               std::string region = {}) {
    ModelStep step;
    step.name = std::move(name);
    step.duty = std::move(duty);
    step.outcomes = std::move(outcomes);
    step.region = std::move(region);
    return step;
}

ModelStep drawn(ModelStep step) {
    step.drawn = step.same_officer = true;
    return step;
}

ModelStep waits(std::string name, std::string supplied, ModelTimeout timeout,
                std::string region = {}) {
    ModelStep step;
    step.name = std::move(name);
    step.kind = ModelStep::wait;
    step.supplied = std::move(supplied);
    step.timeout = std::move(timeout);
    step.region = std::move(region);
    return step;
}

ModelStep ends(std::string name) {
    ModelStep step;
    step.name = std::move(name);
    step.kind = ModelStep::end;
    return step;
}

ModelStep region(std::string name, std::vector<std::string> starts, int needed, std::string then,
                 ModelTimeout timeout, std::string around = {}) {
    ModelStep step;
    step.name = std::move(name);
    step.kind = ModelStep::parallel;
    step.starts = std::move(starts);
    step.needed = needed;
    step.then = std::move(then);
    step.timeout = std::move(timeout);
    step.region = std::move(around);
    return step;
}

Scene standard() {
    Scene scene;
    scene.yaml = std::string("item: random.standard\ntitle: Standard\n") + head + R"(start: intake
on: {withdraw: withdrawn}
steps:
  intake:
    task: intake
    post: window
    limit: 1 workday
    outcomes:
      accept: {to: review, requires: materials, accepts: true}
      supplement: {to: supplementing, at most: 1}
      decline: {to: declined, requires: reason, decides: true}
  supplementing: {wait: applicant, on: {supplied: intake, after 3 workdays: lapsed}}
  review:
    task: review
    pool: pass-through
    limit: 3 workdays
    outcomes:
      approve: {to: issue, decides: true}
      return: {to: intake, requires: reason, at most: 2}
      inspect: {to: inspection}
  inspection: {wait: time, clock: paused, ground: Inspection, on: {after 2 workdays: review}}
  issue: {task: issue, post: issuer, outcomes: {deliver: completed, back: review}}
  completed: {end: granted}
  declined: {end: not accepted}
  lapsed: {end: lapsed}
  withdrawn: {end: withdrawn}
)";
    scene.model.start = "intake";
    scene.model.withdrawn = "withdrawn";
    scene.model.steps = {task("intake", "intake",
                              {{"accept", {"review", false, true}},
                               {"supplement", {"supplementing", false, false, false, 1}},
                               {"decline", {"declined", true, false, true}}}),
                         waits("supplementing", "intake", {3, "lapsed"}),
                         drawn(task("review", "review",
                                    {{"approve", {"issue", false, false, true}},
                                     {"return", {"intake", true, false, false, 2}},
                                     {"inspect", {"inspection"}}})),
                         waits("inspection", "", {2, "review"}),
                         task("issue", "issue", {{"deliver", {"completed"}}, {"back", {"review"}}}),
                         ends("completed"),
                         ends("declined"),
                         ends("lapsed"),
                         ends("withdrawn")};
    scene.outcomes = {"accept",  "accept", "supplement", "decline", "approve",
                      "approve", "return", "inspect",    "deliver", "back"};
    return scene;
}

Scene joint() {
    Scene scene;
    scene.yaml = std::string("item: random.joint\ntitle: Joint\n") + head +
                 R"(separated: [[survey, opinion, second]]
start: ask
on: {withdraw: withdrawn}
steps:
  ask:
    parallel:
      survey: {task: survey, post: surveyor, outcomes: {good: done, stop: refused}}
      opinion:
        start: draft
        steps:
          draft: {task: opinion, post: lawyer, outcomes: {written: sign}}
          sign: {task: opinion, post: lawyer, outcomes: {signed: done, rewrite: draft}}
      second: {task: review, pool: pass-through, outcomes: {good: done, outside: overdue}}
    join: 2 of 3
    on: {after 3 workdays: overdue}
    then: issue
  overdue: {task: intake, post: window, outcomes: {again: ask, close: refused}}
  issue: {task: issue, post: issuer, outcomes: {deliver: granted}}
  granted: {end: granted}
  refused: {end: refused}
  withdrawn: {end: withdrawn}
)";
    scene.model.start = "ask";
    scene.model.withdrawn = "withdrawn";
    scene.model.separated.push_back({"survey", "opinion", "second"});
    scene.model.steps = {
        region("ask", {"survey", "draft", "second"}, 2, "issue", {3, "overdue"}),
        task("survey", "survey", {{"good", {"done"}}, {"stop", {"refused"}}}, "ask"),
        task("draft", "opinion", {{"written", {"sign"}}}, "ask"),
        task("sign", "opinion", {{"signed", {"done"}}, {"rewrite", {"draft"}}}, "ask"),
        drawn(task("second", "review", {{"good", {"done"}}, {"outside", {"overdue"}}}, "ask")),
        task("overdue", "intake", {{"again", {"ask"}}, {"close", {"refused"}}}),
        task("issue", "issue", {{"deliver", {"granted"}}}),
        ends("granted"),
        ends("refused"),
        ends("withdrawn")};
    scene.outcomes = {"good",    "good",    "stop",  "written", "signed",
                      "rewrite", "outside", "again", "close",   "deliver"};
    return scene;
}

Scene staged() {
    Scene scene;
    scene.yaml = std::string("item: random.staged\ntitle: Staged\n") + head + R"(start: formal
steps:
  formal:
    stage:
      start: look
      steps:
        look: {task: intake, post: window, outcomes: {fine: weigh, hopeless: refused}}
        weigh:
          parallel:
            survey: {task: survey, post: surveyor, outcomes: {good: done, back: look}}
            ask: {wait: applicant, on: {supplied: done, after 2 workdays: look}}
          join: any
          then: decide
        decide: {task: review, pool: pass-through, outcomes: {good: done, refuse: refused}}
    on: {after 6 workdays: refused}
    then: hand-out
  hand-out: {task: issue, post: issuer, outcomes: {deliver: granted, again: formal}}
  granted: {end: granted}
  refused: {end: refused}
)";
    scene.model.start = "formal";
    scene.model.steps = {
        region("formal", {"look"}, 1, "hand-out", {6, "refused"}),
        task("look", "intake", {{"fine", {"weigh"}}, {"hopeless", {"refused"}}}, "formal"),
        region("weigh", {"survey", "ask"}, 1, "decide", {}, "formal"),
        task("survey", "survey", {{"good", {"done"}}, {"back", {"look"}}}, "weigh"),
        waits("ask", "done", {2, "look"}, "weigh"),
        drawn(task("decide", "review", {{"good", {"done"}}, {"refuse", {"refused"}}}, "formal")),
        task("hand-out", "issue", {{"deliver", {"granted"}}, {"again", {"formal"}}}),
        ends("granted"),
        ends("refused")};
    scene.outcomes = {"fine", "fine", "good", "good", "back", "deliver", "again", "refuse"};
    return scene;
}

struct Stage {
    explicit Stage(Scene given)
        : scene(std::move(given)),
          definitions({random_staff, scene.yaml}),
          process(definitions.processes.begin()->second) {}
    Scene scene;
    Definitions definitions;
    const process::Process& process;
};

std::uint64_t stir(std::uint64_t& state) {
    state += 0x9e3779b97f4a7c15U;
    auto word = state;
    word = (word ^ word >> 30) * 0xbf58476d1ce4e5b9U;
    word = (word ^ word >> 27) * 0x94d049bb133111ebU;
    return word ^ word >> 31;
}

/// One sequence on engine and model. A word decides everything about one command, so a sequence is
/// shortened by leaving words out.
class Trial {
public:
    explicit Trial(const Stage& stage) : stage_(stage), model_(stage.scene.model, model_staff()) {
        facts_.organization = &stage.definitions.organization;
        static const WorkingDays plain = [] {
            std::vector<YearNotice> years(1);
            years[0].year = 2026;
            return WorkingDays(years);
        }();
        facts_.calendar = &plain;
        facts_.number = CaseNumber("case-1");
        // Monday, nine o'clock.
        minute_ = parse_date("2026-03-02")->days * 1440L + 540;
    }

    /// What is wrong after the command that `word` decides; empty when nothing is.
    std::string step(std::uint64_t word) {
        word_ = word;
        for (auto& entropy : facts_.entropy) entropy = stir(word_);
        pass_time();
        make();
        return compare();
    }

    std::string said() const { return said_; }
    /// The rule that refused the last command, if one did, and whether the case has ended.
    std::optional<RefusalCode> refused() const { return wanted_; }
    bool ended() const { return c_.end.has_value(); }

private:
    std::uint64_t any(std::uint64_t n) { return stir(word_) % n; }
    bool one_in(std::uint64_t n) { return any(n) == 0; }

    void pass_time() {
        minute_ += static_cast<long>(any(20));
        if (one_in(4)) minute_ += static_cast<long>(any(3)) * 1440;
        facts_.now = Instant{(minute_ * 60 - 8 * 3600) * 1'000'000};
    }

    std::string officer() {
        static const char* names[] = {"a", "b", "c", "d", "e", "e2", "f", "g", "h", "x", "nobody"};
        return names[any(std::size(names))];
    }
    /// Mostly one who can do something with the task, so that cases get somewhere.
    std::string likely(int task) {
        const auto found = model_.tasks.find(task);
        if (found == model_.tasks.end() || one_in(4)) return officer();
        if (!found->second.holder.empty()) return found->second.holder;
        const auto may = model_.candidates(task);
        if (may.empty()) return officer();
        return *std::next(may.begin(), static_cast<long>(any(may.size())));
    }
    int some_task() {
        if (model_.tasks.empty() || one_in(12)) return static_cast<int>(any(6)) + 1;
        return std::next(model_.tasks.begin(), static_cast<long>(any(model_.tasks.size())))->first;
    }
    std::string some_outcome(int task) {
        const auto found = model_.tasks.find(task);
        if (found == model_.tasks.end() || one_in(8))
            return stage_.scene.outcomes[any(stage_.scene.outcomes.size())];
        const auto& outcomes = stage_.scene.model.step(found->second.step).outcomes;
        return std::next(outcomes.begin(), static_cast<long>(any(outcomes.size())))->first;
    }

    void make() {
        model_.now = minute_;
        command_ = {};
        std::ostringstream said;
        const auto kind = model_.opened ? any(20) : one_in(10) ? 19 : 0;
        std::function<ReferenceModel::Answer()> ask;
        if (kind == 0) {
            const bool by_officer = one_in(2), id = !one_in(10), photo = !one_in(3);
            const auto who = by_officer ? officer() : std::string();
            const auto applicant = one_in(3) ? officer() : "citizen";
            OpenCase open;
            open.item = stage_.process.item;
            open.applicant = {PersonId(applicant), "N", "person"};
            if (id) open.fields = {{FieldId("id"), Value("1")}};
            if (photo) open.materials = {provided("photo")};
            command_.action = open;
            act_as(who);
            said << "open by '" << who << "' for " << applicant << " id " << id << " photo "
                 << photo;
            ask = [=, this] { return model_.open(who, applicant, id, photo); };
        } else if (kind < 3) {
            const int task = some_task();
            const auto who = likely(task);
            command_.action = ClaimTask{TaskNumber(static_cast<unsigned>(task))};
            act_as(who);
            said << "claim " << task << " by " << who;
            ask = [=, this] { return model_.claim(task, who); };
        } else if (kind < 11) {
            const int task = some_task();
            const auto who = likely(task), outcome = some_outcome(task);
            const bool reason = !one_in(4), photo = one_in(3);
            CompleteTask complete{TaskNumber(static_cast<unsigned>(task)),
                                  OutcomeId(outcome),
                                  reason ? "reason" : "",
                                  {},
                                  {}};
            if (photo) complete.materials = {provided("photo")};
            command_.action = complete;
            act_as(who);
            said << "complete " << task << " by " << who << ": " << outcome << " reason " << reason
                 << " photo " << photo;
            ask = [=, this] { return model_.complete(task, who, outcome, reason, photo); };
        } else if (kind < 13) {
            const int task = some_task();
            const bool supervisor = one_in(2);
            const auto who = supervisor && !one_in(4) ? std::string("h") : likely(task);
            const auto to = officer();
            if (supervisor)
                command_.action =
                    ReassignTask{TaskNumber(static_cast<unsigned>(task)), OfficerId(to), {}};
            else
                command_.action =
                    DelegateTask{TaskNumber(static_cast<unsigned>(task)), OfficerId(to), {}};
            act_as(who);
            said << (supervisor ? "reassign " : "delegate ") << task << " by " << who << " to "
                 << to;
            ask = [=, this] { return model_.hand(task, who, to, supervisor); };
        } else if (kind < 15) {
            const int task = some_task();
            const auto who = likely(task);
            const bool reason = !one_in(3);
            command_.action =
                ReturnTask{TaskNumber(static_cast<unsigned>(task)), reason ? "reason" : ""};
            act_as(who);
            said << "return " << task << " by " << who << " reason " << reason;
            ask = [=, this] { return model_.give_back(task, who, reason); };
        } else if (kind < 17) {
            const bool photo = one_in(2);
            SupplyMaterials supply;
            if (photo) supply.materials = {provided("photo")};
            command_.action = supply;
            command_.actor = Actor::the_applicant();
            said << "supply photo " << photo;
            ask = [=, this] { return model_.supply(photo); };
        } else if (kind == 17 && one_in(3)) {
            command_.action = WithdrawCase{"no"};
            command_.actor = Actor::the_applicant();
            said << "withdraw";
            ask = [this] { return model_.withdraw(); };
        } else {
            command_.action = AdvanceCase{};
            said << "advance";
            ask = []() -> ReferenceModel::Answer { return {}; };
            advancing_ = true;
        }
        if (one_in(4)) command_.key = CommandKey("k" + std::to_string(any(4)));
        if (one_in(6))
            command_.expected = Version{c_.version - (c_.version > 0 && one_in(2) ? 1U : 0U)};
        if (one_in(5) && last_) {
            // The caller did not hear the answer, and says it again.
            command_ = *last_;
            said.str("again: " + last_said_);
        }
        said_ = said.str();
        answer(ask);
    }

    void act_as(const std::string& officer) {
        command_.actor = officer.empty() ? Actor::the_applicant() : Actor::of(OfficerId(officer));
    }

    /// Key, version and end come first, for every command alike.
    void answer(const std::function<ReferenceModel::Answer()>& ask) {
        const bool again = said_.rfind("again: ", 0) == 0;
        const auto text = again ? last_said_ : said_;
        wanted_.reset();
        repeated_ = performed_ = false;
        const auto known = keys_.find(command_.key.text);
        if (!command_.key.empty() && known != keys_.end()) {
            if (known->second == text)
                repeated_ = true;
            else
                wanted_ = RefusalCode::key_reused;
        } else if ((command_.expected && number(*command_.expected) != c_.version) ||
                   (std::holds_alternative<OpenCase>(command_.action) && model_.opened)) {
            wanted_ = RefusalCode::stale_version;
        } else if (!model_.opened && !std::holds_alternative<OpenCase>(command_.action)) {
            wanted_ = RefusalCode::unknown_case;
        } else if (!model_.ended.empty()) {
            wanted_ = RefusalCode::case_ended;
        } else {
            performed_ = true;
            // A command said again asks the same of the model again.
            wanted_ = (again ? last_ask_ : ask)();
        }
        advancing_ = std::holds_alternative<AdvanceCase>(command_.action);
        if (!again) {
            last_ = command_;
            last_said_ = said_;
            last_ask_ = ask;
        }
        text_ = text;
    }

    std::string compare() {
        auto decision = engine::decide(stage_.process, c_, command_, facts_);
        if (wanted_) {
            if (decision) return "the model refuses: " + std::string(code_of(*wanted_));
            if (decision.refusal().code != *wanted_)
                return "the model refuses " + std::string(code_of(*wanted_)) + ", the engine " +
                       decision.refusal().message;
            return {};
        }
        if (!decision) return "the engine refuses: " + decision.refusal().message;
        if (decision->repeated != repeated_) return "repeated or not";
        if (repeated_) return decision->events.empty() ? "" : "a repeated command added events";
        for (const auto& event : decision->events) {
            engine::apply(stage_.process, c_, event);
            events_.push_back(event);
            project(event);
        }
        if (!command_.key.empty() && !decision->events.empty()) keys_[command_.key.text] = text_;
        if (auto wrong = tell_draws(decision->events); !wrong.empty()) return wrong;
        return compare_states();
    }

    std::string tell_draws(const Events& events) {
        if (advancing_) model_.advance(minute_);
        for (const auto& event : events) {
            const auto* drawn = std::get_if<TaskDrawn>(&event.what);
            if (!drawn) continue;
            const auto task = static_cast<int>(number(drawn->task));
            if (!model_.to_draw.count(task)) return "a draw that the model does not expect";
            Names candidates;
            for (const auto& candidate : drawn->candidates) candidates.insert(candidate.text);
            if (candidates != model_.candidates(task)) return "the candidates differ";
            if (drawn->officer.empty() != candidates.empty() ||
                (!candidates.empty() && !candidates.count(drawn->officer.text)))
                return "the drawn officer is no candidate";
            model_.drawn(task, drawn->officer.text);
            if (advancing_ && model_.to_draw.empty()) model_.advance(minute_);
        }
        return model_.to_draw.empty() ? "" : "the model expects a draw";
    }

    std::string compare_states() {
        if ((c_.end.has_value()) != !model_.ended.empty()) return "ended or not";
        std::set<std::string> standing;
        for (const auto& token : c_.marking)
            if (stage_.process.places[token.place].role == process::Place::Role::at)
                standing.insert(stage_.process.step_at(token.place).id.text);
        if (c_.end) {
            if (standing != Names{model_.ended}) return "it ended elsewhere";
        } else if (standing != model_.standing) {
            return "it stands elsewhere";
        }
        if (c_.tasks.size() != model_.tasks.size()) return "the open tasks differ";
        for (const auto& task : c_.tasks) {
            const auto found = model_.tasks.find(static_cast<int>(number(task.number)));
            if (found == model_.tasks.end() || found->second.holder != task.holder.text ||
                found->second.undrawn != task.undrawn)
                return "the tasks or their holders differ";
        }
        const auto replayed = engine::replay(stage_.process, events_);
        if (engine::canonical(replayed) != engine::canonical(c_)) return "the replay differs";
        if (!separated()) return "somebody has performed what is kept apart";
        return worklist(replayed);
    }

    // ---- from the events alone

    void project(const Event& event) {
        const auto perform = [&](const OfficerId& officer, const std::string& what) {
            if (!officer.empty()) did_[model_staff().at(officer.text).person].insert(what);
        };
        const auto hold = [&](TaskNumber task, const OfficerId& officer) {
            rows_[number(task)].holder = officer;
            const auto& step = rows_[number(task)].step.text;
            perform(officer, step);
            perform(officer, stage_.scene.model.step(step).duty);
        };
        if (std::holds_alternative<CaseOpened>(event.what) &&
            event.actor.kind == Actor::Kind::officer)
            perform(event.actor.officer, "intake");
        if (const auto* offered = std::get_if<TaskOffered>(&event.what)) {
            auto& row = rows_[number(offered->task)];
            row.step = offered->step;
            row.due = offered->due;
            row.offered = event.happened;
        }
        if (const auto* drawn = std::get_if<TaskDrawn>(&event.what))
            hold(drawn->task, drawn->officer);
        if (const auto* claimed = std::get_if<TaskClaimed>(&event.what))
            hold(claimed->task, claimed->officer);
        if (const auto* handed = std::get_if<TaskHandedOver>(&event.what))
            hold(handed->task, handed->to);
        if (const auto* completed = std::get_if<TaskCompleted>(&event.what)) {
            hold(completed->task, completed->officer);
            rows_.erase(number(completed->task));
        }
        if (const auto* cancelled = std::get_if<TaskCancelled>(&event.what))
            rows_.erase(number(cancelled->task));
    }

    bool separated() const {
        for (const auto& [person, what] : did_)
            for (const auto& group : stage_.scene.model.separated) {
                int members = 0;
                for (const auto& member : group) members += static_cast<int>(what.count(member));
                if (members > 1) return false;
            }
        return true;
    }

    std::string worklist(const engine::Case& replayed) const {
        const auto& organization = stage_.definitions.organization;
        const auto rows = engine::tasks_of(stage_.process, organization, c_);
        const auto rebuilt = engine::tasks_of(stage_.process, organization, replayed);
        if (rows.size() != rows_.size() || rebuilt.size() != rows.size())
            return "the work list has other rows";
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto found = rows_.find(number(rows[i].task));
            if (found == rows_.end() || found->second.step != rows[i].step ||
                found->second.holder != rows[i].holder || found->second.due != rows[i].due ||
                found->second.offered != rows[i].offered || rebuilt[i].barred != rows[i].barred)
                return "the work list differs from the events";
        }
        return {};
    }

    const Stage& stage_;
    ReferenceModel model_;
    engine::Facts facts_;
    engine::Case c_;
    Events events_;
    long minute_ = 0;
    std::uint64_t word_ = 0;
    Command command_;
    std::optional<Command> last_;
    std::function<ReferenceModel::Answer()> last_ask_;
    std::string said_, last_said_, text_;
    std::optional<RefusalCode> wanted_;
    bool repeated_ = false, performed_ = false, advancing_ = false;
    std::map<std::string, std::string> keys_;
    std::map<std::uint32_t, TaskRow> rows_;
    std::map<std::string, Names> did_;
};

/// What the sequences have come across: without that they would prove nothing.
struct Seen {
    std::set<RefusalCode> refused;
    std::uint64_t commands = 0, ended = 0;
};

std::string run(const Stage& stage, const std::vector<std::uint64_t>& words,
                std::string* story = nullptr, Seen* seen = nullptr) {
    Trial trial(stage);
    for (const auto word : words) {
        auto wrong = trial.step(word);
        if (seen) {
            ++seen->commands;
            if (const auto rule = trial.refused()) seen->refused.insert(*rule);
            if (trial.ended() && trial.refused() != RefusalCode::case_ended) ++seen->ended;
        }
        if (story) *story += "  " + trial.said() + "\n";
        if (!wrong.empty()) return wrong;
    }
    return {};
}

/// Leaves out commands one by one as long as it still goes wrong.
std::vector<std::uint64_t> shortest(const Stage& stage, std::vector<std::uint64_t> words) {
    for (bool shorter = true; shorter;) {
        shorter = false;
        for (std::size_t i = 0; i < words.size(); ++i) {
            std::vector<std::uint64_t> fewer;
            for (std::size_t j = 0; j < words.size(); ++j)
                if (j != i) fewer.push_back(words[j]);
            if (run(stage, fewer).empty()) continue;
            words = fewer;
            shorter = true;
            break;
        }
    }
    return words;
}

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

}  // namespace

TEST_CASE("random commands have the results that the reference model gives them") {
#ifdef NDEBUG
    constexpr std::uint64_t usual = 100'000;
#else
    constexpr std::uint64_t usual = 2'000;
#endif
    const Stage stages[] = {Stage(standard()), Stage(joint()), Stage(staged())};
    const auto count = from_environment("WORKFLOW_SEQUENCES", usual);
    const auto first = from_environment("WORKFLOW_SEED", 1);
    Seen seen;
    for (auto seed = first; seed < first + count; ++seed) {
        auto state = seed;
        const auto& stage = stages[stir(state) % std::size(stages)];
        std::vector<std::uint64_t> words(4 + stir(state) % 20);
        for (auto& word : words) word = stir(state);
        if (run(stage, words, nullptr, &seen).empty()) continue;
        std::string story;
        const auto wrong = run(stage, shortest(stage, words), &story);
        FAIL("seed " << seed << " (WORKFLOW_SEED=" << seed << " WORKFLOW_SEQUENCES=1), "
                     << stage.process.item.text << ": " << wrong << "\n"
                     << story);
    }
    if (count < 1000) return;
    CHECK(seen.ended > count / 10);
    for (const auto rule : {RefusalCode::unknown_case,      RefusalCode::unknown_task,
                            RefusalCode::unknown_officer,   RefusalCode::unknown_outcome,
                            RefusalCode::stale_version,     RefusalCode::key_reused,
                            RefusalCode::case_ended,        RefusalCode::not_on_post,
                            RefusalCode::not_qualified,     RefusalCode::absent,
                            RefusalCode::separated,         RefusalCode::applicant_is_officer,
                            RefusalCode::not_your_task,     RefusalCode::already_claimed,
                            RefusalCode::drawn_not_chosen,  RefusalCode::not_supervisor,
                            RefusalCode::materials_missing, RefusalCode::field_missing,
                            RefusalCode::reason_required,   RefusalCode::outcome_exhausted,
                            RefusalCode::not_waiting,       RefusalCode::withdraw_closed}) {
        INFO(code_of(rule));
        CHECK(seen.refused.count(rule) == 1);
    }
}

}  // namespace workflow::testing::random_cases_test
