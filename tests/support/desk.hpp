#pragma once

/// One case on the engine's floor, of whatever item: what officers, the applicant and time do to
/// it, so that a given transition fires.

#include <random>
#include <string>
#include <vector>

#include "engine/apply.hpp"
#include "engine/decide.hpp"

namespace workflow::testing {

using process::Process;
using process::Transition;

/// What officers, the applicant and time do to one case; everything else is the engine's.
class Desk {
public:
    Desk(const Process& process, const definition::Organization& organization,
         const WorkingDays& calendar, std::uint64_t seed)
        : process_(process), random_(seed) {
        facts_.organization = &organization;
        facts_.calendar = &calendar;
        facts_.number = CaseNumber("case-1");
        facts_.now = *parse_instant("2025-03-03T09:00:00+08:00", {});
        for (const auto& officer : organization.officers) officers_.push_back(officer.id);
    }
    engine::Case c;

    /// Nine o'clock on that day.
    void on(Date day) {
        facts_.now = {start_of(day, UtcOffset{480}).microseconds + std::int64_t{9} * 3'600'000'000};
    }
    /// Whatever is due by now.
    bool advance() { return perform(AdvanceCase{}, Actor::the_engine()); }

    bool open() {
        OpenCase application;
        application.item = process_.item;
        application.applicant = {PersonId("applicant"), "陈晨", process_.applicants.front()};
        application.channel = process_.channels.front();
        application.hall =
            facts_.organization->halls.empty() ? HallId() : facts_.organization->halls.front().id;
        application.fields = of_applicant();
        application.materials = everything();
        return perform(application, Actor::the_applicant()) ||
               perform(application, Actor::the_engine());
    }

    /// Does what makes `index` fire; automatic ones have fired already.
    bool go(TransitionIndex index) {
        const auto& transition = process_.transitions[index];
        switch (transition.trigger) {
            case Transition::Trigger::automatic:
                return true;
            case Transition::Trigger::outcome:
                return complete(transition);
            case Transition::Trigger::supplied:
                return perform(SupplyMaterials{asked_at(transition), everything()},
                               Actor::the_applicant());
            case Transition::Trigger::timer:
                return wait_for(index);
            case Transition::Trigger::withdraw:
                return false;
        }
        return false;
    }

private:
    bool perform(Action action, Actor actor) {
        for (auto& word : facts_.entropy) word = random_();
        const auto decision = engine::decide(
            process_, c, Command{std::move(action), std::move(actor), {}, {}, {}}, facts_);
        if (!decision) return false;
        for (const auto& event : decision->events) engine::apply(process_, c, event);
        return true;
    }
    bool complete(const Transition& transition) {
        for (const auto& task : c.tasks) {
            if (task.place != transition.takes.front().place) continue;
            const auto& activity =
                std::get<process::TaskActivity>(process_.places[task.place].activity);
            CompleteTask completion{task.number, transition.outcome, "依据材料",
                                    values_of(activity.writes), everything()};
            for (const auto& officer : officers_)
                if ((task.holder.text.empty() || task.holder == officer) &&
                    perform(completion, Actor::of(officer)))
                    return true;
            return false;
        }
        return false;
    }
    bool wait_for(TransitionIndex index) {
        for (const auto& timer : c.timers) {
            if (timer.transition != index) continue;
            // What is after some days comes when the last of them is over.
            const auto due = timer.moment
                                 ? *timer.moment
                                 : facts_.organization->clock.start_of(Date{timer.due.days + 1});
            if (due.microseconds > facts_.now.microseconds) facts_.now = due;
            const auto before = c.version;
            return perform(AdvanceCase{}, Actor::the_engine()) && c.version != before;
        }
        return false;
    }

    template <class T>
    const T& any(const std::vector<T>& from) {
        return from[random_() % from.size()];
    }
    /// What the applicant writes on the form.
    FieldValues of_applicant() {
        std::vector<std::uint16_t> slots;
        for (std::size_t slot = 0; slot < process_.fields.size(); ++slot)
            if (process_.fields[slot].origin == definition::FieldOrigin::applicant)
                slots.push_back(static_cast<std::uint16_t>(slot));
        return values_of(slots);
    }
    /// What the applicant writes where a step waits for them.
    FieldValues asked_at(const Transition& supplied) {
        const auto& activity =
            std::get<process::WaitActivity>(process_.places[supplied.takes.front().place].activity);
        return activity.asks.empty() ? of_applicant() : values_of(activity.asks);
    }
    /// Values that the fields may have; whether they fit is for the engine to say.
    FieldValues values_of(const std::vector<std::uint16_t>& slots) {
        FieldValues values;
        for (const auto slot : slots) {
            const auto& field = process_.fields[slot];
            if (!field.required && random_() % 2 == 0) continue;
            values.emplace_back(field.id, value_of(field));
        }
        return values;
    }
    Value value_of(const process::FieldInfo& field) {
        using Type = definition::FieldType;
        static const std::vector<int> numbers{0,  1,  2,  3,   5,    9,     10,     16,
                                              20, 30, 60, 100, 1000, 50000, 500000, 3000000};
        if (field.type == Type::boolean) return {random_() % 2 == 0};
        if (field.type == Type::number) return {decimal_of(any(numbers))};
        if (field.type == Type::date) return {*parse_date("1971-03-02")};
        if (field.type == Type::strings)
            return field.values.empty() ? List{"甲"} : List{any(field.values)};
        if (!field.values.empty()) return {any(field.values)};
        return {random_() % 2 == 0 ? "990204195602071311" : "1234"};
    }
    std::vector<MaterialReceipt> everything() const {
        std::vector<MaterialReceipt> receipts;
        for (const auto& material : process_.materials)
            if (material.source == definition::MaterialSource::applicant ||
                material.source == definition::MaterialSource::later)
                receipts.push_back({material.id, MaterialForm::provided});
            else if (material.source == definition::MaterialSource::commitment)
                receipts.push_back({material.id, MaterialForm::committed});
        return receipts;
    }

    const Process& process_;
    engine::Facts facts_;
    std::vector<OfficerId> officers_;
    std::mt19937_64 random_;
};

}  // namespace workflow::testing
