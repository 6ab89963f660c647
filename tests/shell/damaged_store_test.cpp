// A store whose rows do not fit each other, by a fault of the disk or by hand: no command goes on
// with half of it. Each says what is missing, and changes nothing.

#include <functional>

#include <workflow/engine.hpp>
#include <workflow/evidence.hpp>

#include "crypto/digest.hpp"
#include "support/catch.hpp"
#include "support/database_owner.hpp"
#include "support/make_store.hpp"
#include "support/standard_item.hpp"
#include "support/temporary_folder.hpp"

namespace workflow::testing::damaged_store_test {

namespace {

/// A hall with one case at the window, one before a reviewer, and a key that was used to claim.
class Damaged {
public:
    explicit Damaged(bool vault = false) : vault_(vault) {
        start();
        waiting = open("1001");
        const auto other = open("1002");
        CompleteTask accepted;
        accepted.task = engine->reader().show(other)->tasks.at(0).task;
        accepted.outcome = OutcomeId("accept");
        REQUIRE(engine->complete(other, accepted, OfficerId("lin")));
        reviewer = engine->reader().show(other)->tasks.at(0).holder;
    }
    /// Another revision of the item where `revised`.
    void start(bool revised = false) {
        engine.reset();
        auto texts = standard_texts();
        if (revised)
            for (auto& text : texts)
                if (const auto at = text.content.find("revision: 3"); at != std::string::npos)
                    text.content.replace(at, 11, "revision: 4");
        auto loaded = Catalog::load(texts);
        REQUIRE(loaded.catalog);
        Engine::Options options;
        options.clock = [this] { return now; };
        options.rating_secret = sha256("rating");
        if (vault_) options.vault = VaultKey{Cipher::aes_256_gcm, sha256("vault")};
        engine = std::make_unique<Engine>(*loaded.catalog, make_store(file), std::move(options));
    }
    CaseNumber open(const char* person) {
        return engine->open(standard_application(person), Actor::the_applicant())->number;
    }
    /// What the work says that is tried on the changed file; empty when it was done.
    std::string after(const std::string& change, const std::function<void(Engine&)>& work,
                      bool revised = false) {
        engine.reset();
        {
            DatabaseOwner owner(file);
            owner.run(change);
        }
        start(revised);
        const auto before = contents();
        std::string said;
        try {
            work(*engine);
        } catch (const std::exception& error) {
            said = error.what();
        }
        CHECK(contents() == before);
        return said;
    }
    std::vector<DatabaseOwner::Row> contents() {
        DatabaseOwner owner(file);
        auto all = owner.rows("select position, case_key, sequence, hex(hash) from events");
        for (const auto& row : owner.rows("select key, number, version from cases order by key"))
            all.push_back(row);
        return all;
    }

    TemporaryFolder folder;
    std::string file = (folder / "hall.db").string();
    Instant now = *parse_instant("2026-03-02T09:00:00+08:00", {});
    CaseNumber waiting;
    OfficerId reviewer;
    std::unique_ptr<Engine> engine;

private:
    bool vault_;
};

constexpr const char* waiting_key = "(select key from cases where number like '%-000001')";
const std::string without_case = std::string("delete from cases where key = ") + waiting_key;

}  // namespace

TEST_CASE("a case whose row is gone stops whoever comes upon its task") {
    Damaged hall;
    const auto next = [](Engine& engine) { (void)engine.next(OfficerId("lin")); };
    SECTION("a task that its officer holds") {
        REQUIRE(hall.engine->next(OfficerId("lin")));
        CHECK(hall.after(without_case, next) ==
              "the work list has a task of a case that is not there");
    }
    SECTION("the answer to a key") {
        REQUIRE(hall.engine->next(OfficerId("lin"), CommandKey("k")));
        CHECK(hall.after(without_case, [](Engine& engine) {
            (void)engine.next(OfficerId("lin"), CommandKey("k"));
        }) == "a request names a case that is not there");
    }
    SECTION("an officer who leaves it lying") {
        REQUIRE(hall.engine->next(OfficerId("lin")));
        CHECK(hall.after(without_case, [](Engine& engine) {
            (void)engine.administration().change_staff(
                {OfficerId("lin"), OfficerLeft{*parse_date("2026-03-02")}, "moved"},
                Actor::the_engine());
        }) == "the work list has a task of no case");
    }
    SECTION("the advance that looks for tasks left lying") {
        REQUIRE(hall.engine->next(OfficerId("lin")));
        REQUIRE(hall.engine->administration().change_staff(
            {OfficerId("lin"), OfficerLeft{*parse_date("2026-03-03")}, "moved"},
            Actor::the_engine()));
        hall.now = *parse_instant("2026-03-03T09:00:00+08:00", {});
        CHECK(hall.after(without_case, [](Engine& engine) { engine.advance(); }) ==
              "the work list has a task of no case");
    }
}

TEST_CASE("a case number that no hall gives is not counted on from") {
    Damaged hall;
    CHECK(hall.after("update cases set number = replace(number, '-000002', '-00000x')",
                     [&](Engine&) { hall.open("1003"); }) ==
          "the store has a case number with the serial \"00000x\"");
}

TEST_CASE("a case that does not agree with its trail is not worked on") {
    Damaged hall;
    const auto withdraw = [&](Engine& engine) { (void)engine.withdraw(hall.waiting, "found"); };
    CHECK(hall.after("update cases set version = version - 1", withdraw) ==
          "case " + hall.waiting.text + " does not agree with its trail; run `trail verify`");
}

TEST_CASE("an event that is no event is named by whatever reads it") {
    const std::string change =
        std::string("update events set body = cast(body || x'00' as blob) where case_key = ") +
        waiting_key + " and sequence = 1";
    const auto told = [&](const std::function<void(Engine&, const CaseNumber&)>& work) {
        Damaged hall;
        const auto said = hall.after(change, [&](Engine& engine) { work(engine, hall.waiting); });
        CHECK_THAT(said, Catch::StartsWith("case " + hall.waiting.text + ", event 1: "));
    };
    told([](Engine& engine, const CaseNumber& number) { (void)engine.reader().trail(number); });
    told([](Engine& engine, const CaseNumber& number) { (void)engine.reader().show(number); });
    told([](Engine& engine, const CaseNumber&) {
        (void)engine.reader().flows(ItemId("social-card.replace-lost"));
    });
    told([](Engine& engine, const CaseNumber&) {
        (void)engine.reader().cases_by(PersonId("1001"));
    });
}

TEST_CASE("a case whose revision is gone or was altered is not worked on by another one") {
    const auto told = [](const std::string& change) {
        Damaged hall;
        return hall.after(
            change, [&](Engine& engine) { (void)engine.withdraw(hall.waiting, "found"); }, true);
    };
    CHECK_THAT(told("delete from definitions"), Catch::EndsWith("but not that revision"));
    CHECK_THAT(told("update definitions set text = 'no definition'"),
               Catch::EndsWith("cannot be read again"));
    // A text that can be read, and is another one.
    CHECK_THAT(told("update definitions set text = replace(text, '20 workdays', '25 workdays')"),
               Catch::EndsWith("cannot be read again"));
}

TEST_CASE("a definition that no case names is told, though its text has its digest") {
    Damaged other;
    other.start(true);
    other.open("1001");
    Damaged hall;
    hall.after("attach '" + other.file +
                   "' as other; insert or ignore into main.definitions "
                   "select * from other.definitions",
               [](Engine&) {});
    const auto report = hall.engine->administration().verify();
    REQUIRE(report.breaks.size() == 1);
    CHECK(report.breaks[0].table == "definitions");
    CHECK(report.breaks[0].what == "the trail does not name it: the row was put in");
}

TEST_CASE("a person whose key is gone without an erasure is not passed over") {
    const auto told = [](const std::string& change) {
        Damaged hall(true);
        return hall.after(change,
                          [&](Engine& engine) { (void)engine.withdraw(hall.waiting, "found"); });
    };
    CHECK(told("delete from persons where id = 2") == "the key of person 2 is gone");
    // Without the store's own key nobody is found again, and a new one would take another's place.
    const std::string own = "the store's own key is gone from its vault: go back to a backup";
    CHECK(told("delete from persons") == own);
    CHECK(told("delete from persons where id = 1") == own);
    CHECK(told("delete from persons where id = 1; delete from sealed") == own);

    // Nor is a case shown, or another one opened.
    Damaged shown(true);
    CHECK(shown.after("delete from persons",
                      [&](Engine& engine) { (void)engine.reader().show(shown.waiting); }) == own);
    Damaged hall(true);
    CHECK(hall.after("delete from persons", [&](Engine&) { hall.open("1003"); }) == own);
}

TEST_CASE("what is sealed of a case that is gone stops an erasure") {
    Damaged hall(true);
    CHECK(hall.after(without_case, [](Engine& engine) {
        (void)engine.administration().erase(PersonId("1001"), Actor::of(OfficerId("chief")),
                                            "retention");
    }) == "there are encrypted data of a case that does not exist");
}

TEST_CASE("nobody is erased where there is no vault, nor for a reason with hidden characters") {
    const auto erase = [](Engine& engine, const char* reason) {
        return engine.administration().erase(PersonId("1001"), Actor::of(OfficerId("chief")),
                                             reason);
    };
    Damaged plain;
    CHECK_THROWS_WITH(erase(*plain.engine, "retention"), "without a vault nothing can be erased");
    Damaged sealed(true);
    CHECK(erase(*sealed.engine, "reten\x01tion").refused(RefusalCode::text_invalid));
}

TEST_CASE("no proof is made of checkpoints that are missing or in another order") {
    Damaged hall;
    const auto entropy = [] { return std::uint64_t{1}; };
    const auto signer = pem_signer("hall.example", new_signing_key(system_entropy()));
    const auto store = open_store(hall.file, StoreOptions{.read_only = true});
    CHECK_THROWS_WITH(prove(*store, hall.waiting, 1, ""), "there is no checkpoint");
    CHECK_THROWS_WITH(stamp_request("", entropy), "there is no checkpoint");
    CHECK_THROWS_WITH(prove_consistency(*store, ""), "there is no checkpoint 1 among 0");

    const auto first = take_checkpoint(*store, signer, hall.now, "");
    hall.open("1003");
    const auto second = take_checkpoint(*store, signer, hall.now, first);
    CHECK_NOTHROW(prove(*store, hall.waiting, 1, first));
    CHECK_THROWS_WITH(prove(*store, hall.waiting, 99, first),
                      Catch::StartsWith("case ") && Catch::EndsWith(" events"));
    CHECK_NOTHROW(prove_consistency(*store, first + "\n" + second));
    CHECK_THROWS_WITH(prove_consistency(*store, second + "\n" + first),
                      "the last checkpoint counts fewer events than that one");
    CHECK_THROWS_WITH(prove_consistency(*store, first + "\n" + second, 3),
                      "there is no checkpoint 3 among 2");
}

TEST_CASE("no checkpoint is taken over a trail with a gap") {
    Damaged hall;
    hall.engine.reset();
    {
        DatabaseOwner owner(hall.file);
        owner.run(
            "update events set position = -position where position > 3;"
            "update events set position = 1 - position where position < 0");
    }
    const auto store = open_store(hall.file, StoreOptions{.read_only = true});
    const auto signer = pem_signer("hall.example", new_signing_key(system_entropy()));
    CHECK_THROWS_WITH(take_checkpoint(*store, signer, hall.now, ""),
                      "after position 3 comes 5: events were taken out or put in");
}

}  // namespace workflow::testing::damaged_store_test
