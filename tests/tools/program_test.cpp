#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "tools/terminal.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::program_test {

using namespace workflow::tools;

TEST_CASE("every command explains itself with an example, and its options are in its help") {
    Terminal run;
    for (const auto& row : subcommands()) {
        std::vector<std::string> words;
        std::istringstream name{std::string(row.name)};
        for (std::string word; name >> word;) words.push_back(word);
        words.emplace_back("--help");
        const Said said = run(words);
        INFO(row.name);
        CHECK(said.code == 0);
        CHECK(holds(said.out, "Example"));
        CHECK(holds(said.out,
                    "  workflow " + std::string(row.name == "completion" ? "" : row.name)) !=
              (row.name == "completion"));
        const Subcommand command = row.make();
        CHECK(command.name == row.name);
        CHECK(command.summary.ends_with("."));
        for (const auto& option : options_of(command)) CHECK(holds(said.out, "--" + option.name));
    }
}

TEST_CASE("every command is driven by a test") {
    std::string tests;
    for (const auto& entry :
         std::filesystem::directory_iterator(WORKFLOW_SOURCE_DIR "/tests/tools")) {
        std::ifstream file(entry.path());
        tests += std::string(std::istreambuf_iterator<char>(file), {});
    }
    for (const auto& row : subcommands()) {
        std::string words(row.name);
        if (const auto blank = words.find(' '); blank != std::string::npos)
            words.replace(blank, 1, "\", \"");
        INFO(row.name);
        CHECK(holds(tests, "({\"" + words + "\""));
    }
}

TEST_CASE("the reference page and the man page have every command and option") {
    Terminal run;
    const Said page = run({"help", "--format", "markdown"});
    const Said man = run({"help", "--format", "man"});
    for (const auto& row : subcommands()) {
        INFO(row.name);
        CHECK(holds(page.out, "\n## workflow " + std::string(row.name) + "\n"));
        for (const auto& option : options_of(row.make())) {
            std::string minus = "\\-\\-";
            for (const char c : option.name) minus += c == '-' ? "\\-" : std::string(1, c);
            INFO(option.name);
            CHECK(holds(page.out, "--" + option.name));
            CHECK(holds(man.out, minus));
        }
    }
    CHECK(run({"help", "open", "--format", "man"}).code == 2);
    // The committed page; WORKFLOW_APPROVE=1 writes it anew.
    const std::string file = WORKFLOW_SOURCE_DIR "/docs/cli.md";
    if (std::getenv("WORKFLOW_APPROVE")) std::ofstream(file) << page.out;
    std::ifstream in(file);
    CHECK(page.out == std::string(std::istreambuf_iterator<char>(in), {}));
}

TEST_CASE("the program's help lists every command") {
    Terminal run;
    const Said said = run({"help"});
    CHECK(said.code == 0);
    for (const auto& row : subcommands()) CHECK(holds(said.out, "  " + std::string(row.name)));
    CHECK(run({"--help"}).out == said.out);
    CHECK(run({"help", "trail", "verify"}).out == run({"trail", "verify", "--help"}).out);
    CHECK(run({"help", "opne"}).code == 2);
    const Said nothing = run({});
    CHECK(nothing.code == 2);
    CHECK(nothing.out.empty());
}

TEST_CASE("the version is told") {
    Terminal run;
    CHECK(run({"version"}).out.starts_with("workflow "));
    CHECK(run({"--version"}).out == run({"version"}).out);
    CHECK(run({"version", "--format", "json"}).json().contains("version"));
}

TEST_CASE("a mistyped command or option is answered with the nearest one") {
    Terminal run;
    const Said command = run({"vaildate", "x"});
    CHECK(command.code == 2);
    CHECK(holds(command.err, "did you mean `workflow validate`?"));
    const Said option = run({"cases", "--fromat", "json"});
    CHECK(option.code == 2);
    CHECK(holds(option.err, "did you mean `--format`?"));
    const Said choice = run({"cases", "--format", "jsno"});
    CHECK(choice.code == 2);
    CHECK(holds(choice.err, "did you mean `json`?"));
    CHECK(run({"cases", "--limit"}).code == 2);
    CHECK(run({"cases", "--limit", "-3"}).code == 2);
    CHECK(run({"show"}).code == 2);
    CHECK(run({"show", "a", "b"}).code == 2);
}

TEST_CASE("without a store the hint says how to name one") {
    Terminal run;
    run.environment.erase("WORKFLOW_STORE");
    const Said said = run({"cases"});
    CHECK(said.code == 2);
    CHECK(holds(said.err, "WORKFLOW_STORE"));
}

TEST_CASE("reading from a store that is not there does not make one") {
    Terminal run;
    const Said said = run({"cases", "--store", run.path("typo.db")});
    CHECK(said.code == 3);
    CHECK(holds(said.err, "typo.db"));
    CHECK_FALSE(std::filesystem::exists(run.path("typo.db")));
}

TEST_CASE("a store that is no store is a failure of the world") {
    Terminal run;
    run.write("bad.db", std::string(5000, 'x'));
    const Said said = run({"cases", "--store", run.path("bad.db")});
    CHECK(said.code == 3);
    CHECK(said.out.empty());
}

TEST_CASE("acting without saying who is a mistake on the command line") {
    Terminal run;
    const Said said = run({"next"});
    CHECK(said.code == 2);
    CHECK(holds(said.err, "--as"));
}

TEST_CASE("colour comes only when asked for or on a terminal") {
    Terminal run;
    run.open();
    CHECK_FALSE(holds(run({"cases"}).out, "\x1b["));
    CHECK(holds(run({"cases", "--color", "always"}).out, "\x1b["));
}

TEST_CASE("bash can load the completion and complete a command's options from it") {
    Terminal run;
    const Said said = run({"completion", "bash"});
    REQUIRE(said.code == 0);
    run.write("completion.bash",
              said.out +
                  "COMP_WORDS=(workflow trail verify --st); COMP_CWORD=3; _workflow; "
                  "echo \"${COMPREPLY[*]}\"\n");
    FILE* pipe = popen(("bash " + run.path("completion.bash") + " 2>&1").c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string answer;
    char buffer[256];
    while (fgets(buffer, sizeof buffer, pipe) != nullptr) answer += buffer;
    pclose(pipe);
    CHECK(answer == "--store\n");
    CHECK(run({"completion", "fish"}).code == 2);
}

}  // namespace workflow::testing::program_test
