// What the engine keeps of matters: the table follows from the events, and filing again draws
// nobody anew, whether it was decided ahead of the store or not.

#include <catch2/catch.hpp>
#include <map>
#include <workflow/workflow.hpp>

#include "crypto/digest.hpp"
#include "engine/apply.hpp"
#include "engine/matter.hpp"
#include "shell/catalog_access.hpp"
#include "support/standard_item.hpp"
#include "trail/codec.hpp"

namespace workflow::testing::matters_test {

using testing::standard_application;
using testing::standard_texts;

namespace {

struct Office {
    Instant now = *parse_instant("2026-03-02T09:00:00+08:00", UtcOffset{480});
    std::uint64_t word = 1;
    Store* store = nullptr;
    std::unique_ptr<Engine> engine;

    explicit Office(std::optional<VaultKey> vault = {}) {
        auto loaded = Catalog::load(standard_texts());
        REQUIRE(loaded.catalog);
        auto made = open_store(":memory:");
        store = made.get();
        Engine::Options options;
        options.clock = [this] { return now; };
        options.entropy = [this] { return ++word * 0x9e3779b97f4a7c15U; };
        options.vault = std::move(vault);
        engine = std::make_unique<Engine>(*loaded.catalog, std::move(made), options);
    }
    CaseNumber file(const std::string& person) {
        return engine->open(standard_application(person), Actor::the_applicant()).value().number;
    }
    OfficerId accept(const CaseNumber& number) {
        const auto task = engine->reader().show(number)->tasks.front().task;
        (void)engine->complete(number, {task, OutcomeId("accept"), {}, {}, {}}, OfficerId("lin"))
            .value();
        return engine->reader().show(number)->tasks.front().holder;
    }
    void decide(const CaseNumber& number) {
        const auto task = engine->reader().show(number)->tasks.front();
        (void)engine->complete(number, {task.task, OutcomeId("approve"), {}, {}, {}}, task.holder)
            .value();
    }

    /// The table as the events say it, in their order.
    std::map<std::string, MatterRow> derived() const {
        std::vector<std::pair<CaseKey, std::uint32_t>> order;
        store->events_after(0, [&](const EventPlace& place) {
            order.emplace_back(place.case_key, place.sequence);
            return true;
        });
        std::map<CaseKey, engine::Case> states;
        std::map<CaseKey, Digest> matters;
        std::map<std::string, MatterRow> rows;
        for (const auto& [key, sequence] : order) {
            const auto event = trail::decode(store->events(key)[sequence - 1].body);
            if (sequence == 1) {
                const auto matter = engine::matter_of(event);
                if (!matter) continue;
                matters[key] = *matter;
            }
            if (!matters.contains(key)) continue;
            auto& state = states[key];
            const bool decided = state.draw_decided;
            const auto process =
                compiled(engine->catalog()).process(ItemId("social-card.replace-lost"));
            engine::apply(*process, state, event);
            const auto step = engine::matter_step(matters[key], event, state, decided);
            if (!step) continue;
            auto& row = rows[hex(step->matter)];
            row.matter = step->matter;
            engine::take(row, *step);
        }
        return rows;
    }
    std::map<std::string, MatterRow> kept() const {
        std::map<std::string, MatterRow> rows;
        for (const auto& row : store->matters({}, 1000)) rows[hex(row.matter)] = row;
        return rows;
    }
};

}  // namespace

TEST_CASE("the table of matters follows from the events, with a vault and without") {
    std::optional<VaultKey> key;
    SECTION("without a vault") {}
    SECTION("with a vault") {
        key.emplace();
        key->secret = sha256("vault");
    }
    Office office(key);
    for (int round = 0; round < 12; ++round) {
        const auto number = office.file("100" + std::to_string(round % 4));
        office.accept(number);
        if (round % 3 == 0) office.decide(number);
        if (round % 3 == 1) (void)office.engine->withdraw(number, "enough").value();
        office.now.microseconds += 86'400'000'000;
    }
    CHECK(office.kept().size() == 4);
    CHECK(office.kept() == office.derived());
}

TEST_CASE("filing again draws nobody anew until the matter is decided") {
    Office office;
    const auto first = office.accept(office.file("1001"));
    REQUIRE(!first.empty());
    for (int again = 0; again < 5; ++again) {
        const auto number = office.file("1001");
        CHECK(office.accept(number) == first);
        (void)office.engine->withdraw(number, "again").value();
        office.now.microseconds += 86'400'000'000;
    }
}

TEST_CASE("many who come again at once are drawn for as if they had come one by one") {
    Office office;
    std::map<std::string, OfficerId> drawn;
    for (int person = 0; person < 30; ++person) {
        const auto id = "2" + std::to_string(1000 + person);
        drawn[id] = office.accept(office.file(id));
    }
    std::vector<CaseNumber> numbers;
    for (const auto& [id, officer] : drawn)
        office.engine->submit({}, {standard_application(id), Actor::the_applicant(), {}, {}, {}},
                              [&](Expected<Answer> answer, std::exception_ptr) {
                                  numbers.push_back(answer.value().number);
                              });
    office.engine->drain();
    REQUIRE(numbers.size() == drawn.size());
    for (const auto& number : numbers) {
        const auto person =
            std::get<CaseOpened>(office.engine->reader().trail(number)->front().what)
                .applicant.person;
        CHECK(office.accept(number) == drawn.at(person.text));
    }
}

}  // namespace workflow::testing::matters_test
