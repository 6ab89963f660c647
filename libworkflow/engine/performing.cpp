#include "performing.hpp"

namespace workflow::engine {

using process::MemberMask;

namespace {

template <class Performances>
void add_to(Performances& done, const OfficerId& officer, MemberMask members) {
    if (members == 0) return;
    for (auto& performance : done)
        if (performance.officer == officer) {
            performance.members |= members;
            return;
        }
    done.push_back({officer, members});
}

}  // namespace

void perform(Case& c, const OfficerId& officer, MemberMask members) {
    add_to(c.performed, officer, members);
}

void operate(Case& c, const Event& event, MemberMask members) {
    for (const auto& origin : event.batch) {
        add_to(c.operated, origin.operated_by, members);
        if (!origin.operated_by.empty()) perform(c, origin.operated_by, members);
    }
}

void take_in(Case& c, const Event& event, MemberMask intake) {
    if (event.actor.kind != Actor::Kind::officer) return;
    perform(c, event.actor.officer, intake);
    operate(c, event, intake);
}

}  // namespace workflow::engine
