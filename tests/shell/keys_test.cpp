// Keys beside the cases and across them, changed revisions, and what a case's materials are called.

#include <catch2/catch.hpp>

#include <workflow/engine.hpp>

#include "crypto/digest.hpp"
#include "process/net.hpp"
#include "shell/catalog_access.hpp"
#include "support/make_store.hpp"
#include "support/standard_item.hpp"
#include "support/temporary_folder.hpp"

namespace workflow::testing::keys_test {

namespace {

const ItemId card("social-card.replace-lost");
const Actor chief = Actor::of(OfficerId("chief"));

struct Desk {
    explicit Desk(std::optional<VaultKey> vault = {}) {
        options.clock = [this] { return now; };
        options.vault = vault;
        engine = std::make_unique<Engine>(catalog(), open_store(":memory:"), options);
    }
    static Catalog catalog(const char* from = "", const char* to = "") {
        auto texts = standard_texts();
        for (auto& text : texts)
            if (const auto at = text.content.find(from); *from && at != std::string::npos)
                text.content.replace(at, std::string(from).size(), to);
        auto loaded = Catalog::load(texts);
        REQUIRE(loaded.catalog);
        return *loaded.catalog;
    }
    CaseNumber open(const std::string& person = "1001") const {
        return engine->open(standard_application(person), Actor::the_applicant()).value().number;
    }

    Instant now = *parse_instant("2026-03-02T09:00:00+08:00", {});
    Engine::Options options;
    std::unique_ptr<Engine> engine;
};

}  // namespace

TEST_CASE("verbs on a case answer a repeated key as before, though the case has gone on") {
    Desk desk;
    const auto number = desk.open();
    CompleteTask accept;
    accept.task = TaskNumber{1};
    accept.outcome = OutcomeId("accept");
    const auto first =
        desk.engine->complete(number, accept, OfficerId("lin"), CommandKey("k")).value();
    const auto again =
        desk.engine->complete(number, accept, OfficerId("lin"), CommandKey("k")).value();
    CHECK_FALSE(first.repeated);
    CHECK(again.repeated);
    CHECK(again.events == first.events);
    CHECK(desk.engine->withdraw(number, "found", CommandKey("w")).value().events ==
          desk.engine->withdraw(number, "found", CommandKey("w")).value().events);
}

TEST_CASE("who asks for the next task again under a key is given the one they were given") {
    Desk desk;
    const auto first = desk.open("1001");
    desk.open("1002");
    const OfficerId lin("lin");
    const auto given = desk.engine->next(lin, CommandKey("n")).value();
    CHECK(given.number == first);
    CompleteTask accept;
    accept.task = given.task;
    accept.outcome = OutcomeId("accept");
    REQUIRE(desk.engine->complete(first, accept, lin));
    const auto again = desk.engine->next(lin, CommandKey("n")).value();
    CHECK(again.number == given.number);
    CHECK(again.task == given.task);
    CHECK(again.step == given.step);
    CHECK(again.post == given.post);
    CHECK(again.holder == lin);
    CHECK(desk.engine->next(OfficerId("sun"), CommandKey("n")).refused(RefusalCode::key_reused));
    CHECK(desk.engine->next(lin, CommandKey("m")).value().number != first);
    CHECK(desk.engine->administration().verify().intact());
}

TEST_CASE("publishing repeats under a key, and the key is good for nothing else") {
    Desk desk;
    const CommandKey key("p");
    const auto first =
        desk.engine->administration().publish(card, chief, "fewer materials", key).value();
    const auto again =
        desk.engine->administration().publish(card, chief, "fewer materials", key).value();
    CHECK_FALSE(first.repeated);
    CHECK(again.repeated);
    CHECK(again.events == first.events);
    CHECK(desk.engine->administration().journal().size() == 1);
    CHECK(desk.engine->administration()
              .publish(card, chief, "another reason", key)
              .refused(RefusalCode::key_reused));
    CHECK(desk.engine->administration()
              .publish(card, chief, "fewer materials")
              .refused(RefusalCode::nothing_changed));
}

TEST_CASE("erasing repeats under a key, for one person and for many") {
    Desk desk(VaultKey{Cipher::aes_256_gcm, sha256("vault")});
    std::vector<PersonId> persons;
    for (const auto* person : {"1001", "1002", "1003"}) {
        REQUIRE(desk.engine->withdraw(desk.open(person), "found"));
        persons.emplace_back(person);
    }
    persons.emplace_back("nobody");
    const CommandKey key("e");
    const auto first = desk.engine->administration().erase(persons, chief, "asked for", key);
    const auto size = desk.engine->administration().journal().size();
    const auto again = desk.engine->administration().erase(persons, chief, "asked for", key);
    REQUIRE(again.size() == 4);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(again[i].value().repeated);
        CHECK(again[i].value().events == first[i].value().events);
    }
    CHECK(again[3].refused(RefusalCode::unknown_person));
    CHECK(desk.engine->administration().journal().size() == size);
    CHECK(desk.engine->administration()
              .erase(PersonId("1009"), chief, "asked for", key)
              .refused(RefusalCode::key_reused));
    CHECK(desk.engine->administration().verify().intact());
}

TEST_CASE("a revision's number stands for one text: a changed item needs a higher one") {
    const TemporaryFolder folder;
    const auto file = (folder / "hall.db").string();
    Desk desk;
    desk.engine = std::make_unique<Engine>(Desk::catalog(), make_store(file), desk.options);
    desk.open();
    const auto before = compiled(desk.engine->catalog()).process(card)->digest;
    desk.engine.reset();

    const auto changed = Desk::catalog("promised: 5 workdays", "promised: 6 workdays");
    desk.engine = std::make_unique<Engine>(changed, make_store(file), desk.options);
    const auto refused =
        desk.engine->open(standard_application("1002"), Actor::the_applicant(), {});
    REQUIRE(refused.refused(RefusalCode::changed_revision));
    CHECK(refused.refusal().message.find(hex(before)) != std::string::npos);
    CHECK(refused.refusal().message.find(hex(compiled(changed).process(card)->digest)) !=
          std::string::npos);
    CHECK(desk.engine->administration()
              .publish(card, chief, "six days")
              .refused(RefusalCode::changed_revision));
    CHECK(desk.engine->reader().cases({}).size() == 1);
    desk.engine.reset();

    desk.engine = std::make_unique<Engine>(Desk::catalog("revision: 3", "revision: 4"),
                                           make_store(file), desk.options);
    CHECK(desk.engine->administration().publish(card, chief, "six days"));
    desk.open("1002");
    CHECK(desk.engine->administration().verify().intact());
}

TEST_CASE("materials are called by what the case needs of them") {
    Desk desk;
    desk.engine = std::make_unique<Engine>(
        Desk::catalog("process: accept-review-issue\nwith",
                      "  authority: {title: 授权委托书, for: proxy}\n"
                      "  loss: {title: 挂失证明, source: applicant, when: loss_reported}\n"
                      "  record: {title: 档案, source: shared, connector: files}\n"
                      "  certificate: {title: 证明, source: later, within: 10 workdays}\n"
                      "process: accept-review-issue\nwith"),
        open_store(":memory:"), desk.options);
    const auto number = desk.open();
    const auto states = [&] {
        std::vector<std::string> all;
        const auto detail = desk.engine->reader().show(number).value();
        for (const auto& [material, state] : detail.materials) all.push_back(state);
        return all;
    };
    CHECK(states() == std::vector<std::string>{"provided", "not needed", "not needed",
                                               "to be fetched", "later"});
    CompleteTask accept;
    accept.task = TaskNumber{1};
    accept.outcome = OutcomeId("accept");
    REQUIRE(desk.engine->complete(number, accept, OfficerId("lin")));
    CHECK(states().back() == "owed since 2026-03-02, due 2026-03-16");
    CHECK(is_owed(states().back()));
    CHECK(desk.engine->reader().show(number)->applicant.person == PersonId("1001"));
    CHECK(desk.engine->reader().cases_by(PersonId("1001")).size() == 1);
    CHECK(desk.engine->reader().cases_by(PersonId("1002")).empty());
}

}  // namespace workflow::testing::keys_test
