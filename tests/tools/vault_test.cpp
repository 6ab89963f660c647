// The program's words for personal data: the key of the vault, what is kept of somebody, erasing.

#include <sys/stat.h>

#include "support/database_owner.hpp"
#include "tools/second_verifier.hpp"

namespace workflow::testing::vault_test {

namespace {

/// A hall whose store has a vault.
struct VaultHall : Terminal {
    explicit VaultHall(const std::string& cipher = "aes-256-gcm") {
        REQUIRE(
            (*this)({"vault", "keygen", "--out", path("hall.vault"), "--cipher", cipher}).code ==
            0);
        environment["WORKFLOW_VAULT_KEY"] = path("hall.vault");
    }
    /// A case of that person that has ended.
    std::string ended(const std::string& person) {
        auto number = open(person);
        REQUIRE((*this)({"withdraw", number, "--reason", "found again"}).code == 0);
        return number;
    }
    Said erase(const std::string& person) {
        return (*this)({"vault", "erase", person, "--as", "chief", "--reason", "asked for"});
    }
    Said without_key(const std::vector<std::string>& words) {
        const auto key = environment.at("WORKFLOW_VAULT_KEY");
        environment.erase("WORKFLOW_VAULT_KEY");
        auto said = (*this)(words);
        environment["WORKFLOW_VAULT_KEY"] = key;
        return said;
    }
    /// The exit codes of both verifiers.
    std::pair<int, int> verify() {
        return {(*this)({"trail", "verify"}).code, second_verifier(path("hall.db")).code};
    }
};

const std::pair both_intact{0, 0};
const std::pair both_broken{1, 1};

}  // namespace

TEST_CASE("personal data are told with the vault's key, and by nobody without it") {
    for (const auto* cipher : {"aes-256-gcm", "sm4"}) {
        VaultHall hall(cipher);
        const auto number = hall.open();
        CHECK(holds(hall({"show", number, "--personal"}).out, "420600199001011001"));
        CHECK(holds(hall({"trail", number, "--personal"}).out, "420600199001011001"));
        CHECK(holds(hall({"export", "xes", "--personal"}).out, "1001"));
        CHECK(hall.verify() == both_intact);

        const auto shown = hall.without_key({"show", number});
        CHECK(shown.code == 3);
        CHECK(holds(shown.err, "--vault-key FILE"));
        const auto trail = hall.without_key({"trail", number, "--personal"});
        CHECK(trail.code == 0);
        CHECK(holds(trail.out, "(sealed)"));
        CHECK_FALSE(holds(trail.out, "420600199001011001"));
        CHECK(hall.without_key({"export", "xes", "--personal"}).code == 3);
        CHECK(hall.without_key({"export", "csv"}).code == 0);
        CHECK(hall.without_key({"report", "items"}).code == 0);
        CHECK(hall.without_key({"trail", "verify"}).code == 0);
        CHECK(hall.without_key({"cases"}).code == 0);
    }
}

TEST_CASE("erasing somebody is for supervisors, for a reason, and final") {
    VaultHall hall;
    const auto number = hall.ended("1001");
    const auto listed = hall({"vault", "cases", "1001", "--format", "json"});
    INFO(listed.err);
    REQUIRE(listed.code == 0);
    REQUIRE(listed.json().size() == 1);
    CHECK(listed.json().at(0).at("case") == number);
    CHECK(holds(hall({"vault", "cases", "1001"}).out, number));

    CHECK(hall({"vault", "erase", "1001", "--reason", "asked for"}).code == 2);
    CHECK(hall({"vault", "erase", "1001", "--as", "lin", "--reason", "asked for"}).code == 4);
    CHECK(hall({"vault", "erase", "1001", "--as", "chief"}).code == 4);
    const auto unknown = hall.erase("9999");
    CHECK(unknown.code == 4);
    CHECK(holds(unknown.err, "unknown_person"));
    CHECK_FALSE(holds(unknown.err, "9999"));
    const auto running = hall.open("1002");
    CHECK(holds(hall.erase("1002").err, running));

    const auto erased = hall.erase("1001");
    INFO(erased.err);
    REQUIRE(erased.code == 0);
    CHECK_FALSE(holds(erased.out, "1001"));
    CHECK(holds(hall({"show", number, "--personal"}).out, "(erased)"));
    CHECK(holds(hall({"trail", number, "--personal"}).out, "(erased)"));
    CHECK(hall({"vault", "cases", "1001", "--format", "json"}).json().empty());
    CHECK(holds(hall({"journal"}).out, "asked for"));
    CHECK(hall({"journal", "--format", "json"}).json().back().at("kind") == "person_erased");
    CHECK(hall.verify() == both_intact);
}

TEST_CASE("many are erased at once, and who cannot be is told by his place") {
    VaultHall hall;
    for (const auto* person : {"1001", "1002", "1003"}) hall.ended(person);
    hall.open("1004");
    const std::vector<std::string> words{"vault", "erase", "1001",     "--from",   "-",
                                         "--as",  "chief", "--reason", "asked for"};
    const auto said = hall(words, "1002\r\n\n1004\n9999\n1003\n1003\n");
    CHECK(said.code == 4);
    CHECK(holds(said.err, "person 3 is refused (case_open)"));
    CHECK(holds(said.err, "person 4 is refused (unknown_person)"));
    CHECK(holds(said.err, "person 6 is refused (unknown_person)"));
    CHECK_FALSE(holds(said.err, "1004"));
    const auto journal = hall({"journal", "--format", "json"}).json();
    int erased = 0;
    for (const auto& event : journal) erased += event.at("kind") == "person_erased" ? 1 : 0;
    CHECK(erased == 3);
    for (const auto* person : {"1001", "1002", "1003"})
        CHECK(hall({"vault", "cases", person, "--format", "json"}).json().empty());
    CHECK(hall({"vault", "cases", "1004", "--format", "json"}).json().size() == 1);
    CHECK(hall.verify() == both_intact);
    CHECK(hall({"vault", "erase", "--as", "chief", "--reason", "asked for"}).code == 2);
}

TEST_CASE("a vault is put under another key, and the old one opens nothing any more") {
    VaultHall hall;
    const auto number = hall.open();
    REQUIRE(hall({"vault", "keygen", "--out", hall.path("next.vault")}).code == 0);
    const auto done = hall({"vault", "rekey", "--new-key", hall.path("next.vault")});
    INFO(done.err);
    REQUIRE(done.code == 0);
    CHECK(holds(done.err, "1 person "));
    const auto old = hall({"show", number});
    CHECK(old.code == 3);
    CHECK(holds(old.err, "not that of the store's vault"));
    hall.environment["WORKFLOW_VAULT_KEY"] = hall.path("next.vault");
    CHECK(holds(hall({"show", number, "--personal"}).out, "420600199001011001"));
    CHECK(hall.verify() == both_intact);
}

TEST_CASE(
    "the file of a key is its owner's, is never overwritten, and says what is wrong with it") {
    VaultHall hall;
    struct stat file {};
    REQUIRE(stat(hall.path("hall.vault").c_str(), &file) == 0);
    CHECK((file.st_mode & 0777) == 0600);
    CHECK(hall({"vault", "keygen", "--out", hall.path("hall.vault")}).code == 3);
    CHECK(hall({"vault", "keygen", "--out", hall.path("x"), "--cipher", "rot13"}).code == 2);
    CHECK(hall.without_key({"vault", "cases", "1001"}).code == 2);
    CHECK(hall.without_key({"vault", "rekey", "--new-key", "x"}).code == 2);
    hall.open();
    const std::string zeros(64, '0');
    for (const std::string& text :
         {std::string(), std::string("workflow vault key 1\n"),
          "workflow vault key 1\ncipher aes-256-gcm\nsecret " + zeros,
          "workflow vault key 1\ncipher aes-256-gcm\nsecret " + zeros + "0\n",
          "workflow vault key 1\ncipher des\nsecret " + zeros + "\n",
          "workflow vault key 1\ncipher sm4\nsecret " + zeros + "\nmore\n",
          "workflow rating secret 1\nsecret " + zeros + "\n"}) {
        hall.write("bad.vault", text);
        hall.environment["WORKFLOW_VAULT_KEY"] = hall.path("bad.vault");
        const auto said = hall({"cases"});
        INFO(text);
        CHECK(said.code == 3);
        CHECK(holds(said.err, "workflow vault keygen"));
        CHECK_FALSE(holds(said.err, zeros));
    }
}

TEST_CASE("both verifiers find what is done to sealed rows and keys") {
    for (const std::string deed :
         {"delete from sealed where case_key = 2 and sequence = 1",
          "insert into sealed select case_key, 2, person, box from sealed where sequence = 1",
          "update persons set wrapped = null, token = null where id = 3",
          "update persons set wrapped = x'00', token = x'00' where id = 2",
          "delete from persons where id = 3", "delete from persons where id = 2"}) {
        VaultHall hall;
        hall.ended("1001");
        hall.open("1002");
        REQUIRE(hall.erase("1001").code == 0);
        REQUIRE(hall.verify() == both_intact);
        DatabaseOwner(hall.path("hall.db")).run(deed);
        INFO(deed);
        CHECK(hall.verify() == both_broken);
    }
}

TEST_CASE("a ledger is compared with sealed applicants by whoever has the key") {
    VaultHall hall;
    hall.ended("1001");
    hall.write("ledger.csv", "item,received,applicant\nsocial-card.replace-lost,2026-03-02,1001\n");
    const auto same = hall({"report", "reconcile", hall.path("ledger.csv")});
    INFO(same.out << same.err);
    CHECK(same.code == 0);
    CHECK(hall.without_key({"report", "reconcile", hall.path("ledger.csv")}).code == 3);
}

}  // namespace workflow::testing::vault_test
