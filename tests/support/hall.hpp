#pragma once

/// A hall at work on one case, on the engine's floor alone: definitions as YAML text, officers by
/// name, every act followed by the check that replaying the trail gives the same state.
///
///     Hall hall;
///     hall.open(as("lin"));
///     REQUIRE(hall.complete("intake", "accept", "lin"));
///     CHECK(hall.steps() == "review");

#include <string>
#include <vector>

#include "definitions.hpp"
#include "engine/decide.hpp"

namespace workflow::testing {

/// A committed item with every kind of step.
extern const char* const hall_item;

inline Actor as(const char* officer) {
    return Actor::of(OfficerId(officer));
}

/// What an act was answered; a test may ignore it.
class HallAnswer : public Expected<Events> {
public:
    using Expected<Events>::Expected;
    const Events& value() const { return Expected<Events>::value(); }
};

class Hall {
public:
    explicit Hall(std::vector<std::string> texts = {hall_item});

    Definitions definitions;
    const process::Process& process;
    engine::Facts facts;
    OpenCase application;
    engine::Case c;
    Events events;  ///< the whole trail

    /// Nine o'clock on that day.
    void on(const std::string& day) { facts.now = *parse_instant(day + "T09:00:00+08:00", {}); }
    void later(int minutes) { facts.now.microseconds += minutes * std::int64_t{60'000'000}; }

    /// Decides and applies; answers what was added.
    HallAnswer perform(const Command& command);
    HallAnswer perform(Action action, Actor actor);

    HallAnswer open(Actor actor = Actor::the_applicant());
    /// The open task of a step.
    TaskNumber task(const std::string& step) const;
    std::string holder(const std::string& step) const;
    /// Where the case stands, and how it ended.
    std::string steps() const;
    std::string status() const;

    HallAnswer claim(const std::string& step, const char* officer);
    HallAnswer complete(const std::string& step, const char* outcome, const std::string& officer,
                        std::string reason = {}, FieldValues fields = {},
                        std::vector<MaterialReceipt> materials = {});
    /// By whoever holds it.
    HallAnswer complete_by_holder(const std::string& step, const char* outcome,
                                  std::string reason = {});
    HallAnswer delegate(const std::string& step, const char* from, const char* to);
    HallAnswer reassign(const std::string& step, const char* by, const char* to);
    HallAnswer give_back(const std::string& step, const std::string& officer,
                         std::string reason = {});
    HallAnswer supply(std::vector<MaterialReceipt> materials = {}, FieldValues fields = {});
    HallAnswer withdraw(std::string reason = "changed my mind");
    HallAnswer advance() { return perform(AdvanceCase{}, Actor::the_engine()); }

    /// To the reviewer's desk: opened by the applicant, accepted by lin.
    void bring_to_review();
    void bring_to_issue();
};

inline MaterialReceipt provided(const char* material) {
    return {MaterialId(material), MaterialForm::provided};
}
inline MaterialReceipt promised(const char* material) {
    return {MaterialId(material), MaterialForm::committed};
}
inline Date day(const char* text) {
    return *parse_date(text);
}

/// `task_completed case_accepted ...`
std::string kinds(const Events& events);

/// The first event of one kind, or nothing.
template <class What>
const What* find(const Events& events) {
    for (const auto& event : events)
        if (const auto* what = std::get_if<What>(&event.what)) return what;
    return nullptr;
}

}  // namespace workflow::testing
