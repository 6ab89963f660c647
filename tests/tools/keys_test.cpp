// Every command that writes takes a key: repeated, it changes nothing and answers as before.

#include <functional>
#include <set>

#include "tools/terminal.hpp"
#include "workflow_paths.hpp"

namespace workflow::testing::keys_test {

namespace {

using Words = std::vector<std::string>;

/// A hall with all of its secrets.
struct Hall : Terminal {
    Hall() {
        REQUIRE((*this)({"rate", "keygen", "--out", path("rating.secret")}).code == 0);
        REQUIRE((*this)({"vault", "keygen", "--out", path("hall.vault")}).code == 0);
        REQUIRE((*this)({"vault", "keygen", "--out", path("next.vault")}).code == 0);
        environment["WORKFLOW_RATING_SECRET"] = path("rating.secret");
        environment["WORKFLOW_VAULT_KEY"] = path("hall.vault");
        write("cards.yaml", R"(batch: cards
input: {file: rows.csv, key: row}
open:
  item: social-card.replace-lost
  applicant: {person: =row}
  fields: {id_number: =row}
)");
        write("rows.csv", "row\n1\n");
    }
    void done(const Words& words) {
        const auto said = (*this)(words);
        INFO(words.front() << ": " << said.err);
        REQUIRE(said.code == 0);
    }
    std::string claimed() {
        auto number = open();
        done({"claim", number, "--as", "lin"});
        return number;
    }
    /// Accepted; with whom the review is.
    std::string reviewer(const std::string& number) {
        done({"complete", number, "accept", "--as", "lin"});
        return (*this)({"show", number, "--format", "json"}).json().at("tasks").at(0).at("holder");
    }
    /// What rates the visit of an accepted case.
    Words visit() {
        const auto number = open();
        done({"complete", number, "accept", "--as", "lin"});
        const auto told = (*this)({"rate", "tokens", number, "--format", "json"}).json().at(0);
        return {number, "--task", std::to_string(told.at("task").get<int>()), "--token",
                told.at("token").get<std::string>()};
    }
    int events() {
        return (*this)({"trail", "verify", "--format", "json"}).json().at("events").get<int>();
    }
};

Words join(Words words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

Words change_of(const std::string& name, const Words& more) {
    return join({"staff", name}, join(more, {"--as", "chief", "--reason", "as agreed"}));
}

/// By command: what is done first, and the command's words.
const std::map<std::string, std::function<Words(Hall&)>>& commands() {
    static const std::map<std::string, std::function<Words(Hall&)>> table{
        {"open",
         [](Hall&) -> Words {
             return {"open",    "social-card.replace-lost",    "--as", "lin", "--applicant", "1001",
                     "--field", "id_number=420600199001011001"};
         }},
        {"demand",
         [](Hall& hall) -> Words {
             hall.environment["WORKFLOW_CATALOG"] = WORKFLOW_SOURCE_DIR "/definitions";
             return {"demand", "my file of 1983 cannot be found", "--applicant", "1001"};
         }},
        {"next",
         [](Hall& hall) -> Words {
             hall.open();
             return {"next", "--as", "lin"};
         }},
        {"claim",
         [](Hall& hall) -> Words {
             return {"claim", hall.open(), "--as", "lin"};
         }},
        {"complete",
         [](Hall& hall) -> Words {
             return {"complete", hall.open(), "accept", "--as", "lin"};
         }},
        {"supply",
         [](Hall& hall) -> Words {
             const auto number = hall.open();
             hall.done({"complete", number, "supplement", "--as", "lin"});
             return {"supply", number, "--material", "photo"};
         }},
        {"withdraw",
         [](Hall& hall) -> Words {
             return {"withdraw", hall.open(), "--reason", "found"};
         }},
        {"rate",
         [](Hall& hall) {
             return join(join({"rate"}, hall.visit()), {"--grade", "4"});
         }},
        {"rate add",
         [](Hall& hall) {
             const auto visit = hall.visit();
             hall.done(join(join({"rate"}, visit), {"--grade", "4"}));
             return join(join({"rate", "add"}, visit), {"--comment", "in the rain"});
         }},
        {"rate aside",
         [](Hall& hall) -> Words {
             const auto visit = hall.visit();
             hall.done(join(join({"rate"}, visit), {"--grade", "4"}));
             return {"rate",   "aside",    visit[0],
                     "--task", visit[2],   "--as",
                     "chief",  "--reason", "another office was meant"};
         }},
        {"unseal",
         [](Hall& hall) -> Words {
             const auto number = hall.open();
             return {"unseal",
                     number,
                     "applicant",
                     "--as",
                     hall.reviewer(number),
                     "--ground",
                     "audit",
                     "--reason",
                     "records contradict"};
         }},
        {"recuse",
         [](Hall& hall) -> Words {
             return {"recuse", hall.open(), "zhao", "--ground", "kin", "--reason", "a cousin"};
         }},
        {"resolve",
         [](Hall& hall) -> Words {
             const auto number = hall.open();
             hall.done({"complete", number, "accept", "--as", "lin"});
             for (const auto* reviewer : {"sun", "zhao", "qian"})
                 (void)hall({"return", number, "--as", reviewer, "--reason", "a relative"});
             for (const auto* reviewer : {"sun", "zhao", "qian"})
                 (void)hall({"return", number, "--as", reviewer, "--reason", "a relative"});
             return {"resolve", number,  "2",        "--way",      "ask_again",
                     "--as",    "chief", "--reason", "nobody else"};
         }},
        {"publish",
         [](Hall&) -> Words {
             return {"publish", "social-card.replace-lost", "--as", "chief", "--reason", "new"};
         }},
        {"urge",
         [](Hall& hall) -> Words {
             return {"urge", hall.open(), "--reason", "travel"};
         }},
        {"delegate",
         [](Hall& hall) -> Words {
             return {"delegate", hall.claimed(), "--as", "lin", "--to", "sun"};
         }},
        {"reassign",
         [](Hall& hall) -> Words {
             return {"reassign", hall.claimed(), "--as",     "chief",
                     "--to",     "sun",          "--reason", "lin is ill"};
         }},
        {"return",
         [](Hall& hall) -> Words {
             return {"return", hall.claimed(), "--as", "lin", "--reason", "a mistake"};
         }},
        {"batch",
         [](Hall& hall) -> Words {
             return {"batch", hall.path("cards.yaml")};
         }},
        {"import",
         [](Hall& hall) -> Words {
             return {"import", hall.path("rows.csv"), "--script", hall.path("cards.yaml")};
         }},
        {"vault erase",
         [](Hall& hall) -> Words {
             hall.done({"withdraw", hall.open(), "--reason", "found"});
             return {"vault", "erase", "1001", "--as", "chief", "--reason", "asked for"};
         }},
        {"vault rekey",
         [](Hall& hall) -> Words {
             hall.open();
             return {"vault", "rekey", "--new-key", hall.path("next.vault")};
         }},
        {"staff join",
         [](Hall&) {
             return change_of("join",
                              {"xu", "--name", "徐静", "--person", "p-xu", "--hall", "north"});
         }},
        {"staff move",
         [](Hall&) {
             return change_of("move", {"qian", "--hall", "north", "--section", "a"});
         }},
        {"staff post",
         [](Hall&) {
             return change_of("post", {"qian", "general-window"});
         }},
        {"staff qualify",
         [](Hall&) {
             return change_of("qualify", {"qian", "social-card.*"});
         }},
        {"staff absent",
         [](Hall&) {
             return change_of("absent", {"qian", "--from", "2026-04-01", "--to", "2026-04-02"});
         }},
        {"staff back",
         [](Hall& hall) {
             hall.done(change_of("absent", {"qian", "--from", "2026-04-01", "--to", "2026-04-09"}));
             return change_of("back", {"qian", "--on", "2026-04-03"});
         }},
        {"staff leave",
         [](Hall&) {
             return change_of("leave", {"qian", "--from", "2026-07-01"});
         }},
        {"staff substitute",
         [](Hall&) {
             return change_of("substitute", {"qian", "--for", "zhao", "--from", "2026-04-01",
                                             "--to", "2026-04-02"});
         }},
        {"staff weigh",
         [](Hall&) {
             return change_of("weigh", {"qian", "--weight", "2"});
         }},
        {"staff supervise", [](Hall&) { return change_of("supervise", {"qian"}); }},
        {"staff seat",
         [](Hall& hall) {
             hall.environment["WORKFLOW_CATALOG"] = hall.path("seated");
             return change_of("seat", {"lin", "a01"});
         }},
        {"staff shift",
         [](Hall& hall) {
             hall.environment["WORKFLOW_CATALOG"] = hall.path("seated");
             return change_of("shift", {"lin", "early"});
         }},
        {"staff confirm",
         [](Hall& hall) -> Words {
             hall.environment["WORKFLOW_CATALOG"] = hall.path("double");
             hall.done(change_of("weigh", {"qian", "--weight", "2"}));
             return {"staff", "confirm", "1", "--as", "deputy"};
         }},
        {"staff key",
         [](Hall& hall) {
             const auto made =
                 hall({"trail", "keygen", "--origin", "lin", "--key", hall.path("lin.pem")});
             auto key = made.out;
             while (key.ends_with('\n')) key.pop_back();
             return change_of("key", {"lin", key});
         }},
    };
    return table;
}

/// The hall with a window and a shift, and the hall with two supervisors.
void write_other_halls(const Hall& hall) {
    std::filesystem::create_directories(hall.path("seated"));
    std::filesystem::create_directories(hall.path("double"));
    for (auto text : workflow::testing::standard_texts()) {
        if (const auto at = text.content.find("  chief: {"); at != std::string::npos)
            text.content.insert(
                at,
                "  deputy: {name: 副, hall: north, posts: [unified-window], supervisor: true}\n");
        hall.write("double/" + text.path, text.content);
    }
    for (auto text : workflow::testing::standard_texts()) {
        const auto put = [&](const std::string& from, const std::string& to) {
            if (const auto at = text.content.find(from); at != std::string::npos)
                text.content.replace(at, from.size(), to);
        };
        put("north: {title: {zh: 北厅, en: North}}",
            "north: {title: {zh: 北厅, en: North}, windows: {a01: {posts: [general-window]}}}");
        put("officers:\n", "shifts: {early: {mon-fri: 08:00-12:00}}\nofficers:\n");
        hall.write("seated/" + text.path, text.content);
    }
}

}  // namespace

TEST_CASE("each command with a key changes nothing when it is repeated, and answers as before") {
    for (const auto& row : workflow::tools::subcommands()) {
        const auto command = row.make();
        const bool keyed = std::any_of(
            command.options.begin(), command.options.end(),
            [](const auto& option) { return option.name == "key" && option.value == "KEY"; });
        const bool acts =
            std::any_of(command.options.begin(), command.options.end(),
                        [](const auto& option) { return option.name == "draw-secret"; });
        INFO("workflow " << row.name);
        // Time that goes on brings about something else each time; `doctor` writes nothing.
        if (row.name == "advance" || row.name == "doctor") continue;
        CHECK((keyed || !acts));
        if (!keyed) continue;
        const auto known = commands().find(std::string(row.name));
        REQUIRE(known != commands().end());
        Hall hall;
        write_other_halls(hall);
        const auto words = join(known->second(hall), {"--key", "k-1"});
        const auto first = hall(words);
        INFO(first.err);
        REQUIRE(first.code == 0);
        if (row.name == "vault rekey") {
            const auto again = hall(words);
            CHECK(again.code == 0);
            CHECK(again.err == first.err);
            continue;
        }
        const auto events = hall.events();
        const auto again = hall(words);
        CHECK(hall({"trail", "verify"}).code == 0);
        INFO(again.err);
        CHECK(again.code == 0);
        CHECK(hall.events() == events);
        if (holds(again.out, "answered before")) {
            // The same events again, behind the line that says so.
            const auto told = first.out.substr(first.out.find('\n'));
            CHECK(again.out.ends_with(told));
        } else if (row.name != "batch" && row.name != "import") {
            CHECK(again.out == first.out);
        }
    }
}

TEST_CASE("a key that was used for something else is refused, also beside the cases") {
    Hall hall;
    hall.done(
        {"publish", "social-card.replace-lost", "--as", "chief", "--reason", "new", "--key", "k"});
    CHECK(holds(hall({"publish", "social-card.replace-lost", "--as", "chief", "--reason", "other",
                      "--key", "k"})
                    .err,
                "key_reused"));
    const auto number = hall.open();
    hall.done({"complete", number, "accept", "--as", "lin", "--key", "a"});
    CHECK(holds(hall({"complete", number, "supplement", "--as", "lin", "--key", "a"}).err,
                "key_reused"));
}

TEST_CASE("an officer who asks again under a key is given the same task, though it is done") {
    Hall hall;
    const auto number = hall.open("1001");
    hall.open("1002");
    const Words next{"next", "--as", "lin", "--key", "n-1", "--format", "json"};
    const auto first = hall(next).json();
    REQUIRE(first.at("case") == number);
    hall.done({"complete", number, "accept", "--as", "lin"});
    CHECK(hall(next).json() == first);
    CHECK(holds(hall({"next", "--as", "sun", "--key", "n-1"}).err, "key_reused"));
}

TEST_CASE("of several persons who are erased under one key, each is answered as before") {
    Hall hall;
    for (const auto* person : {"1001", "1002"})
        hall.done({"withdraw", hall.open(person), "--reason", "found"});
    const Words erase{"vault", "erase",    "1001",      "1002",  "--as",
                      "chief", "--reason", "asked for", "--key", "e-1"};
    hall.done(erase);
    const auto events = hall.events();
    hall.done(erase);
    CHECK(hall.events() == events);
}

}  // namespace workflow::testing::keys_test
