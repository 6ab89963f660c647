#include "facts.hpp"

#include <workflow/refusal.hpp>

#include <algorithm>

#include "../../crypto/digest.hpp"
#include "../../definition/organization.hpp"
#include "../../shell/catalog_access.hpp"

namespace workflow::report {
namespace {

bool is_refusal(EndKind end) {
    return end == EndKind::refused || end == EndKind::not_accepted;
}

std::int32_t day_number(Date date) {
    return static_cast<std::int32_t>(date.days);
}

/// Mixes a text into a fingerprint; the same texts in the same order give the same fingerprint.
void mix(std::uint64_t& print, std::string_view text) {
    print = (print ^ std::hash<std::string_view>{}(text)) * 0x9e3779b97f4a7c15U;
    print ^= print >> 29;
}

}  // namespace

std::uint32_t Names::number(const std::string& name) {
    const auto [at, fresh] = numbers_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (fresh) names_.push_back(&at->first);
    return at->second;
}

std::vector<bool> refusing_transitions(const process::Process& process) {
    // The kinds of end reachable from each place: bit 0 a refusal, bit 1 any other.
    std::vector<std::uint8_t> ahead(process.places.size(), 0);
    for (std::size_t at = 0; at < ahead.size(); ++at)
        if (const auto* end = process.end_at(static_cast<process::PlaceIndex>(at)))
            ahead[at] = is_refusal(end->end) ? 1 : 2;
    const auto after = [&](const process::Transition& transition) {
        std::uint8_t bits = 0;
        for (const auto& arc : transition.gives) bits |= ahead[arc.place];
        return bits;
    };
    for (bool grown = true; grown;) {
        grown = false;
        for (const auto& transition : process.transitions) {
            // Withdrawing is the applicant's choice, not the consequence of a decision.
            if (transition.trigger == process::Transition::Trigger::withdraw) continue;
            const auto bits = after(transition);
            for (const auto& arc : transition.takes) {
                if ((ahead[arc.place] | bits) == ahead[arc.place]) continue;
                ahead[arc.place] |= bits;
                grown = true;
            }
        }
    }
    std::vector<bool> refusing;
    for (const auto& transition : process.transitions) refusing.push_back(after(transition) == 1);
    return refusing;
}

FactReader::FactReader(const Catalog& catalog, Store& store, std::mutex& store_in_use,
                       CaseEvents events)
    : catalog_(catalog), store_(store), store_in_use_(store_in_use), events_(std::move(events)) {}

const Edition* FactReader::edition_of(const ItemId& item, const Digest& definition) {
    std::string key(reinterpret_cast<const char*>(definition.bytes.data()),
                    definition.bytes.size());
    key += item.text;
    auto& known = editions_[key];
    if (known) return known.get();
    known = std::make_unique<Edition>();
    known->item = items.number(item.text);
    const auto current = compiled(catalog_).process(item);
    known->process = current;
    if (!current || current->digest != definition) {
        const std::scoped_lock lock(store_in_use_);
        const auto bundle = store_.published(definition);
        known->process = bundle ? compiled(catalog_).restore(*bundle) : nullptr;
    }
    if (known->process) {
        const auto& process = *known->process;
        known->calendar = &compiled(catalog_).calendar(process);
        known->refusing = refusing_transitions(process);
        for (const auto& field : process.fields) {
            // A field that the current revision marks personal is personal in old cases, too.
            const auto now = current ? current->field(field.id) : std::nullopt;
            known->compared.push_back(!field.personal && !(now && current->fields[*now].personal));
        }
    } else {
        static const WorkingDays monday_to_friday;
        known->calendar = &monday_to_friday;
    }
    return known.get();
}

std::uint32_t FactReader::stratum_of(const Edition& edition, const std::string& step) {
    for (const auto& [name, number] : edition.strata)
        if (name == step) return number;
    const auto [at, fresh] = stratum_numbers_.try_emplace(
        {edition.item, step}, static_cast<std::uint32_t>(strata.size()));
    if (fresh) strata.push_back({edition.item, step});
    const_cast<Edition&>(edition).strata.emplace_back(step, at->second);
    return at->second;
}

std::int64_t FactReader::working_days(const CaseFact& fact, std::int32_t from, std::int32_t to) {
    if (to <= from) return 0;
    const auto& calendar = *fact.edition->calendar;
    auto days = calendar.count(Date{from + 1}, Date{to});
    std::int64_t counted = from;  // pauses may overlap: each day is subtracted once
    for (const auto& pause : fact.pauses) {
        const auto first = std::max<std::int64_t>(pause.from.days, counted + 1);
        const auto last = std::min<std::int64_t>(pause.to.days, to);
        if (last < first) continue;
        days -= calendar.count(Date{first}, Date{last});
        counted = last;
    }
    return std::max<std::int64_t>(days, 0);
}

/// Applies each kind of event to the facts of a case.
struct FactTaker {
    FactReader& reader;
    CaseFact& fact;
    const Event& event;
    std::int32_t day;

    TaskFact* task(TaskNumber number) {
        for (auto at = fact.tasks.rbegin(); at != fact.tasks.rend(); ++at)
            if (at->task == workflow::number(number)) return &*at;
        return nullptr;
    }
    std::uint32_t officer(const OfficerId& id) {
        return id.empty() ? nobody : reader.officers.number(id.text);
    }
    void give(const FieldValues& fields, const std::vector<MaterialReceipt>& materials) {
        const auto* process = fact.edition->process.get();
        if (!process) return;
        for (const auto& [field, value] : fields) {
            const auto slot = process->field(field);
            if (!slot || !fact.edition->compared[*slot]) continue;
            mix(fact.facts, field.text);
            if (const auto* text = value.as<std::string>())
                mix(fact.facts, *text);
            else
                mix(fact.facts, to_string(value));
        }
        if (fact.facts == 0) return;
        for (const auto& receipt : materials) {
            mix(fact.facts, receipt.material.text);
            fact.facts += static_cast<std::uint64_t>(receipt.form);
        }
    }
    void dues(const std::optional<Date>& statutory, const std::optional<Date>& promised) {
        const auto& due = promised ? promised : statutory;
        fact.due = due ? day_number(*due) : no_day;
    }

    bool operator()(const CaseOpened& e) {
        fact.edition = reader.edition_of(e.item, e.definition);
        fact.hall = reader.halls.number(e.hall.text);
        fact.received = day;
        give(e.fields, e.materials);
        return false;
    }
    bool operator()(const CaseAccepted& e) {
        fact.accepted = day_number(e.accepted);
        dues(e.statutory_due, e.promised_due);
        return false;
    }
    bool operator()(const TaskOffered& e) {
        TaskFact offered;
        offered.task = number(e.task);
        offered.stratum = reader.stratum_of(*fact.edition, e.step.text);
        offered.from = day;
        if (e.due) offered.due = day_number(*e.due);
        // If another step leads back to this one, the earlier decision here is revoked.
        if (fact.acting != nobody && fact.acting != offered.stratum)
            for (auto at = fact.tasks.rbegin(); at != fact.tasks.rend(); ++at)
                if (at->stratum == offered.stratum && at->done != no_day) {
                    at->returned = true;
                    break;
                }
        fact.tasks.push_back(offered);
        return false;
    }
    bool operator()(const TaskDrawn& e) {
        auto* drawn = task(e.task);
        if (!drawn) return false;
        drawn->officer = officer(e.officer);
        drawn->from = day;
        // An officer who did this step in the case before gets it again (R24): nothing was drawn.
        const bool again =
            e.candidates.size() == 1 &&
            std::any_of(fact.tasks.begin(), fact.tasks.end(), [&](const TaskFact& one) {
                return one.stratum == drawn->stratum && one.done != no_day &&
                       one.officer == drawn->officer;
            });
        if (again) return false;
        drawn->drawn = e.by == Allocation::draw;
        if (!drawn->drawn) return false;
        reader.events_.drawn(drawn->stratum, day, e, draw_fact(e));
        return false;
    }
    DrawFact draw_fact(const TaskDrawn& e) {
        DrawFact draw;
        draw.candidates = e.candidates.size();
        draw.widened = !e.widened.empty();
        draw.held_back = e.officer.empty() && !e.candidates.empty();
        for (const auto& out : e.excluded) {
            if (out.rule == static_cast<std::uint8_t>(RefusalCode::not_your_task))
                draw.narrowed_by.push_back(officer(out.officer));
            if (out.rule != static_cast<std::uint8_t>(RefusalCode::recused)) continue;
            for (const auto& [who, by] : fact.recused)
                if (who == out.officer) draw.narrowed_by.push_back(by);
        }
        return draw;
    }
    bool operator()(const RecusalAsked& e) {
        if (event.actor == Actor::of(e.officer))
            fact.recused.emplace_back(e.officer, officer(e.officer));
        return false;
    }
    bool operator()(const RecusalDecided& e) {
        if (e.granted) fact.recused.emplace_back(e.officer, officer(event.actor.officer));
        return false;
    }
    bool operator()(const TaskClaimed& e) {
        if (auto* claimed = task(e.task)) {
            claimed->officer = officer(e.officer);
            claimed->from = day;
        }
        return false;
    }
    bool operator()(const TaskHandedOver& e) {
        if (auto* moved = task(e.task)) {
            moved->officer = officer(e.to);
            moved->from = day;
            moved->moved = true;
        }
        return false;
    }
    bool operator()(const TaskCompleted& e) {
        auto* done = task(e.task);
        if (!done) return false;
        done->officer = officer(e.officer);
        done->done = day;
        done->outcome = reader.outcomes.number(e.outcome.text);
        if (done->due == no_day) done->due = fact.due;
        done->days = static_cast<std::uint16_t>(
            std::min<std::int64_t>(FactReader::working_days(fact, done->from, day), UINT16_MAX));
        done->by_batch = !event.batch.empty();
        const auto entered = day_number(local_date(event.recorded, event.offset));
        done->delay = static_cast<std::uint16_t>(std::clamp(entered - day, 0, UINT16_MAX));
        const auto& process = fact.edition->process;
        const auto* first = process ? process->first_of(e.path) : nullptr;
        done->refusing =
            first &&
            fact.edition->refusing[static_cast<std::size_t>(first - process->transitions.data())];
        TaskFact* before = nullptr;
        for (auto& one : fact.tasks)
            if (&one != done && one.stratum == done->stratum && one.done != no_day) before = &one;
        if (before && before->returned && before->outcome != done->outcome)
            before->overturned = true;
        fact.acting = done->stratum;
        return false;
    }
    bool operator()(const TaskCancelled& e) {
        std::erase_if(fact.tasks, [&](const TaskFact& one) { return one.task == number(e.task); });
        return false;
    }
    bool operator()(const TimerArmed&) { return false; }
    bool operator()(const TimerFired&) { return false; }
    bool operator()(const ClockPaused& e) {
        fact.pauses.push_back({e.from, Date{INT32_MAX}});
        fact.paused = true;
        return false;
    }
    bool operator()(const ClockResumed& e) {
        if (!fact.pauses.empty()) fact.pauses.back().to = e.to;
        fact.paused = false;
        dues(e.statutory_due, e.promised_due);
        return false;
    }
    bool operator()(const MaterialsSupplied& e) {
        give(e.fields, e.materials);
        return false;
    }
    bool operator()(const CaseWithdrawn&) { return false; }
    bool operator()(const LimitPassed& e) {
        const bool red = e.kind == LimitPassed::Kind::statutory;
        auto& count = red ? fact.red : fact.yellow;
        if (count < UINT8_MAX) ++count;
        const auto tell = [&](const TaskFact& held) {
            if (held.officer != nobody && held.done == no_day)
                reader.events_.signalled(held.officer, day, red);
        };
        if (e.kind != LimitPassed::Kind::step) {
            for (const auto& held : fact.tasks) tell(held);
        } else if (const auto* held = task(e.task)) {
            tell(*held);
        }
        return false;
    }
    bool operator()(const LimitExtended& e) {
        // The promised limit is not extended: a case that has one keeps it.
        const auto* process = fact.edition->process.get();
        if (process && !process->promised) dues(e.statutory_due, {});
        return false;
    }
    bool operator()(const DaysRecounted& e) {
        dues(e.statutory_due, e.promised_due);
        for (const auto& [number, due] : e.tasks)
            if (auto* counted = task(number)) counted->due = day_number(due);
        return false;
    }
    bool operator()(const LimitsComputed&) { return false; }
    bool operator()(const WarningsSet&) { return false; }
    bool operator()(const LimitNear&) { return false; }
    bool operator()(const TaskEscalated&) { return false; }
    bool operator()(const CaseUrged&) { return false; }
    bool operator()(const CaseSampled&) { return false; }
    bool operator()(const RatingInvited&) { return false; }
    bool operator()(const CaseRated&) { return false; }
    bool operator()(const RatingSupplemented&) { return false; }
    bool operator()(const RatingSetAside&) { return false; }
    bool operator()(const CaseUnsealed&) { return false; }
    bool operator()(const StaffChanged&) { return false; }
    bool operator()(const DefinitionPublished&) { return false; }
    bool operator()(const ClockSetBack&) { return false; }
    bool operator()(const CaseRead&) { return false; }
    bool operator()(const PersonErased&) { return false; }
    bool operator()(const ReadingStopped&) { return false; }
    bool operator()(const FieldsCorrected&) { return false; }
    bool operator()(const TaskStranded&) { return false; }
    bool operator()(const StrandedResolved&) { return false; }
    bool operator()(const UnsealAsked&) { return false; }
    bool operator()(const UnsealDeclined&) { return false; }
    bool operator()(const StaffProposed&) { return false; }
    bool operator()(const StaffDeclined&) { return false; }
    bool operator()(const CaseEnded& e) {
        fact.end = e.end;
        fact.ended = day;
        return true;
    }
};

bool FactReader::take(CaseFact& fact, const Event& event) {
    if (!fact.edition && !std::holds_alternative<CaseOpened>(event.what)) return false;
    if (event.request != 0) fact.acting = nobody;
    const auto day = day_number(local_date(event.happened, event.offset));
    return std::visit(FactTaker{*this, fact, event, day}, event.what);
}

}  // namespace workflow::report
