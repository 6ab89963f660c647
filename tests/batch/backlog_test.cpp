#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include <catch2/catch.hpp>

#include <workflow/batch.hpp>

#include "batch/csv.hpp"
#include "support/standard_item.hpp"

using namespace workflow;

namespace {

constexpr int backlog = 400;

struct Folder {
    std::filesystem::path path;
    Folder() {
        auto pattern = (std::filesystem::temp_directory_path() / "workflow-batch-XXXXXX").string();
        path = mkdtemp(pattern.data());
        std::ofstream script(path / "cards.yaml");
        script << "batch: cards\n"
                  "input: {file: rows.csv, key: row}\n"
                  "rejected: rejected.csv\n"
                  "open:\n"
                  "  item: social-card.replace-lost\n"
                  "  applicant: {person: =person}\n"
                  "  channel: web\n"
                  "  fields: {id_number: =person}\n"
                  "  materials: {photo: true}\n"
                  "duties:\n"
                  "  intake: {outcomes: [{outcome: accept}]}\n"
                  "  review:\n"
                  "    outcomes:\n"
                  "      - {when: verdict = \"return\" and times = 0, outcome: return, reason: r}\n"
                  "      - {outcome: approve}\n"
                  "  issue: {outcomes: [{outcome: deliver}]}\n";
        std::ofstream rows(path / "rows.csv");
        rows << "row,person,verdict\n";
        // Every fiftieth row has no person and is refused.
        for (int i = 1; i <= backlog; ++i)
            rows << i << ',' << (i % 50 == 0 ? "" : "p" + std::to_string(i)) << ','
                 << (i % 7 == 0 ? "return" : "approve") << '\n';
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    [[nodiscard]] std::string rejected() const {
        std::ifstream file(path / "rejected.csv");
        return {std::istreambuf_iterator<char>(file), {}};
    }
};

const Catalog& catalog() {
    static const Catalog loaded = *Catalog::load(testing::standard_texts()).catalog;
    return loaded;
}

BatchReport work(const Folder& folder, unsigned jobs = 1, std::size_t rows_a_commit = 20) {
    Engine engine(catalog(), open_store((folder.path / "hall.db").string()));
    BatchOptions options;
    options.jobs = jobs;
    options.rows_a_commit = rows_a_commit;
    return std::get<BatchReport>(run_batch(engine, folder.path / "cards.yaml", options));
}

std::vector<std::vector<std::string>> records(const std::string& text) {
    std::istringstream in(text);
    batch::CsvReader reader(in);
    std::vector<std::vector<std::string>> all;
    std::vector<std::string> fields;
    std::string mistake;
    while (reader.next(fields, mistake)) {
        if (!mistake.empty()) fields = {"mistake", mistake};
        all.push_back(fields);
    }
    return all;
}

}  // namespace

TEST_CASE("each row becomes one case; refused rows lie in a file with the reason") {
    const Folder folder;
    const auto report = work(folder);
    CHECK(report.read == backlog);
    CHECK(report.done == backlog - backlog / 50);
    CHECK(report.rejected == backlog / 50);
    const auto refused = records(folder.rejected());
    REQUIRE(refused.size() == 1 + backlog / 50);
    CHECK(refused[1][0] == "50");
    CHECK(refused[1][4] == "field_missing");
}

TEST_CASE("several jobs give what one gives") {
    const Folder one, four;
    const auto alone = work(one, 1), together = work(four, 4);
    CHECK(alone.done == together.done);
    CHECK(alone.events == together.events);
    CHECK(one.rejected() == four.rejected());
}

TEST_CASE("a batch that is killed at any moment is resumed without losing or doubling a row") {
    const char* wanted = std::getenv("WORKFLOW_KILLS");
    const int kills = wanted ? std::atoi(wanted) : 200;
    std::mt19937 random(20261123);
    const Folder reference;
    work(reference);
    int killed = 0;
    while (killed < kills) {
        const Folder folder;
        // The same store is killed and resumed until a run gets to its end.
        for (bool ended = false; !ended && killed < kills;) {
            const auto child = fork();
            if (child == 0) {
                work(folder, 1 + random() % 2, 5);
                _exit(0);
            }
            usleep(static_cast<useconds_t>(random() % 60'000));
            ended = kill(child, SIGKILL) != 0;
            int status = 0;
            waitpid(child, &status, 0);
            ended = WIFEXITED(status);
            killed += ended ? 0 : 1;
        }
        const auto last = work(folder, 1, 5);
        CHECK(last.rejected == backlog / 50);
        CHECK(folder.rejected() == reference.rejected());
        Engine engine(catalog(), open_store((folder.path / "hall.db").string()));
        const auto trail = engine.verify();
        CHECK(trail.intact());
        CHECK(trail.cases == backlog - backlog / 50);
        CaseFilter granted;
        granted.status = "granted";
        CHECK(engine.cases(granted).size() == backlog - backlog / 50);
    }
}

TEST_CASE("CSV is read as RFC 4180 has it") {
    using Records = std::vector<std::vector<std::string>>;
    CHECK(records("\xEF\xBB\xBF"
                  "a,b\r\n1,\"x,\"\"y\"\"\nz\"\r\n") == Records{{"a", "b"}, {"1", "x,\"y\"\nz"}});
    CHECK(records("a\n\n\nb") == Records{{"a"}, {"b"}});
    CHECK(records("\"\",\n") == Records{{"", ""}});
    CHECK(records("\"open\n")[0][0] == "mistake");
    CHECK(records("\"a\"b\n")[0][0] == "mistake");
    CHECK(batch::csv_field("a\"b") == "\"a\"\"b\"");
}
