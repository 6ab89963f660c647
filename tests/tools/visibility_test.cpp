// What one officer is shown by the program: `--reader`, answers to his own acts, and `unseal`.

#include <fstream>
#include <iterator>

#include "tools/terminal.hpp"

namespace workflow::testing::visibility_test {

namespace {

/// A case with the reviewer who was drawn for it, as the store has it.
struct Drawn {
    explicit Drawn(Terminal& run) {
        const auto opened =
            run({"open", "social-card.replace-lost", "--as", "lin", "--applicant", "canary-person",
                 "--name", "canary-name", "--field", "id_number=420600199001011001", "--material",
                 "photo", "--format", "json"});
        INFO(opened.err);
        REQUIRE(opened.code == 0);
        number = opened.json().at("case");
        accepted = run({"complete", number, "accept", "--as", "lin", "--format", "json"});
        reviewer = run({"show", number, "--format", "json"}).json().at("tasks").at(0).at("holder");
    }
    std::string number, reviewer;
    Said accepted;
};

}  // namespace

TEST_CASE("the answer to the window's act does not say who was drawn") {
    Terminal run;
    const Drawn drawn(run);
    CHECK(drawn.accepted.code == 0);
    CHECK(holds(drawn.accepted.out, "task_drawn"));
    CHECK(holds(drawn.accepted.out, "(withheld)"));
    CHECK_FALSE(holds(drawn.accepted.out, '"' + drawn.reviewer + '"'));
}

TEST_CASE("show and trail as a reader may see them") {
    Terminal run;
    const Drawn drawn(run);
    for (const char* format : {"human", "json"}) {
        for (const auto& command : {std::vector<std::string>{"show", drawn.number},
                                    std::vector<std::string>{"trail", drawn.number}}) {
            auto as_reviewer = command, as_window = command;
            for (const auto& more :
                 {std::string("--personal"), std::string("--format"), std::string(format)}) {
                as_reviewer.push_back(more);
                as_window.push_back(more);
            }
            as_reviewer.insert(as_reviewer.end(), {"--reader", drawn.reviewer});
            as_window.insert(as_window.end(), {"--reader", "lin"});
            if (command[0] == "show" && std::string(format) == "json") {
                as_reviewer.erase(std::find(as_reviewer.begin(), as_reviewer.end(), "--personal"));
                as_window.erase(std::find(as_window.begin(), as_window.end(), "--personal"));
            }
            const auto reviewer = run(as_reviewer), window = run(as_window);
            INFO(reviewer.err << window.err);
            CHECK(reviewer.code == 0);
            CHECK(window.code == 0);
            CHECK_FALSE(holds(reviewer.out, "canary"));
            CHECK_FALSE(holds(reviewer.out, "420600199001011001"));
            CHECK_FALSE(holds(window.out, '"' + drawn.reviewer + '"'));
            CHECK(holds(window.out, "420600199001011001"));
        }
    }
}

TEST_CASE("lists show a reader his tasks and no other's") {
    Terminal run;
    const Drawn drawn(run);
    CHECK(run({"tasks", "--reader", drawn.reviewer, "--format", "json"}).json().size() == 1);
    CHECK(run({"cases", "--reader", drawn.reviewer, "--format", "json"}).json().size() == 1);
    CHECK(run({"tasks", "--reader", "lin", "--format", "json"}).json().empty());
    CHECK(run({"cases", "--reader", "lin", "--format", "json"}).json().empty());
    CHECK(run({"tasks", "--format", "json"}).json().size() == 1);
}

TEST_CASE("a seal is asked on a ground and opened by a second person") {
    Terminal run;
    const Drawn drawn(run);
    const auto ask = [&](std::vector<std::string> more) {
        std::vector<std::string> words{"unseal",    drawn.number, "--what",
                                       "applicant", "--as",       drawn.reviewer};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    };
    const auto decide = [&](const char* how, const char* who, const char* by) {
        return run({"unseal", drawn.number, "--what", "applicant", how, who, "--as", by});
    };
    const auto shown = [&] {
        return holds(run({"trail", drawn.number, "--reader", drawn.reviewer, "--personal"}).out,
                     "canary-name");
    };
    const auto without = ask({"--ground", "audit"});
    CHECK(without.code == 4);
    CHECK(holds(without.err, "reason_required"));
    const auto no_ground = ask({"--reason", "curious"});
    CHECK(no_ground.code == 4);
    CHECK(holds(no_ground.err, "complaint, audit, court, safety"));
    CHECK(run({"unseal", drawn.number, "everything", "--as", drawn.reviewer}).code == 2);
    CHECK(run({"unseal", drawn.number, "--as", drawn.reviewer}).code == 2);
    CHECK(run({"unseal", drawn.number, "applicant", "--as", "chief", "--grant", "-", "--decline",
               "-"})
              .code == 2);
    const auto asked = ask({"--ground", "audit", "--reason", "the records contradict each other"});
    INFO(asked.err);
    CHECK(asked.code == 0);
    CHECK_FALSE(shown());
    CHECK(holds(decide("--grant", "zhao", "chief").err, "not_yours_to_read"));
    CHECK(holds(decide("--grant", "-", "lin").err, "not_supervisor"));
    const auto declined = decide("--decline", "-", "chief");
    CHECK(declined.code == 0);
    CHECK_FALSE(holds(declined.out, drawn.reviewer));
    CHECK_FALSE(shown());
    CHECK(ask({"--ground", "audit", "--reason", "they still do"}).code == 0);
    CHECK(decide("--grant", "-", "chief").code == 0);
    CHECK(shown());
    CHECK(holds(run({"trail", drawn.number}).out, "the records contradict each other"));
}

TEST_CASE("an applicant is shown their case, its receipt and its dossier without the reviewer") {
    Terminal run;
    const Drawn drawn(run);
    run.write("hall.pub",
              run({"trail", "keygen", "--key", run.path("k.pem"), "--origin", "h"}).out);
    REQUIRE(run({"trail", "checkpoint", "--key", run.path("k.pem"), "--origin", "h", "--out",
                 run.path("checkpoints")})
                .code == 0);
    const auto number = drawn.number;
    const std::string reader = "applicant:canary-person";
    const auto show = run({"show", number, "--reader", reader, "--personal"});
    CHECK(show.code == 0);
    CHECK(holds(show.out, "420600199001011001"));
    CHECK_FALSE(holds(show.out, drawn.reviewer));
    CHECK(run({"show", number, "--reader", "applicant:somebody"}).code == 4);
    CHECK(run({"show", number, "--reader", "applicant:"}).code == 2);
    CHECK(run({"tasks", "--reader", reader}).code == 2);
    CHECK(run({"cases", "--reader", reader, "--format", "json"}).json().size() == 1);
    CHECK(run({"cases", "--reader", "applicant:somebody", "--format", "json"}).json().empty());
    const auto trail = run({"trail", number, "--reader", reader, "--format", "json"});
    CHECK_FALSE(holds(trail.out, '"' + drawn.reviewer + '"'));
    const auto urged = run({"urge", number, "--reason", "soon", "--format", "json"});
    CHECK(urged.code == 0);
    CHECK(urged.json().at("events").size() == 1);

    std::uint32_t drawn_at = 0;
    const auto whole = run({"trail", number, "--format", "json"}).json();
    for (const auto& event : whole.at("events"))
        if (event.at("kind") == "task_drawn") drawn_at = event.at("sequence");
    REQUIRE(drawn_at != 0);
    const auto receipt = [&](const std::string& event) {
        return run({"receipt", number, "--event", event, "--checkpoints", run.path("checkpoints"),
                    "--out", run.path("receipt.html")});
    };
    const auto refused = receipt(std::to_string(drawn_at));
    CHECK(refused.code == 4);
    CHECK(holds(refused.err, "not_yours_to_read"));
    CHECK(receipt("1").code == 0);
    CHECK(run({"trail", "prove", number, "--reader", reader, "--event", std::to_string(drawn_at),
               "--checkpoints", run.path("checkpoints")})
              .code == 4);
    const auto proof = run(
        {"trail", "prove", number, "--reader", reader, "--checkpoints", run.path("checkpoints")});
    CHECK(proof.code == 0);
    CHECK(proof.json().contains("hash"));
    REQUIRE(run({"show", number, "--reader", reader, "--dossier", run.path("dossier.html"),
                 "--checkpoints", run.path("checkpoints")})
                .code == 0);
    std::ifstream page(run.path("dossier.html"));
    const std::string text{std::istreambuf_iterator<char>(page), {}};
    CHECK(holds(text, number));
    CHECK_FALSE(holds(text, "(" + drawn.reviewer + ")"));
}

TEST_CASE("who has nothing to do with a case is refused, and a dossier is nobody's view") {
    Terminal run;
    const Drawn drawn(run);
    const auto refused = run({"show", drawn.number, "--reader", "issuer-nobody"});
    CHECK(refused.code == 4);
    CHECK(holds(refused.err, "unknown_officer"));
    CHECK(run({"show", drawn.number, "--reader", "lin", "--dossier", "x.html"}).code == 2);
}

}  // namespace workflow::testing::visibility_test
