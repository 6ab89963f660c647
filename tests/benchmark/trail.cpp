// What the trail costs an event: hashing, the tree, encoding, decoding. Nanoseconds beside the
// goal.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "crypto/digest.hpp"
#include "trail/chain.hpp"
#include "trail/codec.hpp"
#include "trail/tree.hpp"

using namespace workflow;

namespace {

template <class Work>
void measure(const char* what, double goal, Work work) {
    constexpr int rounds = 200'000;
    double best = 1e9;
    for (int attempt = 0; attempt < 5; ++attempt) {
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < rounds; ++i) work(i);
        const std::chrono::duration<double, std::nano> took =
            std::chrono::steady_clock::now() - start;
        best = std::min(best, took.count() / rounds);
    }
    std::printf("%-44s %7.0f ns", what, best);
    if (goal > 0) std::printf("   goal %4.0f ns%s", goal, best <= goal ? "" : "   MISSED");
    std::printf("\n");
}

/// The events of a standard case, one of each weight.
std::vector<Event> events() {
    std::vector<Event> all;
    const auto add = [&](EventPayload what, bool first) {
        Event event;
        event.what = std::move(what);
        event.recorded = event.happened = Instant{1'772'415'000'000'000};
        event.actor = Actor::of(OfficerId("lin"));
        if (first) {
            event.post = PostId("general-window");
            event.key = CommandKey("row-000001-accept");
            event.request = 0x9e3779b97f4a7c15U;
        }
        all.push_back(std::move(event));
    };
    CaseOpened opened;
    opened.number = CaseNumber("420714001000-20260302-000001");
    opened.item = ItemId("social-card.replace-lost");
    opened.revision = 3;
    opened.applicant = {PersonId("p1"), "陈晨", "person"};
    opened.channel = "web";
    opened.hall = HallId("north");
    opened.fields = {{FieldId("id_number"), Value("420600199001011234")},
                     {FieldId("loss_reported"), Value(true)}};
    opened.materials = {{MaterialId("photo"), MaterialForm::provided}};
    opened.path = {TransitionId{0x9a3c11d7}};
    add(opened, true);
    add(TaskOffered{TaskNumber{1}, StepId("intake"), Date{20515}}, false);
    add(TaskCompleted{TaskNumber{1},
                      OutcomeId("accept"),
                      OfficerId("lin"),
                      "",
                      {},
                      {},
                      {TransitionId{0xb01c77a1}, TransitionId{0xf2d40c65}}},
        true);
    add(CaseAccepted{Date{20514}, Date{20542}, Date{20521}, false}, false);
    add(TaskDrawn{TaskNumber{2},
                  OfficerId("zhao"),
                  {OfficerId("qian"), OfficerId("sun"), OfficerId("zhao")},
                  {},
                  0x9e3779b97f4a7c15U,
                  Allocation::draw,
                  {},
                  {},
                  {},
                  DrawScheme::rendezvous,
                  Date{20514},
                  0,
                  {}},
        false);
    add(CaseEnded{StepId("completed"), EndKind::granted}, false);
    return all;
}

}  // namespace

int main() {
    const auto all = events();
    std::vector<std::string> bodies;
    std::size_t bytes = 0;
    for (const auto& event : all) {
        bodies.push_back(trail::encode(event));
        bytes += bodies.back().size();
    }
    std::printf("%zu events of %zu bytes on average\n", all.size(), bytes / all.size());
    Hasher hasher;
    const std::string text(150, 'x');
    Digest head;
    measure("SHA-256 of 150 bytes", 300, [&](int) { head = hasher.digest({text}); });
    measure("one link of the chain", 0, [&](int i) {
        head = trail::link(hasher, head, bodies[static_cast<std::size_t>(i) % bodies.size()]);
    });
    trail::Frontier tree;
    measure("one leaf into the tree", 1000,
            [&](int) { tree.append(hasher, trail::leaf_hash(hasher, head)); });
    std::string out;
    measure("encoding an event", 150, [&](int i) {
        out.clear();
        trail::encode(all[static_cast<std::size_t>(i) % all.size()], out);
    });
    std::size_t kinds = 0;
    measure("decoding an event", 0, [&](int i) {
        kinds += trail::decode(bodies[static_cast<std::size_t>(i) % bodies.size()]).what.index();
    });
    return head.bytes[0] == 1 && kinds == 0 && out.empty() && tree.size() == 0 ? 1 : 0;
}
