// Officers who sign what they do, with keys of their own, and whoever changes it afterwards.

#include "support/database_owner.hpp"
#include "tools/second_verifier.hpp"

namespace workflow::testing::signed_act_test {

namespace {

/// The standard hall, in which acts from the window are signed and lin has a key.
struct SigningHall : Terminal {
    SigningHall() {
        auto key = (*this)({"trail", "keygen", "--key", path("lin.pem"), "--origin", "lin"}).out;
        key.pop_back();
        for (auto text : workflow::testing::standard_texts()) {
            const auto put = [&](const std::string& after, const std::string& what) {
                const auto at = text.content.find(after);
                if (at != std::string::npos) text.content.insert(at + after.size(), what);
            };
            put("general-window: {", "signed: true, ");
            put("lin: {", "key: '" + key + "', ");
            write("definitions/" + text.path, text.content);
        }
    }
    /// The exit codes of both verifiers.
    std::pair<int, int> verify() {
        return {(*this)({"trail", "verify"}).code, second_verifier(path("hall.db")).code};
    }
};

}  // namespace

TEST_CASE("an officer's key signs what he does, and what is changed afterwards is found") {
    SigningHall hall;
    const std::vector<std::string> opening{"open",        "social-card.replace-lost",
                                           "--applicant", "1001",
                                           "--field",     "id_number=420600199001011001",
                                           "--material",  "photo",
                                           "--format",    "json"};
    const auto opened = hall(opening);
    INFO(opened.err);
    REQUIRE(opened.code == 0);
    const auto number = opened.json().at("case").get<std::string>();

    const auto bare = hall({"complete", number, "accept", "--as", "lin"});
    CHECK(bare.code == 4);
    CHECK(holds(bare.err, "must sign their acts"));
    REQUIRE(hall({"trail", "keygen", "--key", hall.path("other.pem"), "--origin", "lin"}).code ==
            0);
    const auto forged =
        hall({"complete", number, "accept", "--as", "lin", "--sign-with", hall.path("other.pem")});
    CHECK(forged.code == 4);
    CHECK(holds(forged.err, "the signature is not by the key of lin"));
    const auto signed_one = hall({"complete", number, "accept", "--reason", "two\nlines \\ more",
                                  "--as", "lin", "--sign-with", hall.path("lin.pem")});
    INFO(signed_one.err);
    REQUIRE(signed_one.code == 0);
    const auto trail = hall({"trail", number, "--format", "json"});
    CHECK(holds(trail.out, "\"signature\""));
    CHECK(hall.verify() == std::pair(0, 0));

    DatabaseOwner(hall.path("hall.db")).exchange_reason(number, "another reason");
    CHECK(hall.verify() == std::pair(1, 1));
    const auto found = hall({"trail", "verify"});
    CHECK(holds(found.out + found.err, "signature does not verify"));
}

TEST_CASE("an officer gets another key while cases run") {
    SigningHall hall;
    auto key = hall({"trail", "keygen", "--key", hall.path("new.pem"), "--origin", "lin"}).out;
    key.pop_back();
    const auto keyed = [&](const std::string& what) {
        return hall({"staff", "key", "lin", what, "--as", "chief", "--reason", "token replaced"});
    };
    const auto open = [&](const std::string& with) {
        return hall({"open", "social-card.replace-lost", "--as", "lin", "--applicant", "1001",
                     "--field", "id_number=420600199001011001", "--sign-with", hall.path(with)})
            .code;
    };
    REQUIRE(open("lin.pem") == 0);
    const auto changed = keyed(key);
    INFO(changed.err);
    REQUIRE(changed.code == 0);
    CHECK(holds(changed.out, "another key"));
    CHECK(open("lin.pem") == 4);
    CHECK(open("new.pem") == 0);
    // What was signed before stays signed.
    CHECK(hall.verify() == std::pair(0, 0));
    CHECK(holds(keyed("no key").err, "is not a public key of lin"));
    CHECK(keyed("--none").code == 0);
    CHECK(open("new.pem") == 4);
    CHECK(holds(hall({"journal", "--format", "json"}).out, "\"keyed\""));
}

TEST_CASE("what cannot be signed is said") {
    SigningHall hall;
    const auto number = hall({"open", "social-card.replace-lost", "--applicant", "1001", "--field",
                              "id_number=420600199001011001", "--format", "json"})
                            .json()
                            .at("case")
                            .get<std::string>();
    const auto claim = [&](const std::string& which, const std::string& key) {
        return hall({"claim", which, "1", "--as", "lin", "--sign-with", hall.path(key)}).code;
    };
    CHECK(hall({"urge", number, "--reason", "y", "--sign-with", hall.path("lin.pem")}).code == 2);
    CHECK(claim("nothing", "lin.pem") == 4);
    CHECK(claim(number, "none.pem") == 3);
    hall.write("no.pem", "no key");
    CHECK(claim(number, "no.pem") == 3);
    CHECK(claim(number, "lin.pem") == 0);
    CHECK(hall.verify() == std::pair(0, 0));
}

}  // namespace workflow::testing::signed_act_test
