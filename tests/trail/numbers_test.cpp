// Numbers that are written never change. Compares the code with the lists of docs/formats/event.md.

#include <catch2/catch.hpp>

#include <map>
#include <sstream>

#include <workflow/event.hpp>
#include <workflow/refusal.hpp>

#include "base/text_file.hpp"
#include "trail/codec.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::numbers_test {

namespace {

using Numbers = std::map<int, std::string>;

/// The rows `| NUMBER | NAME |` of the first table behind a line of docs/formats/event.md.
Numbers listed_behind(const std::string& heading) {
    const auto text = read_text_file(WORKFLOW_SOURCE_DIR "/docs/formats/event.md", 1U << 20);
    REQUIRE(text);
    std::istringstream lines(*text);
    Numbers found;
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind(heading, 0) == 0) inside = true;
        if (!inside) continue;
        std::istringstream cells(line);
        std::string bar, name;
        int number = -1;
        if (cells >> bar >> number >> bar >> name) found[number] = name;
        if (line.empty() && !found.empty()) break;
    }
    return found;
}

template <std::size_t... I>
Numbers kinds(std::index_sequence<I...>) {
    Numbers all;
    const auto add = [&](EventPayload what) {
        Event event;
        event.what = std::move(what);
        // Version, flags, recorded, actor; then the kind.
        all[trail::encode(event)[4]] = kind_of(event.what);
    };
    (add(std::variant_alternative_t<I, EventPayloads>{}), ...);
    return all;
}

}  // namespace

TEST_CASE("each kind of event has the number that its format lists") {
    CHECK(kinds(std::make_index_sequence<std::variant_size_v<EventPayloads>>()) ==
          listed_behind("| kind | name |"));
}

TEST_CASE("each rule of a refusal has the number that the format lists") {
    Numbers all;
    for (int number = 0;; ++number) {
        const auto name = code_of(static_cast<RefusalCode>(number));
        if (name == code_of(static_cast<RefusalCode>(255))) break;
        all[number] = name;
    }
    CHECK(all == listed_behind("| rule | name |"));
}

TEST_CASE("each choice has the number it was first written with") {
    const auto number = [](auto choice) { return static_cast<int>(choice); };
    CHECK(number(MaterialForm::provided) == 0);
    CHECK(number(MaterialForm::committed) == 1);
    CHECK(number(EndKind::granted) == 0);
    CHECK(number(EndKind::refused) == 1);
    CHECK(number(EndKind::not_accepted) == 2);
    CHECK(number(EndKind::withdrawn) == 3);
    CHECK(number(EndKind::answered) == 4);
    CHECK(number(EndKind::lapsed) == 5);
    CHECK(number(TaskHandedOver::Way::delegated) == 0);
    CHECK(number(TaskHandedOver::Way::reassigned) == 1);
    CHECK(number(TaskHandedOver::Way::returned) == 2);
    CHECK(number(TaskHandedOver::Way::absent) == 3);
    CHECK(number(LimitPassed::Kind::step) == 0);
    CHECK(number(LimitPassed::Kind::promised) == 1);
    CHECK(number(LimitPassed::Kind::statutory) == 2);
    CHECK(number(Signal::yellow) == 0);
    CHECK(number(Signal::red) == 1);
    CHECK(number(LimitUnit::workdays) == 0);
    CHECK(number(LimitUnit::days) == 1);
    CHECK(number(LimitUnit::minutes) == 2);
    CHECK(number(LimitUnit::working_minutes) == 3);
    CHECK(number(Allocation::draw) == 0);
    CHECK(number(Allocation::shortest_queue) == 1);
    CHECK(number(Allocation::round_robin) == 2);
    CHECK(number(DrawScheme::word) == 0);
    CHECK(number(DrawScheme::rendezvous) == 1);
    CHECK(number(WayOut::ask_again) == 0);
    CHECK(number(WayOut::widen) == 1);
    CHECK(number(Sealed::applicant) == 0);
    CHECK(number(Sealed::reviewer) == 1);
    CHECK(number(Grade::very_dissatisfied) == 1);
    CHECK(number(Grade::very_satisfied) == 5);
    CHECK(number(Actor::Kind::officer) == 0);
    CHECK(number(Actor::Kind::applicant) == 1);
    CHECK(number(Actor::Kind::engine) == 2);
    CHECK(number(Actor::Kind::agent) == 3);
    CHECK(number(Actor::Kind::system) == 4);
}

}  // namespace workflow::testing::numbers_test
