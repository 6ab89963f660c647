// Personal data apart from the trail: what a store with a vault keeps, shows and forgets.

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

#include <workflow/engine.hpp>
#include <workflow/rating.hpp>

#include "crypto/digest.hpp"
#include "support/database_owner.hpp"
#include "support/make_store.hpp"
#include "support/standard_item.hpp"
#include "support/temporary_folder.hpp"

namespace workflow::testing::vault_test {

namespace {

constexpr const char* person = "1001";
constexpr const char* id_number = "420600199001011001";

/// The standard item in a hall whose store is a file with a vault.
class Bureau {
public:
    Bureau() { start(); }

    void start() { start(key); }
    void start(const std::optional<VaultKey>& with) {
        engine.reset();
        Engine::Options options;
        options.clock = [this] { return now; };
        options.entropy = [this] { return ++word * 0x9e3779b97f4a7c15U; };
        options.rating_secret = sha256("rating");
        options.vault = with;
        options.draw_shares = shares;
        auto texts = standard_texts();
        for (auto& text : texts)
            if (const auto at = text.content.find("  photo: {"); at != std::string::npos)
                text.content.insert(
                    at, "  authority: {title: 委托书, source: applicant, for: proxy}\n");
        auto loaded = Catalog::load(texts);
        REQUIRE(loaded.catalog);
        engine = std::make_unique<Engine>(*loaded.catalog, make_store(file), std::move(options));
    }
    CaseNumber open(const char* who = person, const char* key_text = "") {
        auto application = standard_application(who);
        const auto answer = engine->open(application, Actor::the_applicant(), CommandKey(key_text));
        if (!answer) throw std::runtime_error(answer.refusal().message);
        return answer->number;
    }
    Expected<Answer> withdraw(const CaseNumber& number) {
        return engine->withdraw(number, "I have found my card, says " + std::string(id_number));
    }
    [[nodiscard]] CaseOpened opening(const CaseNumber& number) const {
        return std::get<CaseOpened>(engine->reader().trail(number)->front().what);
    }
    /// Why the applicant says that he withdrew.
    [[nodiscard]] std::string withdrawal(const CaseNumber& number) const {
        const auto events = engine->reader().trail(number);  // outlives the loop
        for (const auto& event : *events)
            if (const auto* withdrawn = std::get_if<CaseWithdrawn>(&event.what))
                return withdrawn->reason;
        return {};
    }
    /// Everything in the store's files.
    [[nodiscard]] std::string bytes() const {
        std::string all;
        for (const auto& entry :
             std::filesystem::directory_iterator(std::filesystem::path(file).parent_path())) {
            std::ifstream in(entry.path(), std::ios::binary);
            all.append(std::istreambuf_iterator<char>(in), {});
        }
        return all;
    }
    [[nodiscard]] std::string broken() const {
        const auto report = engine->administration().verify();
        return report.breaks.empty() ? std::string() : report.breaks.front().what;
    }

    TemporaryFolder folder;
    std::string file = (folder / "hall.db").string();
    VaultKey key{Cipher::aes_256_gcm, sha256("vault")};
    std::vector<DrawShare> shares;
    Instant now = *parse_instant("2026-03-02T09:00:00+08:00", {});
    std::uint64_t word = 0;
    std::unique_ptr<Engine> engine;
};

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("with a vault nothing personal stands in the store's files, and the trail is whole") {
    for (const auto cipher : {Cipher::aes_256_gcm, Cipher::sm4_ctr_hmac_sm3}) {
        Bureau bureau;
        bureau.key.cipher = cipher;
        bureau.start();
        const auto number = bureau.open();
        REQUIRE(bureau.withdraw(number));
        for (int round = 0; round < 2; ++round) {
            const auto opened = bureau.opening(number);
            CHECK(opened.applicant.person.text == person);
            CHECK(opened.applicant.name == "陈晨");
            CHECK(opened.fields.at(0).second == Value(id_number));
            CHECK(has(bureau.withdrawal(number), id_number));
            CHECK(bureau.broken().empty());
            bureau.start();
        }
        CHECK_FALSE(has(bureau.bytes(), id_number));
        CHECK_FALSE(has(bureau.bytes(), "陈晨"));
        CHECK_FALSE(has(bureau.bytes(), "I have found my card"));
    }
}

TEST_CASE("without a vault it does") {
    Bureau bureau;
    bureau.start(std::nullopt);
    bureau.open();
    CHECK(has(bureau.bytes(), id_number));
}

TEST_CASE("a store with a vault takes no act without its key, and its trail can still be checked") {
    Bureau bureau;
    const auto number = bureau.open();
    bureau.start(std::nullopt);
    CHECK_THROWS_WITH(bureau.open("1002"), Catch::Contains("was not given"));
    CHECK_THROWS_AS(bureau.withdraw(number), StoreError);
    CHECK(bureau.opening(number).applicant.name == "(sealed)");
    CHECK(bureau.opening(number).fields.at(0).second == Value("(sealed)"));
    CHECK(bureau.broken().empty());
    CHECK_THROWS_WITH(bureau.start(VaultKey{Cipher::aes_256_gcm, sha256("another")}),
                      Catch::Contains("not that of the store's vault"));
}

TEST_CASE("erasing a person destroys what is personal, and nothing that is proved") {
    Bureau bureau;
    const auto number = bureau.open();
    const auto other = bureau.open("1002");
    const auto chief = Actor::of(OfficerId("chief"));
    const PersonId who(person);
    CHECK(bureau.engine->administration()
              .erase(who, chief, "retention")
              .refused(RefusalCode::case_open));
    REQUIRE(bureau.withdraw(number));
    CHECK(bureau.engine->administration()
              .erase(who, Actor::of(OfficerId("lin")), "retention")
              .refused(RefusalCode::not_supervisor));
    CHECK(bureau.engine->administration()
              .erase(who, chief, "")
              .refused(RefusalCode::reason_required));
    CHECK(bureau.engine->administration()
              .erase(PersonId("9"), chief, "retention")
              .refused(RefusalCode::unknown_person));
    REQUIRE(bureau.engine->reader().cases_of(who).size() == 1);

    const auto answer = bureau.engine->administration().erase(who, chief, "retention").value();
    CHECK(std::get<PersonErased>(answer.events.at(0).what).reason == "retention");
    for (int round = 0; round < 2; ++round) {
        const auto opened = bureau.opening(number);
        CHECK(opened.applicant.person.text == "(erased)");
        CHECK(opened.fields.at(0).second == Value("(erased)"));
        CHECK(opened.channel == "web");
        CHECK(bureau.opening(other).applicant.person.text == "1002");
        CHECK(bureau.broken().empty());
        CHECK(bureau.engine->reader().show(number)->view.status == "withdrawn");
        CHECK(bureau.engine->reader().cases_of(who).empty());
        CHECK(bureau.engine->administration()
                  .erase(who, chief, "retention")
                  .refused(RefusalCode::unknown_person));
        bureau.start();
    }
    // Who comes again is somebody else.
    const auto again = bureau.open();
    CHECK(bureau.opening(again).applicant.person.text == person);
    CHECK(bureau.opening(number).applicant.person.text == "(erased)");
    bureau.start(std::nullopt);
    CHECK(bureau.broken().empty());
}

TEST_CASE("who was erased rates nothing any more") {
    Bureau bureau;
    const auto number = bureau.open();
    REQUIRE(bureau.engine->complete(number, {TaskNumber{1}, OutcomeId("accept"), {}, {}, {}},
                                    OfficerId("lin")));
    REQUIRE(bureau.withdraw(number));
    REQUIRE(bureau.engine->administration().erase(PersonId(person), Actor::of(OfficerId("chief")),
                                                  "asked for"));
    const RateCase rate{TaskNumber{1}, rating_token(sha256("rating"), number, TaskNumber{1}),
                        Grade::satisfied, "thanks"};
    CHECK(bureau.engine->perform(number, {rate, Actor::the_applicant(), {}, {}, {}})
              .refused(RefusalCode::erased));
}

TEST_CASE("who applies for another has a key of his own") {
    Bureau bureau;
    auto application = standard_application(person);
    application.agent = Agent{PersonId("2002"), "陈父"};
    application.materials.push_back({MaterialId("authority"), MaterialForm::provided});
    const auto opened = bureau.engine->open(application, Actor::the_applicant());
    REQUIRE(opened);
    REQUIRE(bureau.withdraw(opened->number));
    CHECK(bureau.engine->reader().cases_of(PersonId("2002")).size() == 1);
    REQUIRE(bureau.engine->administration().erase(PersonId("2002"), Actor::of(OfficerId("chief")),
                                                  "asked for"));
    const auto trail = bureau.opening(opened->number);
    CHECK(trail.applicant.name == "陈晨");
    CHECK(trail.agent->name == "(erased)");
    CHECK(bureau.broken().empty());
}

TEST_CASE("under another key of the vault everything opens, and the old one opens nothing") {
    Bureau bureau;
    const auto number = bureau.open();
    bureau.open("1002");
    const VaultKey next{Cipher::sm4_ctr_hmac_sm3, sha256("next")};
    CHECK(bureau.engine->administration().rekey(next) == 2);
    CHECK(bureau.opening(number).applicant.name == "陈晨");
    bureau.open("1003");
    CHECK_THROWS_AS(bureau.start(), StoreError);
    bureau.start(next);
    CHECK(bureau.opening(number).applicant.name == "陈晨");
    CHECK(bureau.engine->reader().cases_of(PersonId(person)).size() == 1);
    CHECK(bureau.broken().empty());
}

TEST_CASE("a key that comes again is answered as before, and nobody can try what was asked") {
    Bureau bureau;
    const auto number = bureau.open(person, "k1");
    const auto sealed = bureau.engine->reader().trail(number)->front().request;
    bureau.start();
    CHECK(bureau.open(person, "k1") == number);
    const auto other =
        bureau.engine->open(standard_application("1002"), Actor::the_applicant(), CommandKey("k1"));
    CHECK(other.refused(RefusalCode::key_reused));

    Bureau plain;
    plain.start(std::nullopt);
    const auto first = plain.open(person, "k1");
    CHECK_FALSE(plain.engine->reader().trail(first)->front().request == sealed);
    // From now on with a vault: what was asked before is known again.
    plain.start();
    CHECK(plain.open(person, "k1") == first);
    CHECK(plain.opening(first).applicant.person.text == person);
    const auto second = plain.open("1002");
    CHECK(plain.opening(second).applicant.person.text == "1002");
    CHECK_FALSE(has(plain.bytes(), "420600199001011002"));
    CHECK(plain.broken().empty());
}

TEST_CASE("a unit of work that is lost leaves no person behind") {
    Bureau bureau;
    struct Lost {};
    const auto lose = [&] {
        bureau.engine->transact([&](Engine::Session& session) {
            REQUIRE(session.open(standard_application(person), Actor::the_applicant()));
            throw Lost();
        });
    };
    CHECK_THROWS_AS(lose(), Lost);
    CHECK(bureau.engine->reader().cases_of(PersonId(person)).empty());
    const auto number = bureau.open();
    CHECK(bureau.opening(number).applicant.person.text == person);
    CHECK(bureau.engine->reader().cases_of(PersonId(person)).size() == 1);
    CHECK(bureau.broken().empty());
}

TEST_CASE("what another program erases is erased here, too") {
    Bureau here;
    const auto number = here.open();
    REQUIRE(here.withdraw(number));
    CHECK(here.opening(number).applicant.name == "陈晨");
    Bureau there;
    there.file = here.file;
    there.start();
    REQUIRE(there.engine->administration().erase(PersonId(person), Actor::of(OfficerId("chief")),
                                                 "asked for"));
    CHECK(here.opening(number).applicant.name == "(erased)");
    CHECK(here.engine->reader().show(number)->fields.at(0).second == Value("(erased)"));
}

TEST_CASE("a draw can be done over again by whoever may not know the applicant") {
    const Digest secret = sha256("bureau");
    Bureau bureau;
    bureau.shares = {share_of(DrawSecret(secret))};
    bureau.start();
    const auto number = bureau.open();
    REQUIRE(bureau.engine->complete(number, {TaskNumber{1}, OutcomeId("accept"), {}, {}, {}},
                                    OfficerId("lin")));
    DrawParty party;
    party.name = "bureau";
    const DrawSecret keys(secret);
    const auto day = *parse_date("2026-03-02");
    party.keys[day] = keys.key_of(day);
    party.fingerprints[day] = fingerprint_of(keys.key_of(day));
    const std::vector<DrawParty> parties{party};
    const auto proven = [&] {
        const auto checks = check_draws(*bureau.engine->reader().trail(number), parties);
        REQUIRE(checks.size() == 1);
        INFO(checks[0].why);
        return checks[0].verdict == DrawCheck::Verdict::proven;
    };
    CHECK(proven());
    bureau.start(std::nullopt);
    CHECK(proven());
    bureau.start();
    REQUIRE(bureau.withdraw(number));
    REQUIRE(bureau.engine->administration().erase(PersonId(person), Actor::of(OfficerId("chief")),
                                                  "asked for"));
    CHECK(proven());
}

TEST_CASE("what is done to sealed rows and keys behind the library's back is found") {
    struct Deed {
        const char* sql;
        const char* found;
        const char* found_without_key;  // nothing: only who has the key finds it
    };
    const std::vector<Deed> deeds{
        {"delete from sealed where sequence = 1 and case_key = 2", "is gone", "is gone"},
        {"delete from sealed", "is gone", "is gone"},
        {"insert into sealed select case_key, 2, person, box from sealed where sequence = 1",
         "does not name", "does not name"},
        {"update sealed set box = zeroblob(60)", "does not open", nullptr},
        {"update sealed set box = (select box from sealed where person = 3)", "does not open",
         nullptr},
        {"update persons set wrapped = null, token = null where id = 3",
         "the journal does not say so", "the journal does not say so"},
        {"delete from persons where id = 3", "is gone", "is gone"},
        {"delete from persons where id = 4", "is gone", "is gone"},
        {"update persons set wrapped = (select wrapped from persons where id = 3) where id = 4",
         "cannot be unwrapped", nullptr},
        {"update persons set wrapped = x'00', token = x'00' where id = 2", "cannot be unwrapped",
         "is back"}};
    for (const auto& deed : deeds) {
        Bureau bureau;
        const auto erased = bureau.open();  // person 2: the store's own key is 1
        bureau.open("1002");
        bureau.open("1003");
        REQUIRE(bureau.withdraw(erased));
        REQUIRE(bureau.engine->administration().erase(PersonId(person),
                                                      Actor::of(OfficerId("chief")), "asked for"));
        REQUIRE(bureau.broken().empty());
        bureau.engine.reset();
        DatabaseOwner(bureau.file).run(deed.sql);
        INFO(deed.sql);
        bureau.start();
        CHECK_THAT(bureau.broken(), Catch::Contains(deed.found));
        bureau.start(std::nullopt);
        if (deed.found_without_key)
            CHECK_THAT(bureau.broken(), Catch::Contains(deed.found_without_key));
        else
            CHECK(bureau.broken().empty());
    }
}

}  // namespace workflow::testing::vault_test
