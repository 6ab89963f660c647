#include <sys/stat.h>

#include "tools/terminal.hpp"

namespace workflow::testing::draw_test {

namespace {

/// Two parties with secrets, fingerprints published from 2 March 2026 on, and a case that was
/// drawn.
struct TwoParties : Terminal {
    TwoParties() {
        for (const std::string party : {"bureau", "oversight"}) {
            const auto secret = path(party + ".secret"), out = path(party + ".draws");
            CHECK((*this)({"draw", "keygen", "--party", party, "--out", secret}).code == 0);
            const auto said = (*this)({"draw", "publish", "--secret", secret, "--out", out,
                                       "--from", "2026-03-02", "--days", "5"});
            INFO(said.err);
            CHECK(said.code == 0);
        }
        environment["WORKFLOW_DRAW_SECRETS"] =
            path("bureau.secret") + ":" + path("oversight.secret");
    }
    std::string drawn_case() {
        const auto number = open();
        CHECK((*this)({"complete", number, "accept", "--as", "lin"}).code == 0);
        return number;
    }
    void reveal() {
        for (const std::string party : {"bureau", "oversight"}) CHECK(reveal_of(party).code == 0);
    }
    workflow::testing::Said reveal_of(const std::string& party) {
        return (*this)({"draw", "reveal", "--secret", path(party + ".secret"), "--out",
                        path(party + ".draws")});
    }
    void end(const std::string& number) {
        CHECK((*this)({"withdraw", number, "--reason", "enough"}).code == 0);
    }
    workflow::testing::Said verify(const std::vector<std::string>& more = {}) {
        std::vector<std::string> words{
            "draw", "verify", "--party", path("bureau.draws"), "--party", path("oversight.draws")};
        words.insert(words.end(), more.begin(), more.end());
        return (*this)(words);
    }
};

}  // namespace

TEST_CASE("a draw is proved by the published files once its case has ended, and not before") {
    TwoParties run;
    const auto number = run.drawn_case();
    run.reveal();  // reveals nothing yet
    auto said = run.verify({number});
    CHECK(said.code == 0);
    CHECK(holds(said.out, "not_revealed"));
    CHECK(holds(said.out, "bureau has not published its key of 2026-03-02"));

    run.pass_days(1);
    CHECK(holds(run.reveal_of("bureau").err, "the key of 2026-03-02 is held back: 1 open case"));
    CHECK(holds(run.verify({number}).out, "not_revealed"));
    // Those who hold the secrets can check an open case.
    CHECK(holds(run.verify({number, "--secret", run.path("bureau.secret"), "--secret",
                            run.path("oversight.secret")})
                    .out,
                "proven"));
    run.end(number);
    run.reveal();
    run.environment.erase("WORKFLOW_DRAW_SECRETS");  // no secret is needed to check
    said = run.verify({number, "--format", "json"});
    CHECK(said.code == 0);
    const auto row = said.json().at(0);
    CHECK(row.at("verdict") == "proven");
    CHECK(row.at("case") == number);
    CHECK(row.at("candidates").get<int>() > 1);
    CHECK(row.at("narrowed").empty());
}

TEST_CASE("a draw by the store's own secret is none of the parties'") {
    TwoParties run;
    run.environment.erase("WORKFLOW_DRAW_SECRETS");
    const auto number = run.drawn_case();
    CHECK(holds(run.verify().out, "not_revealed"));
    run.end(number);
    run.pass_days(1);
    run.reveal();
    const auto said = run.verify();
    CHECK(said.code == 1);
    CHECK(holds(said.out, "the recorded word does not follow from the keys"));
}

TEST_CASE("keys are not revealed where nobody knows which cases are open") {
    TwoParties run;
    run.environment.erase("WORKFLOW_STORE");
    const auto said = run.reveal_of("bureau");
    CHECK(said.code == 2);
    CHECK(holds(said.err, "give --store"));
}

TEST_CASE("a secret is for its owner's eyes, and never replaced") {
    TwoParties run;
    struct stat about {};
    REQUIRE(stat(run.path("bureau.secret").c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0600);
    const auto said = run({"draw", "keygen", "--party", "x", "--out", run.path("bureau.secret")});
    CHECK(said.code == 3);
    CHECK(holds(said.err, "bureau.secret: it already exists"));
}

TEST_CASE("a fingerprint cannot be published after its day, nor in another party's file") {
    TwoParties run;
    auto said = run({"draw", "publish", "--secret", run.path("bureau.secret"), "--out",
                     run.path("bureau.draws"), "--from", "2026-03-01"});
    CHECK(said.code == 2);
    CHECK(holds(said.err, "use --from 2026-03-02"));
    said = run({"draw", "publish", "--secret", run.path("bureau.secret"), "--out",
                run.path("oversight.draws"), "--from", "2026-04-01"});
    CHECK(said.code == 3);
    CHECK(holds(said.err, "is the file of oversight, not of bureau"));
}

TEST_CASE("a missing or damaged file of a party is named, with its line") {
    TwoParties run;
    const auto number = run.drawn_case();
    CHECK(holds(run({"draw", "verify"}).err, "no party is named"));
    run.write("oversight.draws", "workflow draw party 1\nparty oversight\n2026-03-02 key 12\n");
    auto said = run.verify({number});
    CHECK(said.code == 3);
    CHECK(holds(said.err, "oversight.draws:3: a line is a day"));
    run.write("oversight.draws", "party oversight\n");
    said = run.verify({number});
    CHECK(said.code == 3);
    CHECK(holds(said.err, "oversight.draws:1: the first line must be"));
    run.write("bureau.secret", "workflow draw secret 1\nparty bureau\nsecret 00\n");
    said = run({"advance"});
    CHECK(said.code == 3);
    CHECK(holds(said.err, "bureau.secret:3: "));
}

}  // namespace workflow::testing::draw_test
