// SIGINT and SIGTERM end a command after the commit at hand.

#include "ending_signals.hpp"
#include "support/children.hpp"
#include "tools/terminal.hpp"

namespace workflow::testing::stopping_test {

namespace {

/// Runs the words; the signal comes when the clock is read for the `nth` time.
Said interrupted(Terminal& hall, const std::vector<std::string>& words, int signal, int nth) {
    std::istringstream in;
    std::ostringstream out, err;
    int asked = 0;
    workflow::tools::Streams streams{
        .in = in,
        .out = out,
        .err = err,
        .environment = [&](const std::string& name) -> std::optional<std::string> {
            const auto found = hall.environment.find(name);
            if (found == hall.environment.end()) return std::nullopt;
            return found->second;
        },
        .clock =
            [&] {
                if (++asked == nth) (void)raise(signal);
                return hall.now;
            }};
    Said said;
    said.code = workflow::tools::run_program(words, streams);
    said.out = out.str();
    said.err = err.str();
    return said;
}

constexpr int rows = 40;

void write_backlog(const Terminal& hall) {
    std::string text = "person\n";
    for (int i = 0; i < rows; ++i) text += std::to_string(2000 + i) + "\n";
    hall.write("rows.csv", text);
    hall.write("script.yaml",
               "batch: rows\ninput: {file: rows.csv, key: person}\n"
               "open:\n  item: social-card.replace-lost\n  applicant: {person: =person}\n"
               "  channel: web\n  fields: {id_number: '=\"4206001990010\" + person'}\n"
               "  materials: {photo: true}\n");
}

}  // namespace

TEST_CASE("a batch that is asked to end keeps what was committed, says how to go on, and does") {
    Terminal hall;
    write_backlog(hall);
    hall.write("script.rejected.csv", "key,line,case,step,rule,reason,person\nof an earlier run\n");
    const std::vector<std::string> words{"batch", hall.path("script.yaml"), "--rows-a-commit", "5"};
    const int signal = GENERATE(SIGTERM, SIGINT);
    const Said stopped = interrupted(hall, words, signal, 12);
    CHECK(stopped.code == 3);
    CHECK(holds(stopped.err, "same command line continues"));
    const auto done = hall({"cases", "--format", "json"}).json().size();
    CHECK(done >= 5);
    CHECK(done < rows);
    CHECK(done % 5 == 0);
    CHECK(std::filesystem::exists(hall.path("script.rejected.csv")));
    CHECK_FALSE(std::filesystem::exists(hall.path(".script.rejected.csv.workflow-part")));
    const Said whole = hall(words);
    INFO(whole.out << whole.err);
    CHECK(whole.code == 0);
    CHECK(hall({"cases", "--format", "json"}).json().size() == rows);
    CHECK(hall({"trail", "verify"}).code == 0);
}

TEST_CASE("advance that is asked to end leaves the rest to the next one") {
    Terminal hall;
    hall.open();
    hall.pass_days(60);
    const int signal = GENERATE(SIGTERM, SIGINT);
    const Said stopped = interrupted(hall, {"advance"}, signal, 1);
    CHECK(stopped.code == 3);
    CHECK(holds(stopped.err, "same command line does the rest"));
    CHECK(hall({"advance"}).code == 0);
    CHECK(hall({"trail", "verify"}).code == 0);
}

TEST_CASE("a second signal ends a batch at once") {
    Terminal hall;
    write_backlog(hall);
    Child child([&] {
        const workflow::tools::StopRequest request;
        (void)raise(SIGTERM);
        if (!workflow::tools::StopRequest::asked()) return;
        (void)raise(SIGTERM);
    });
    CHECK(child.end() == -1);
}

TEST_CASE("a signal that ends a command takes its unfinished file away") {
    Terminal hall;
    hall.write("part", "half");
    Child child([&] {
        std::signal(SIGTERM, SIG_DFL);  // the test program has a handler of its own
        const workflow::tools::RemovedBySignal removed(hall.path("part"));
        (void)raise(SIGTERM);
    });
    CHECK(child.end() == -1);
    CHECK_FALSE(std::filesystem::exists(hall.path("part")));
}

}  // namespace workflow::testing::stopping_test
