// What a command may not write over, and what becomes of a file that it does write.

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <set>

#include <workflow/engine.hpp>

#include "support/children.hpp"
#include "support/make_store.hpp"
#include "tools/second_verifier.hpp"

namespace workflow::testing::outputs_test {

namespace fs = std::filesystem;

namespace {

std::string content_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

mode_t mode_of(const std::string& file) {
    struct stat status {};
    REQUIRE(stat(file.c_str(), &status) == 0);
    return status.st_mode & 07777U;
}

ino_t inode_of(const std::string& file) {
    struct stat status {};
    REQUIRE(lstat(file.c_str(), &status) == 0);
    return status.st_ino;
}

/// A hall with a case, checkpoints, keys, a ledger and a script.
class Hall : public AnchoredHall {
public:
    Hall() : number(work(1001)) {
        must({"trail", "checkpoint", "--key", path("hall.pem"), "--origin", "hall.example", "--out",
              path("checkpoints")});
        must({"draw", "keygen", "--party", "hall", "--out", path("draw.secret")});
        must({"draw", "publish", "--secret", path("draw.secret"), "--out", path("party"), "--from",
              "2026-03-03", "--days", "3"});
        must({"vault", "keygen", "--out", path("vault.key")});
        must({"rate", "keygen", "--out", path("rating.secret")});
        write("rows.csv", "person\n1001\n");
        write("script.yaml",
              "batch: rows\ninput: {file: rows.csv, columns: {person: number}}\n"
              "open: {item: social-card.replace-lost, applicant: {person: =string(person)}}\n");
        mask_ = umask(0022);
    }
    ~Hall() { umask(mask_); }

    Said must(const std::vector<std::string>& words) {
        Said said = (*this)(words);
        INFO(said.err);
        REQUIRE(said.code == 0);
        return said;
    }

    /// A command line for each option that writes a file, without the option.
    [[nodiscard]] std::map<std::string, std::vector<std::string>> writing() const {
        const std::vector<std::string> signing{"--key", path("hall.pem"), "--origin",
                                               "hall.example"};
        const auto with = [](std::vector<std::string> words, const std::vector<std::string>& more) {
            words.insert(words.end(), more.begin(), more.end());
            return words;
        };
        const std::vector<std::string> checkpoint{"--checkpoints", path("checkpoints")};
        return {
            {"export --out", {"export", "xes"}},
            {"graph --output", {"graph", "social-card.replace-lost"}},
            {"simulate --plot",
             {"simulate", "social-card.replace-lost", "--rate", "5/day", "--days", "3",
              "--replications", "2"}},
            {"show --dossier", {"show", number}},
            {"receipt --out", with({"receipt", number}, checkpoint)},
            {"trail prove --out", with({"trail", "prove", number}, checkpoint)},
            {"trail consistency --out", with({"trail", "consistency"}, checkpoint)},
            {"trail stamp --out", with({"trail", "stamp"}, checkpoint)},
            {"trail checkpoint --out", with({"trail", "checkpoint"}, signing)},
            {"trail checkpoint --tree",
             with({"trail", "checkpoint", "--out", path("more.checkpoints")}, signing)},
            {"trail keygen --key", {"trail", "keygen", "--origin", "hall.example"}},
            {"trail signer --socket", with({"trail", "signer"}, signing)},
            {"trail signer --remember",
             with({"trail", "signer", "--socket", path("socket")}, signing)},
            {"draw keygen --out", {"draw", "keygen", "--party", "other"}},
            {"draw publish --out",
             {"draw", "publish", "--secret", path("draw.secret"), "--from", "2026-03-09", "--days",
              "1"}},
            {"draw reveal --out", {"draw", "reveal", "--secret", path("draw.secret")}},
            {"rate keygen --out", {"rate", "keygen"}},
            {"vault keygen --out", {"vault", "keygen"}},
            {"batch --rejected", {"batch", path("script.yaml")}},
            {"import --rejected", {"import", path("rows.csv"), "--script", path("script.yaml")}},
            {"store backup --out", {"store", "backup"}},
        };
    }
    /// Runs the command line of `writing` with this file.
    Said write_to(const std::string& what, const std::string& file) {
        auto words = writing().at(what);
        words.push_back(what.substr(what.find("--")));
        words.push_back(file);
        return (*this)(words);
    }

    std::string number;

private:
    mode_t mask_ = 0;
};

/// Those of `writing` whose file is made whole each time.
const std::vector<std::string> documents{
    "export --out",  "graph --output",    "simulate --plot",         "show --dossier",
    "receipt --out", "trail prove --out", "trail consistency --out", "trail stamp --out"};

}  // namespace

TEST_CASE("each option that names a file is known as an input, or is tried as an output") {
    const Hall hall;
    const auto tried = hall.writing();
    const std::set<std::string> inputs{
        "store",       "catalog",    "vault-key",       "draw-secret", "rating-secret",
        "sign-with",   "key",        "next-key",        "new-key",     "checkpoint",
        "checkpoints", "public-key", "secret",          "party",       "authority",
        "script",      "from",       "input",           "context",     "json",
        "mapping",     "compare",    "compare-catalog", "arrivals",    "log",
        "with",        "backup"};
    std::size_t outputs = 0;
    for (const auto& row : workflow::tools::subcommands())
        for (const auto& option : options_of(row.make())) {
            const auto what = std::string(row.name) + " --" + option.name;
            INFO(what << " " << option.value);
            if (option.output) {
                CHECK(tried.contains(what));
                ++outputs;
                continue;
            }
            CHECK_FALSE(tried.contains(what));
            if (holds(option.value, "FILE") || holds(option.value, "PATH"))
                CHECK(inputs.contains(option.name));
        }
    CHECK(outputs == tried.size());
}

TEST_CASE("no option of any command writes over the store or what belongs to it") {
    Hall hall;
    const auto store = hall.path("hall.db");
    fs::create_symlink("hall.db", hall.path("link"));
    fs::create_directory_symlink(hall.path("."), hall.path("round"));
    const std::vector<std::string> names{"hall.db",       "./hall.db",      "link",
                                         "round/hall.db", "hall.db-wal",    "round/hall.db-shm",
                                         "hall.db-lock",  "hall.db-journal"};
    // Holding the store open, so that its side files are there.
    const auto held = make_store(store);
    REQUIRE(fs::exists(store + "-wal"));
    const auto inode = inode_of(store);
    const auto lock = inode_of(store + "-lock");
    for (const auto& [what, words] : hall.writing())
        for (const auto& name : names) {
            INFO(what << " " << name);
            const Said said = hall.write_to(what, hall.path(name));
            CHECK(said.code == 2);
            CHECK(holds(said.err, name));
            CHECK(holds(said.err, "help:"));
        }
    CHECK(inode_of(store) == inode);
    CHECK(inode_of(store + "-lock") == lock);
    CHECK(fs::is_symlink(hall.path("link")));
    CHECK_FALSE(fs::exists(store + "-journal"));
    CHECK(hall({"trail", "verify"}).code == 0);
    // With a second name the store itself is refused, before anything is written.
    fs::create_hard_link(store, hall.path("hard"));
    for (const auto& [what, words] : hall.writing()) {
        INFO(what);
        CHECK(hall.write_to(what, hall.path("hard")).code != 0);
    }
    CHECK(inode_of(hall.path("hard")) == inode);
    fs::remove(hall.path("hard"));
    CHECK(hall({"trail", "verify"}).code == 0);
}

TEST_CASE("no option writes over another database, a key, a definition or what was published") {
    Hall hall;
    (void)make_store(hall.path("other.db"));
    const auto definition = "definitions/" + workflow::testing::standard_texts().front().path;
    fs::create_hard_link(hall.path(definition), hall.path("hard"));
    for (const auto& [what, words] : hall.writing())
        for (const auto& name :
             {std::string("other.db"), std::string("hall.pem"), std::string("vault.key"),
              std::string("rating.secret"), std::string("draw.secret"), std::string("checkpoints"),
              std::string("party"), definition, std::string("script.yaml"), std::string("hard")}) {
            const bool adds =
                (name == "checkpoints" &&
                 (what == "trail checkpoint --out" || what == "trail signer --remember")) ||
                (name == "party" && what.starts_with("draw ") && what != "draw keygen --out");
            // By what it holds the hard link is an ordinary file: only commands that read the
            // definitions can tell.
            const bool unknown = name == "hard" && !holds(what, "export") && !holds(what, "show");
            if (adds || unknown) continue;
            INFO(what << " " << name);
            const auto before = content_of(hall.path(name));
            const auto inode = inode_of(hall.path(name));
            const bool again = holds(what, "keygen") || what.starts_with("store");
            const bool key = holds(name, ".pem") || holds(name, ".key") || holds(name, ".secret");
            CHECK(hall.write_to(what, hall.path(name)).code == (again && key ? 3 : 2));
            CHECK(content_of(hall.path(name)) == before);
            CHECK(inode_of(hall.path(name)) == inode);
        }
}

TEST_CASE("no option writes into a folder's, a pipe's or a device's name") {
    Hall hall;
    fs::create_directory(hall.path("folder"));
    REQUIRE(mkfifo(hall.path("pipe").c_str(), 0600) == 0);
    fs::create_symlink("/dev/null", hall.path("nothing"));
    fs::create_symlink("/dev/stdout", hall.path("out"));
    for (const auto& [what, words] : hall.writing())
        for (const auto& file : {hall.path("folder"), hall.path("folder/"), hall.path("pipe"),
                                 std::string("/dev/null"), std::string("/dev/stdout"),
                                 hall.path("nothing"), hall.path("out")}) {
            INFO(what << " " << file);
            CHECK(hall.write_to(what, file).code == 2);
        }
    CHECK(fs::is_directory(hall.path("folder")));
    CHECK(fs::is_fifo(hall.path("pipe")));
    CHECK(fs::is_character_file("/dev/null"));
    CHECK(fs::is_symlink(hall.path("nothing")));
}

TEST_CASE("no output goes where another file of the same command line goes or comes from") {
    Hall hall;
    hall.write("log.xes", "not a log yet");
    const std::vector<std::vector<std::string>> lines{
        {"simulate", "social-card.replace-lost", "--log", hall.path("log.xes"), "--plot",
         hall.path("./log.xes")},
        {"trail", "checkpoint", "--key", hall.path("hall.pem"), "--origin", "hall.example", "--out",
         hall.path("both"), "--tree", hall.path("./both")},
        {"import", hall.path("rows.csv"), "--script", hall.path("script.yaml"), "--rejected",
         hall.path("rows.csv")},
        {"batch", hall.path("script.yaml"), "--rejected", hall.path("rows.csv")},
        {"batch", hall.path("script.yaml"), "--store", hall.path("new.db"), "--rejected",
         hall.path("new.db")},
        {"batch", hall.path("script.yaml"), "--store", hall.path("new.db"), "--rejected",
         hall.path("new.db-wal")}};
    for (const auto& words : lines) {
        INFO(words.front() << " " << words.back());
        CHECK(hall(words).code == 2);
    }
    CHECK(content_of(hall.path("log.xes")) == "not a log yet");
    CHECK(content_of(hall.path("rows.csv")) == "person\n1001\n");
    CHECK_FALSE(fs::exists(hall.path("both")));
    CHECK_FALSE(fs::exists(hall.path("new.db")));
}

TEST_CASE("an ordinary file is replaced whole, and keeps its mode unless the new one is personal") {
    Hall hall;
    for (const auto& what : documents) {
        INFO(what);
        hall.write("page", "what was there before");
        fs::permissions(hall.path("page"), fs::perms(0640));
        const auto before = inode_of(hall.path("page"));
        const Said said = hall.write_to(what, hall.path("page"));
        INFO(said.err);
        CHECK(said.code == 0);
        CHECK(inode_of(hall.path("page")) != before);
        CHECK_FALSE(holds(content_of(hall.path("page")), "what was there before"));
        const bool personal = what == "show --dossier" || what == "receipt --out" ||
                              what == "trail prove --out" || what == "trail consistency --out";
        CHECK(mode_of(hall.path("page")) == (personal ? 0600U : 0640U));
        fs::remove(hall.path("page"));
        CHECK(hall.write_to(what, hall.path("page")).code == 0);
        CHECK(mode_of(hall.path("page")) == (personal ? 0600U : 0644U));
        CHECK_FALSE(fs::exists(hall.path(".page.workflow-part")));
    }
    CHECK(hall({"export", "csv", "--personal", "--out", hall.path("page")}).code == 0);
    CHECK(mode_of(hall.path("page")) == 0600);
    CHECK(mode_of(hall.path("hall.db")) == 0600);
    CHECK(mode_of(hall.path("hall.pem")) == 0600);
}

TEST_CASE("what cannot be written leaves the file as it was, and nothing beside it") {
    Hall hall;
    const auto page = hall.path("page");
    for (const auto& what : documents) {
        hall.write("page", "what was there before");
        Child child([&] {
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit bound{64, 64};
            setrlimit(RLIMIT_FSIZE, &bound);
            _exit(hall.write_to(what, page).code);
        });
        INFO(what);
        CHECK(child.end() == 3);
        CHECK(content_of(page) == "what was there before");
        CHECK_FALSE(fs::exists(hall.path(".page.workflow-part")));
    }
    const Said said = hall({"export", "xes", "--out", hall.path("nowhere/page")});
    CHECK(said.code == 3);
    CHECK(holds(said.err, "nowhere/page"));
}

TEST_CASE("a link is followed within its folder and stays; out of it, it is refused") {
    Hall hall;
    fs::create_directory(hall.path("folder"));
    hall.write("outside", "another's");
    fs::create_symlink("inside", hall.path("folder/link"));
    fs::create_symlink("../outside", hall.path("folder/out"));
    fs::create_symlink("nobody", hall.path("folder/dangling"));
    fs::create_symlink("ring", hall.path("folder/ring"));
    CHECK(hall({"export", "xes", "--out", hall.path("folder/link")}).code == 0);
    CHECK(fs::is_symlink(hall.path("folder/link")));
    CHECK(holds(content_of(hall.path("folder/inside")), "<log"));
    CHECK(hall({"export", "xes", "--out", hall.path("folder/dangling")}).code == 0);
    CHECK(fs::is_regular_file(hall.path("folder/nobody")));
    const Said out = hall({"export", "xes", "--out", hall.path("folder/out")});
    CHECK(out.code == 2);
    CHECK(holds(out.err, "outside the folder"));
    CHECK(content_of(hall.path("outside")) == "another's");
    CHECK(hall({"export", "xes", "--out", hall.path("folder/ring")}).code == 2);
}

TEST_CASE("a dash is standard output wherever a document is written") {
    Hall hall;
    for (const auto& what : documents) {
        INFO(what);
        const Said said = hall.write_to(what, "-");
        CHECK(said.code == 0);
        CHECK(said.out.size() > 30);
        CHECK_FALSE(fs::exists("-"));
    }
    for (const auto& [what, words] : hall.writing()) {
        if (std::ranges::count(documents, what) != 0 || holds(what, "signer")) continue;
        INFO(what);
        CHECK(hall.write_to(what, "-").code == 2);
    }
    CHECK_FALSE(fs::exists("-"));
    CHECK(hall({"export", "ocel", "--sqlite", "--out", "-"}).code == 2);
}

TEST_CASE(
    "two commands do not write one file at once, and one that was killed is in nobody's way") {
    Hall hall;
    hall.write(".page.workflow-part", "left by one that was killed");
    CHECK(hall({"export", "xes", "--out", hall.path("page")}).code == 0);
    CHECK(holds(content_of(hall.path("page")), "<log"));
    hall.write(".page.workflow-part", "being written");
    const int other = open(hall.path(".page.workflow-part").c_str(), O_RDWR);
    REQUIRE(flock(other, LOCK_EX) == 0);
    const Said said = hall({"export", "xes", "--out", hall.path("page")});
    close(other);
    CHECK(said.code == 2);
    CHECK(holds(said.err, "another command is writing it"));
    CHECK(content_of(hall.path(".page.workflow-part")) == "being written");
}

TEST_CASE("a script's rejected rows stay in its folder and replace nothing that the batch reads") {
    Hall hall;
    fs::create_directory(hall.path("scripts"));
    hall.write("scripts/rows.csv", "person\nnobody\n");
    hall.write("notes.txt", "mine");
    fs::create_symlink("../notes.txt", hall.path("scripts/out.csv"));
    fs::create_directory_symlink("..", hall.path("scripts/up"));
    const auto run = [&](const std::string& rejected) {
        hall.write("scripts/script.yaml",
                   "batch: rows\ninput: {file: rows.csv, columns: {person: number}}\nrejected: '" +
                       rejected +
                       "'\nopen: {item: social-card.replace-lost, applicant: {person: "
                       "=string(person)}}\n");
        return hall({"batch", hall.path("scripts/script.yaml")});
    };
    for (const auto& name : {std::string("../notes.txt"), std::string("a/../../notes.txt"),
                             hall.path("notes.txt"), std::string("..")}) {
        INFO(name);
        const Said said = run(name);
        CHECK(said.code == 1);
        CHECK(holds(said.err, "script.yaml:3:"));
    }
    for (const char* name : {"out.csv", "up/notes.txt", "rows.csv", "./rows.csv", "script.yaml",
                             "up/hall.db", "up/hall.db-lock"}) {
        INFO(name);
        CHECK(run(name).code == 2);
    }
    CHECK(content_of(hall.path("notes.txt")) == "mine");
    CHECK(content_of(hall.path("scripts/rows.csv")) == "person\nnobody\n");
    const Said said = run("refused.csv");
    CHECK(said.code == 1);
    CHECK(holds(content_of(hall.path("scripts/refused.csv")), "nobody"));
    CHECK(mode_of(hall.path("scripts/refused.csv")) == 0600);
    // The last one is taken away when nothing was refused; another's file is not.
    hall.write("scripts/rows.csv", "person\n");
    CHECK(run("refused.csv").code == 0);
    CHECK_FALSE(fs::exists(hall.path("scripts/refused.csv")));
    CHECK(hall({"batch", hall.path("scripts/script.yaml"), "--rejected", hall.path("notes.txt")})
              .code == 0);
    CHECK(content_of(hall.path("notes.txt")) == "mine");
}

TEST_CASE("the socket of a signer takes no other file's place, nor that of one beside it") {
    Hall hall;
    hall.write("page", "mine");
    CHECK(hall.write_to("trail signer --socket", hall.path("page")).code == 2);
    hall.write("socket~", "a copy that an editor left");
    CHECK(hall.write_to("trail signer --socket", hall.path("socket")).code == 2);
    CHECK(content_of(hall.path("page")) == "mine");
    CHECK(content_of(hall.path("socket~")) == "a copy that an editor left");
}

}  // namespace workflow::testing::outputs_test
