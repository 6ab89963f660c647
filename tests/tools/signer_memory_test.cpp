// `trail signer --remember`: whoever starts it anew gets nothing older signed.

#include <workflow/evidence.hpp>

#include "crypto/digest.hpp"
#include "crypto/signature.hpp"
#include "signer_socket.hpp"
#include "support/children.hpp"
#include "tools/terminal.hpp"

namespace workflow::testing::signer_memory_test {

using workflow::tools::WorldError;

namespace {

std::string file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// The text of a checkpoint over `size` events, whose root follows from `story`.
std::string checkpoint(int size, const std::string& story, const std::string& more = {}) {
    const auto root = workflow::Hasher().digest({story, std::to_string(size)});
    return "hall.example\n" + std::to_string(size) + '\n' + workflow::base64(view(root)) + '\n' +
           more;
}

/// A key, and a signer that is started, killed and started anew.
class Office : public Terminal {
public:
    Office() {
        std::filesystem::create_directory(path("memory"));
        key("hall.pem", "hall.example");
    }
    void key(const std::string& name, const std::string& origin) {
        const Said made = (*this)({"trail", "keygen", "--key", path(name), "--origin", origin});
        REQUIRE(made.code == 0);
        write(name + ".pub", made.out);
    }
    [[nodiscard]] std::vector<std::string> words(const std::string& key = "hall.pem",
                                                 const std::string& origin = "hall.example") const {
        return {"trail", "signer",   "--key", path(key),    "--origin",
                origin,  "--socket", socket,  "--remember", path("memory/signed")};
    }
    void start() {
        signing_.reset();
        std::filesystem::remove(socket);
        signing_.emplace([&] { (*this)(words()); });
        for (int i = 0; i < 500 && !std::filesystem::exists(socket); ++i) usleep(10'000);
    }
    void sign(const std::string& text) {
        (void)workflow::tools::socket_signer("hall.example", socket).sign(text);
    }

    const std::string memory = path("memory/signed");
    const std::string socket = path("signer.sock");

private:
    std::optional<Child> signing_;
};

}  // namespace

TEST_CASE("a signer that was started anew signs nothing that goes behind what it signed") {
    Office office;
    office.start();
    CHECK(file(office.memory) == "nothing signed yet\n");
    office.sign(checkpoint(7, "a", "time 2026-03-02T01:00:00Z\n"));
    const bool anew = GENERATE(false, true);
    if (anew) office.start();
    INFO(anew);
    CHECK_THROWS_AS(office.sign(checkpoint(6, "a", "time 2026-03-02T01:01:00Z\n")), EvidenceError);
    CHECK_THROWS_AS(office.sign(checkpoint(7, "b", "time 2026-03-02T01:01:00Z\n")), EvidenceError);
    CHECK_THROWS_AS(office.sign(checkpoint(8, "a", "time 2026-03-02T00:59:00Z\n")), EvidenceError);
    CHECK_THROWS_AS(office.sign(checkpoint(8, "a")), EvidenceError);
    CHECK_THROWS_AS(office.sign(checkpoint(8, "a", "time 2026-03-02T01:01:00Z\nhash sm3\n")),
                    EvidenceError);
    CHECK_NOTHROW(office.sign(checkpoint(7, "a", "time 2026-03-02T01:01:00Z\n")));
    CHECK_NOTHROW(office.sign(checkpoint(8, "a", "time 2026-03-02T01:01:00Z\n")));
    if (anew) office.start();
    CHECK_THROWS_AS(office.sign(checkpoint(7, "a", "time 2026-03-02T01:01:00Z\n")), EvidenceError);
}

TEST_CASE("what is remembered is the signed checkpoint, whatever lines it has") {
    Office office;
    office.start();
    const auto key = file(office.path("hall.pem.pub"));
    for (const std::string more : {"", "extra line\n", "next-key "}) {
        const auto lines = more == "next-key " ? more + key : more;
        const auto text = checkpoint(7, "a", lines);
        office.sign(text);
        const auto kept = file(office.memory);
        CHECK(kept.starts_with(text + "\n\xe2\x80\x94 hall.example "));
        CHECK(std::ranges::count(kept, '\n') == std::ranges::count(text, '\n') + 2);
        office.start();
        CHECK_THROWS_AS(office.sign(checkpoint(6, "a")), EvidenceError);
    }
    CHECK_FALSE(std::filesystem::exists(office.path("memory/.signed.workflow-part")));
}

TEST_CASE("a memory that is damaged is never passed over") {
    Office office;
    office.key("other.pem", "hall.example");
    office.key("elsewhere.pem", "elsewhere.example");
    office.start();
    office.sign(checkpoint(17, "a"));
    const auto good = file(office.memory);
    const auto refused = [&](const std::vector<std::string>& words) {
        std::filesystem::remove(office.socket);
        const Said said = office(words);
        INFO(said.err);
        CHECK(said.code == 3);
        CHECK(holds(said.err, "last signed checkpoint"));
    };
    for (const auto& damaged :
         {std::string(), std::string("nonsense\n"), good.substr(0, good.size() / 2),
          good.substr(0, good.find("\n\n") + 1), good + '\n' + good, std::string("nothing signed"),
          std::string(good).replace(good.find("17"), 2, "16"), std::string(100'000, '\n')}) {
        office.write("memory/signed", damaged);
        INFO(damaged.substr(0, 500));
        refused(office.words());
        CHECK(file(office.memory) == damaged);
    }
    office.write("memory/signed", good);
    refused(office.words("other.pem"));
    refused(office.words("elsewhere.pem", "elsewhere.example"));
    std::filesystem::remove(office.memory);
    std::filesystem::create_directory(office.memory);
    std::filesystem::remove(office.socket);
    const Said folder = office(office.words());
    CHECK(folder.code == 2);
    CHECK(holds(folder.err, "it is a folder"));
    std::filesystem::remove(office.memory);

    // As the message says: the last checkpoint of the file in its place.
    office.write("memory/signed", good);
    office.start();
    CHECK_THROWS_AS(office.sign(checkpoint(16, "a")), EvidenceError);
    CHECK_NOTHROW(office.sign(checkpoint(17, "a")));
}

TEST_CASE("no signature goes out that could not be remembered") {
    Office office;
    office.start();
    office.sign(checkpoint(7, "a"));
    std::filesystem::rename(office.path("memory"), office.path("away"));
    CHECK_THROWS_AS(office.sign(checkpoint(8, "a")), WorldError);
    // Nothing was signed by it: another story of as many events can be.
    std::filesystem::rename(office.path("away"), office.path("memory"));
    CHECK_NOTHROW(office.sign(checkpoint(8, "b")));
    CHECK_THROWS_AS(office.sign(checkpoint(8, "a")), EvidenceError);
}

TEST_CASE("a file that cannot be made for it is a failure, and no name a mistake") {
    Office office;
    std::filesystem::remove(office.path("memory"));
    CHECK(office(office.words()).code == 3);
    auto words = office.words();
    words.back() = "";
    CHECK(office(words).code == 2);
}

}  // namespace workflow::testing::signer_memory_test
