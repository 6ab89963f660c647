// What one officer is shown by the program: `--reader`, answers to his own acts, and `unseal`.

#include "tools/terminal.hpp"

using workflow::testing::holds;
using workflow::testing::Said;
using workflow::testing::Terminal;

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

TEST_CASE("unseal shows one officer what was kept from him") {
    Terminal run;
    const Drawn drawn(run);
    const auto without = run({"unseal", drawn.number, "applicant", "--as", drawn.reviewer});
    CHECK(without.code == 4);
    CHECK(holds(without.err, "reason_required"));
    CHECK(run({"unseal", drawn.number, "everything", "--as", drawn.reviewer}).code == 2);
    const auto done = run({"unseal", drawn.number, "applicant", "--as", drawn.reviewer, "--reason",
                           "the records contradict each other"});
    INFO(done.err);
    CHECK(done.code == 0);
    CHECK(holds(run({"trail", drawn.number, "--reader", drawn.reviewer, "--personal"}).out,
                "canary-name"));
    CHECK(holds(run({"trail", drawn.number}).out, "the records contradict each other"));
}

TEST_CASE("who has nothing to do with a case is refused, and a dossier is nobody's view") {
    Terminal run;
    const Drawn drawn(run);
    const auto refused = run({"show", drawn.number, "--reader", "issuer-nobody"});
    CHECK(refused.code == 4);
    CHECK(holds(refused.err, "unknown_officer"));
    CHECK(run({"show", drawn.number, "--reader", "lin", "--dossier", "x.html"}).code == 2);
}
