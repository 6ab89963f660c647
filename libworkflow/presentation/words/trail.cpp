#include "trail.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include <workflow/refusal.hpp>

#include "../../crypto/digest.hpp"
#include "../../definition/organization.hpp"
#include "../../shell/catalog_access.hpp"
#include "staff.hpp"

namespace workflow::presentation {

std::string step_name(const process::Process* process, const StepId& step,
                      const std::string& language) {
    if (process != nullptr) {
        for (const auto& entry : process->steps) {
            if (entry.id != step) continue;
            const std::string& title = entry.title.in(language);
            return title.empty() ? step.text : title;
        }
    }
    return step.text;
}

std::string officer_name(const definition::Organization& organization, const OfficerId& officer) {
    const auto* found = organization.officer(officer);
    return found == nullptr || found->name.empty() ? officer.text
                                                   : found->name + " (" + officer.text + ")";
}

std::string post_name(const definition::Organization& organization, const PostId& post,
                      const std::string& language) {
    const auto* found = organization.post(post);
    if (found == nullptr) return post.text;
    const std::string& title = found->title.in(language);
    return title.empty() ? post.text : title;
}

struct Teller {
    TrailWords& words;
    TrailLine& line;

    [[nodiscard]] std::string step(const StepId& id) const {
        return step_name(words.process_.get(), id, words.language_);
    }
    [[nodiscard]] std::string task(TaskNumber number_of_task) const {
        const auto found = words.steps_.find(number_of_task);
        const std::string name = found == words.steps_.end() ? "task" : step(found->second);
        return fmt::format("{} (task {})", name, number(number_of_task));
    }
    [[nodiscard]] std::string post(const PostId& id) const {
        return post_name(compiled(words.catalog_).organization(), id, words.language_);
    }
    [[nodiscard]] std::string officer(const OfficerId& id) const {
        return officer_name(compiled(words.catalog_).organization(), id);
    }

    void add_values(const FieldValues& fields, const std::vector<MaterialReceipt>& materials) {
        for (const auto& [field, value] : fields) {
            const auto slot = words.process_ ? words.process_->field(field) : std::nullopt;
            const bool hidden = slot && words.process_->fields[*slot].personal && !words.personal_;
            line.what +=
                fmt::format("; {} = {}", field.text, hidden ? "(personal)" : to_string(value));
        }
        for (const auto& receipt : materials) {
            line.what +=
                fmt::format("; {} {}", receipt.material.text,
                            receipt.form == MaterialForm::provided ? "handed in" : "promised");
        }
    }
    void add_reason(const std::string& reason) {
        if (!reason.empty()) line.what += ": " + reason;
    }
    void add_dues(const std::optional<Date>& statutory, const std::optional<Date>& promised,
                  bool provisional) {
        if (promised) line.due += "promised " + to_string(*promised);
        if (statutory) line.due += (promised ? ", law " : "law ") + to_string(*statutory);
        if (provisional) line.due += " (provisional)";
    }

    static std::string_view chose(Allocation way) {
        switch (way) {
            case Allocation::shortest_queue:
                return "by the shortest queue chose";
            case Allocation::round_robin:
                return "by turns chose";
            case Allocation::draw:
                break;
        }
        return "drew";
    }
    void operator()(const CaseOpened& e) {
        words.process_ = compiled(words.catalog_).process(e.item);
        const auto title = words.catalog_.title(e.item);
        const std::string from =
            e.applicant.name.empty() ? e.applicant.person.text : e.applicant.name;
        line.what = fmt::format("received “{}” (revision {})",
                                title ? title->in(words.language_) : e.item.text, e.revision);
        if (!from.empty()) {
            line.what += " from " + (words.personal_ ? from : std::string("the applicant"));
        }
        if (!e.channel.empty()) line.what += ", channel " + e.channel;
        if (!e.mode.empty()) line.what += ", served as " + e.mode.text;
        if (e.agent)
            line.what += words.personal_ ? ", by " + e.agent->name + " as the applicant's agent"
                                         : std::string(", by an agent");
        if (!e.recused.empty())
            line.what += fmt::format("; {} officers take no part", e.recused.size());
        if (!e.about.empty()) line.what += "; follows up " + e.about.text;
        add_values(e.fields, e.materials);
    }
    void operator()(const CaseAccepted& e) {
        line.what = words.after_term_.holds() ? "deemed accepted, since nobody has answered in time"
                                              : "accepted";
        line.what += "; the limits run from " + to_string(e.accepted);
        add_dues(e.statutory_due, e.promised_due, e.provisional);
    }
    void operator()(const TaskOffered& e) {
        words.steps_[e.task] = e.step;
        line.what = task(e.task) + " waits for an officer";
        if (e.due) line.due = to_string(*e.due);
    }
    void operator()(const TaskDrawn& e) {
        if (e.officer.empty()) {
            line.what = e.candidates.empty() ? "nobody could be drawn for " + task(e.task)
                                             : fmt::format("too few are left to draw for {}: {}",
                                                           task(e.task), e.candidates.size());
        } else {
            line.what = fmt::format("{} {} for {}", chose(e.by), officer(e.officer), task(e.task));
            // Applicants are not shown the number of candidates, either.
            if (!e.candidates.empty()) line.what += fmt::format(" out of {}", e.candidates.size());
        }
        std::map<std::string_view, std::size_t> reasons;
        for (const Exclusion& out : e.excluded)
            ++reasons[code_of(static_cast<RefusalCode>(out.rule))];
        std::string left_out;
        for (const auto& [rule, count] : reasons) {
            left_out += fmt::format("{}{} {}", left_out.empty() ? "" : ", ", count, rule);
        }
        if (!left_out.empty()) line.what += " (left out: " + left_out + ")";
        for (const auto& way : e.widened) line.what += "; widened: " + way;
    }
    void operator()(const TaskClaimed& e) { line.what = "took " + task(e.task); }
    void operator()(const TaskHandedOver& e) {
        using Way = TaskHandedOver::Way;
        switch (e.way) {
            case Way::delegated:
                line.what = fmt::format("handed {} on to {}", task(e.task), officer(e.to));
                break;
            case Way::reassigned:
                line.what = fmt::format("gave {} to {}", task(e.task), officer(e.to));
                break;
            case Way::returned:
                line.what = "gave back " + task(e.task);
                break;
            case Way::absent:
                line.what = fmt::format("took {} from {}", task(e.task), officer(e.from));
                if (e.reason.empty()) line.what += ", who is absent or may no longer do it";
                break;
        }
        add_reason(e.reason);
    }
    void operator()(const TaskCompleted& e) {
        std::string outcome = e.outcome.text;
        if (const auto* first = words.process_ ? words.process_->first_of(e.path) : nullptr) {
            const std::string& title = first->title.in(words.language_);
            if (!title.empty()) outcome = title;
        }
        line.what = fmt::format("{}: {}", task(e.task), outcome);
        add_reason(e.reason);
        add_values(e.fields, e.materials);
    }
    void operator()(const TaskCancelled& e) { line.what = task(e.task) + " is no longer needed"; }
    void operator()(const TimerArmed& e) {
        line.what = "a term begins";
        line.due = e.moment ? to_string(*e.moment, compiled(words.catalog_).organization().clock)
                            : to_string(e.due);
    }
    void operator()(const TimerFired& e) {
        line.what = fmt::format("the term of {} has passed", to_string(e.due));
    }
    void operator()(const ClockPaused& e) { line.what = "the limits stand still: " + e.ground; }
    void operator()(const ClockResumed& e) {
        line.what = "the limits run again; the last day not counted is " + to_string(e.to);
        add_dues(e.statutory_due, e.promised_due, e.provisional);
    }
    void operator()(const MaterialsSupplied& e) {
        line.what = "brought what was missing";
        add_values(e.fields, e.materials);
    }
    void operator()(const CaseWithdrawn& e) {
        line.what = "took the application back";
        add_reason(e.reason);
    }
    void operator()(const LimitPassed& e) {
        switch (e.kind) {
            case LimitPassed::Kind::step:
                line.what = "YELLOW: the limit of " + task(e.task) + " has passed";
                break;
            case LimitPassed::Kind::promised:
                line.what = "YELLOW: the promised day has passed";
                break;
            case LimitPassed::Kind::statutory:
                line.what = "RED: the limit of the law has passed";
                break;
        }
        line.due = to_string(e.due);
    }
    void operator()(const LimitsComputed& e) {
        line.what = "by the item's rules";
        if (e.promised) line.what += fmt::format(", {} are promised", to_string(*e.promised));
        if (e.statutory) line.what += fmt::format(", the law gives {}", to_string(*e.statutory));
    }
    void operator()(const LimitExtended& e) {
        line.what = fmt::format("the limit of the law is extended by {}", to_string(e.by));
        add_dues(e.statutory_due, {}, e.provisional);
    }
    [[nodiscard]] std::string limit(const Warning& warning) const {
        switch (warning.kind) {
            case LimitPassed::Kind::step:
                return "the limit of " + task(warning.task);
            case LimitPassed::Kind::promised:
                return "the promised day";
            case LimitPassed::Kind::statutory:
                return "the limit of the law";
        }
        return {};
    }
    void operator()(const WarningsSet& e) {
        std::vector<std::string> set;
        for (const auto& warning : e.warnings)
            set.push_back(fmt::format("of {} on {}", limit(warning), to_string(warning.from)));
        line.what = fmt::format("will warn {}", fmt::join(set, ", "));
    }
    void operator()(const LimitNear& e) {
        line.what =
            fmt::format("{} warning: {} is near",
                        e.warning.signal == Signal::red ? "red" : "yellow", limit(e.warning));
        line.due = to_string(e.due);
    }
    void operator()(const TaskEscalated& e) {
        line.what = fmt::format("{} is told that {} is late", post(e.post), task(e.task));
    }
    void operator()(const CaseUrged& e) {
        line.what = "asked for haste";
        add_reason(e.reason);
    }
    void operator()(const DaysRecounted& e) {
        line.what = "the days were counted anew by the calendar as it is now";
        add_dues(e.statutory_due, e.promised_due, e.provisional);
        for (const auto& [which, due] : e.tasks)
            line.what += fmt::format("; {} is due {}", task(which), to_string(due));
    }
    void operator()(const CaseSampled& e) {
        line.what = fmt::format("{} in {} are looked at again ({}): this case {}", e.of, e.in,
                                step(e.step), e.taken ? "is" : "is not");
    }
    [[nodiscard]] std::string rated(TaskNumber number_of_task) const {
        return number_of_task == TaskNumber{} ? std::string("the case") : task(number_of_task);
    }
    void add_comment(const std::string& comment) {
        if (!comment.empty()) add_reason(words.personal_ ? comment : "(personal)");
    }
    void operator()(const RatingInvited& e) {
        line.what = fmt::format("the applicant may rate {}{}", rated(e.task),
                                e.window.empty() ? "" : " at the window " + e.window.text);
    }
    void operator()(const CaseRated& e) {
        line.what = fmt::format("rated {}: {} of 5", rated(e.task), static_cast<int>(e.grade));
        add_comment(e.comment);
    }
    void operator()(const RatingSupplemented& e) {
        line.what = fmt::format("added to the rating of {}", rated(e.task));
        add_comment(e.comment);
    }
    void operator()(const RatingSetAside& e) {
        line.what = fmt::format("set the rating of {} aside", rated(e.task));
        add_reason(e.reason);
    }
    void operator()(const UnsealAsked& e) {
        line.what = fmt::format(
            "asked to see {} ({})",
            e.what == Sealed::applicant ? "who applies, and what is personal" : "who reviews",
            e.ground);
        add_reason(e.reason);
    }
    void operator()(const UnsealDeclined& e) {
        line.what = fmt::format("declined what {} asked to see", officer(e.officer));
        add_reason(e.reason);
    }
    void operator()(const FieldsCorrected& e) {
        std::string names;
        for (const auto& field : e.fields) names += (names.empty() ? "" : ", ") + field.text;
        line.what = fmt::format("corrected the application: {}", names);
    }
    void operator()(const RecusalAsked& e) {
        line.what = fmt::format("asked that {} take no part ({})", officer(e.officer), e.ground);
        add_reason(e.reason);
    }
    void operator()(const RecusalDecided& e) {
        line.what = fmt::format("{} that {} take no part", e.granted ? "granted" : "declined",
                                officer(e.officer));
        add_reason(e.reason);
    }
    void operator()(const TaskStranded& e) {
        line.what = fmt::format(
            "nobody can be drawn for task {}: {} chooses a way out", number(e.task),
            post_name(compiled(words.catalog_).organization(), e.post, words.language_));
    }
    void operator()(const StrandedResolved& e) {
        line.what = e.way == WayOut::ask_again
                        ? fmt::format("asked again those who had returned task {}", number(e.task))
                        : fmt::format("widened the pool of task {} to every hall and section",
                                      number(e.task));
        add_reason(e.reason);
    }
    void operator()(const StaffProposed& e) {
        line.what = fmt::format(
            "proposed: {} {}", officer(e.officer),
            in_words(e.change, compiled(words.catalog_).organization(), words.language_));
        add_reason(e.reason);
    }
    void operator()(const StaffDeclined& e) {
        line.what = fmt::format("declined proposal {}", e.proposal);
        add_reason(e.reason);
    }
    void operator()(const CaseUnsealed& e) {
        if (!e.officer.empty()) {
            line.what = fmt::format(
                "let {} see {}", officer(e.officer),
                e.what == Sealed::applicant ? "who applies, and what is personal" : "who reviews");
            add_reason(e.reason);
            return;
        }
        line.what = e.what == Sealed::applicant ? "was shown who applies, and what is personal"
                                                : "was shown who reviews";
        add_reason(e.reason);
    }
    void operator()(const CaseRead& e) {
        const auto& rules = compiled(words.catalog_).organization().reading;
        const auto* purpose = rules ? rules->find(e.purpose) : nullptr;
        const std::string& title = purpose ? purpose->title.in(words.language_) : e.purpose;
        line.what = "reads personal data: " + (title.empty() ? e.purpose : title);
    }
    void operator()(const StaffChanged& e) {
        line.what = officer(e.officer) + ' ' +
                    in_words(e.change, compiled(words.catalog_).organization(), words.language_);
        if (e.proposal != 0) line.what += fmt::format(" (proposal {})", e.proposal);
        add_reason(e.reason);
    }
    void operator()(const DefinitionPublished& e) {
        line.what = fmt::format("published revision {} of {} ({})", e.revision, e.item.text,
                                hex(e.definition).substr(0, 12));
        add_reason(e.reason);
    }
    void operator()(const ClockSetBack& e) {
        line.what = fmt::format(
            "found the clock set back, to {}: nothing falls due before it shows "
            "this time again",
            to_string(e.shows, compiled(words.catalog_).organization().clock));
    }
    void operator()(const PersonErased& e) {
        line.what = fmt::format("destroyed the key of person {}'s data", e.person);
        add_reason(e.reason);
    }
    void operator()(const ReadingStopped& e) {
        line.what = fmt::format("let {} read no more: {} cases within an hour", officer(e.officer),
                                e.cases);
    }
    void operator()(const CaseEnded& e) {
        line.what = fmt::format("ended: {} ({})", step(e.step), to_string(e.end));
    }
};

TrailWords::TrailWords(Catalog catalog, std::string language, bool personal)
    : catalog_(std::move(catalog)), language_(std::move(language)), personal_(personal) {}

TrailLine TrailWords::tell(const Event& event) {
    const auto& organization = compiled(catalog_).organization();
    TrailLine line;
    std::string moment = to_string(event.recorded, organization.clock);
    line.when = moment.substr(0, 19);  // the hall's own time, to the second
    std::ranges::replace(line.when, 'T', ' ');
    switch (event.actor.kind) {
        case Actor::Kind::officer:
            line.who = officer_name(organization, event.actor.officer);
            if (!event.post.empty())
                line.who += ", " + post_name(organization, event.post, language_);
            break;
        case Actor::Kind::applicant:
            line.who = "applicant";
            break;
        case Actor::Kind::agent:
            line.who = "agent";
            break;
        case Actor::Kind::system:
            line.who = event.actor.officer.text;
            break;
        case Actor::Kind::engine:
            line.who = "engine";
            break;
    }
    std::visit(Teller{*this, line}, event.what);
    after_term_.take(event.what);
    if (event.happened != event.recorded) {
        std::string said = to_string(event.happened, organization.clock).substr(0, 16);
        std::ranges::replace(said, 'T', ' ');
        line.what += " [happened " + said + ", entered later]";
    }
    // The engine's own events follow from the act, which names the batch.
    if (!event.batch.empty() && event.actor.kind != Actor::Kind::engine) {
        const auto& origin = event.batch.front();
        line.what += fmt::format(
            " [by a batch, run by {}{}{}]",
            origin.operated_by.empty() ? std::string("an account of the machine")
                                       : officer_name(organization, origin.operated_by),
            personal_ ? ", row " + origin.row : std::string(),
            origin.rule.empty() ? std::string() : ", allowed by the rule " + origin.rule);
    }
    return line;
}

}  // namespace workflow::presentation
