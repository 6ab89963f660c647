// `trail checkpoint --every`: the trail is anchored by itself.

#include <sys/resource.h>
#include <sys/time.h>

#include "support/children.hpp"
#include "support/database_owner.hpp"
#include "tools/second_verifier.hpp"

namespace workflow::testing::anchoring_test {

namespace {

std::string file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Waits for what another process is to bring about.
template <class Condition>
bool soon(Condition condition) {
    for (int i = 0; i < 1000; ++i, usleep(20'000))
        if (condition()) return true;
    return false;
}

/// A hall with a key, on whose trail other processes work, too.
class Hall : public AnchoredHall {
public:
    [[nodiscard]] std::vector<std::string> anchoring(const std::string& key) const {
        return {"trail", "checkpoint",        "--key",   key, "--origin", "hall.example",
                "--out", path("checkpoints"), "--every", "1"};
    }
    [[nodiscard]] std::vector<std::string> anchoring() const { return anchoring(path("hall.pem")); }
    bool anchored() {
        const Said said = verify();
        return said.code == 0 && said.json().at("not_yet_anchored") == 0;
    }
    int checkpoints() { return verify().json().at("checkpoints").get<int>(); }
};

/// A command in a process of its own, on a clock that stands; what it says goes to files.
class Running {
public:
    Running(Terminal& hall, const std::vector<std::string>& words)
        : out_(hall.path("out")), err_(hall.path("err")), child_([&] {
              std::signal(SIGXFSZ, SIG_IGN);  // a full disk kills nobody either
              shared_[0] = static_cast<std::uint32_t>(getpid());
              std::istringstream in;
              std::ofstream out(out_), err(err_);
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
                          return workflow::Instant{hall.now.microseconds +
                                                   std::int64_t{shared_[1]} * 1'000'000};
                      }};
              const int code = workflow::tools::run_program(words, streams);
              out.close();
              err.close();
              _exit(code);
          }) {
        REQUIRE(soon([&] { return shared_[0] != 0; }));
    }
    /// Room for so many bytes in any file that it writes.
    void bound_files(rlim_t bytes) {
        const rlimit bound{bytes, RLIM_INFINITY};
        REQUIRE(prlimit(process(), RLIMIT_FSIZE, &bound, nullptr) == 0);
    }
    void put_clock(std::uint32_t seconds) { shared_[1] = seconds; }
    void signal(int number) { ::kill(process(), number); }
    int end() { return child_.end(); }
    [[nodiscard]] std::string out() const { return file(out_); }
    [[nodiscard]] std::string err() const { return file(err_); }

private:
    pid_t process() { return static_cast<pid_t>(shared_[0]); }

    std::string out_, err_;
    SharedCounts<2> shared_;  // its number, and how long after the hall's its clock is
    Child child_;
};

}  // namespace

TEST_CASE("the trail is anchored by itself as it grows, and a last time when asked to end") {
    Hall hall;
    hall.work(1001);
    auto words = hall.anchoring();
    const bool with_tree = GENERATE(false, true);
    if (with_tree) words.insert(words.end(), {"--tree", hall.path("tree")});
    Running anchoring(hall, words);
    REQUIRE(soon([&] { return hall.anchored(); }));
    hall.work(1002);
    REQUIRE(soon([&] { return hall.anchored(); }));
    CHECK(hall.checkpoints() >= 2);
    CHECK(std::filesystem::exists(hall.path("tree")) == with_tree);

    const auto before = file(hall.path("checkpoints"));
    usleep(2'500'000);  // nothing happens
    CHECK(file(hall.path("checkpoints")) == before);

    hall.work(1003);
    anchoring.signal(with_tree ? SIGINT : SIGTERM);
    CHECK(anchoring.end() == 0);
    CHECK(hall.anchored());
    INFO(anchoring.out());
    CHECK(std::ranges::count(anchoring.out(), '\n') == hall.checkpoints());
    CHECK(holds(anchoring.out(), " events, root "));
    CHECK(anchoring.err().empty());
}

TEST_CASE("asked to end where nothing is new, it takes no checkpoint, and quietly it says none") {
    Hall hall;
    hall.work(1001);
    auto words = hall.anchoring();
    words.insert(words.end(), {"--quiet"});
    Running anchoring(hall, words);
    REQUIRE(soon([&] { return hall.anchored(); }));
    anchoring.signal(SIGTERM);
    CHECK(anchoring.end() == 0);
    CHECK(hall.checkpoints() == 1);
    CHECK(anchoring.out().empty());
    // Nor does it when it is started anew.
    Running again(hall, words);
    usleep(500'000);
    again.signal(SIGTERM);
    CHECK(again.end() == 0);
    CHECK(hall.checkpoints() == 1);
}

TEST_CASE("a trail that was altered ends the anchoring, loudly") {
    Hall hall;
    hall.work(1001);
    const auto last = hall.work(1002);
    Running anchoring(hall, hall.anchoring());
    REQUIRE(soon([&] { return hall.anchored(); }));
    const auto before = file(hall.path("checkpoints"));
    REQUIRE(soon([&] {  // not while the other process has the store
        try {
            DatabaseOwner(hall.path("hall.db")).drop_case(last);
            return true;
        } catch (const std::exception&) {
            return false;
        }
    }));
    CHECK(anchoring.end() == 1);
    CHECK(holds(anchoring.err(), "anchoring ends: no checkpoint was taken: "));
    CHECK(file(hall.path("checkpoints")) == before);
}

TEST_CASE("a round that fails is told and tried again") {
    Hall hall;
    const auto socket = hall.path("signer.sock");
    const auto sign = [&] {
        Terminal other;
        other({"trail", "signer", "--key", hall.path("hall.pem"), "--origin", "hall.example",
               "--socket", socket, "--remember", hall.path("signed"), "--quiet"});
    };
    const auto anchoring_words = hall.anchoring("unix:" + socket);
    hall.work(1001);
    CHECK(hall(anchoring_words).code == 3);  // a first round that fails is a mistake
    std::optional<Child> signer;
    signer.emplace(sign);
    REQUIRE(soon([&] { return std::filesystem::exists(socket); }));
    Running anchoring(hall, anchoring_words);
    REQUIRE(soon([&] { return hall.anchored(); }));

    SECTION("there is no signer") {
        signer->kill();
        hall.work(1002);
        REQUIRE(soon([&] { return holds(anchoring.err(), "no signer answers"); }));
        signer.emplace(sign);
    }
    SECTION("there is no store") {
        std::filesystem::rename(hall.path("hall.db"), hall.path("away.db"));
        REQUIRE(soon([&] { return holds(anchoring.err(), "no store at"); }));
        std::filesystem::rename(hall.path("away.db"), hall.path("hall.db"));
        hall.work(1002);
    }
    CHECK(holds(anchoring.err(), "Z: "));
    CHECK(holds(anchoring.err(), "; tried again after 1 s"));
    REQUIRE(soon([&] { return hall.anchored(); }));
    anchoring.signal(SIGTERM);
    CHECK(anchoring.end() == 0);
}

TEST_CASE("the signer's refusal ends the anchoring") {
    Hall hall;
    const auto socket = hall.path("signer.sock");
    Child signer([&] {
        Terminal other;
        other({"trail", "signer", "--key", hall.path("hall.pem"), "--origin", "hall.example",
               "--socket", socket, "--quiet"});
    });
    REQUIRE(soon([&] { return std::filesystem::exists(socket); }));
    hall.work(1001);
    std::filesystem::copy_file(hall.path("hall.db"), hall.path("old.db"));
    hall.work(1002);
    Running anchoring(hall, hall.anchoring("unix:" + socket));
    REQUIRE(soon([&] { return hall.anchored(); }));
    anchoring.signal(SIGTERM);
    REQUIRE(anchoring.end() == 0);
    std::filesystem::remove(hall.path("checkpoints"));
    std::filesystem::rename(hall.path("old.db"), hall.path("hall.db"));
    Running again(hall, hall.anchoring("unix:" + socket));
    CHECK(again.end() == 1);
    CHECK(holds(again.err(), "the signer refuses: "));
}

TEST_CASE("of a disk that was full for a moment no half checkpoint stays") {
    Hall hall;
    hall.work(1001);
    const std::string empty_lines(1 << 20, '\n');  // so that the bound meets this file alone
    hall.write("checkpoints", empty_lines);
    Running anchoring(hall, hall.anchoring());
    REQUIRE(soon([&] { return hall.anchored(); }));
    const auto size = std::filesystem::file_size(hall.path("checkpoints"));
    anchoring.bound_files(size + 100);
    hall.work(1002);
    REQUIRE(soon([&] { return holds(anchoring.err(), "cannot write"); }));
    CHECK(std::filesystem::file_size(hall.path("checkpoints")) == size + 100);
    CHECK(hall.verify().code == 1);
    anchoring.bound_files(RLIM_INFINITY);
    REQUIRE(soon([&] { return hall.anchored(); }));
    anchoring.signal(SIGTERM);
    CHECK(anchoring.end() == 0);
    CHECK(std::ranges::count(anchoring.out(), '\n') == hall.checkpoints());
}

TEST_CASE("a clock that was set back is waited for, and ends nothing") {
    Hall hall;
    hall.work(1001);
    Running anchoring(hall, hall.anchoring());
    anchoring.put_clock(60);
    hall.work(1002);
    REQUIRE(
        soon([&] { return holds(file(hall.path("checkpoints")), "time 2026-03-02T01:01:00Z"); }));
    anchoring.put_clock(30);
    hall.work(1003);
    REQUIRE(soon([&] {
        return holds(anchoring.err(),
                     "the clock says 2026-03-02T01:00:30Z, but the last "
                     "checkpoint is of 2026-03-02T01:01:00Z");
    }));
    CHECK_FALSE(hall.anchored());
    anchoring.put_clock(61);
    REQUIRE(soon([&] { return hall.anchored(); }));
    anchoring.signal(SIGTERM);
    CHECK(anchoring.end() == 0);
}

TEST_CASE("seconds are from 1 to 3600, and one key signs on") {
    Hall hall;
    hall.work(1001);
    for (const std::string seconds : {"0", "3601", "1.5", "-1", "soon"}) {
        auto words = hall.anchoring();
        words.back() = seconds;
        INFO(seconds);
        CHECK(hall(words).code == 2);
    }
    auto words = hall.anchoring();
    words.insert(words.end(), {"--next-key", hall.path("hall.pem")});
    CHECK(hall(words).code == 2);
    CHECK_FALSE(std::filesystem::exists(hall.path("checkpoints")));
}

}  // namespace workflow::testing::anchoring_test
