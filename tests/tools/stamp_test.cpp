// Time stamps by an authority that the test sets up itself, with the `openssl` program.

#include <cstdlib>

#include <workflow/engine.hpp>

#include "support/make_store.hpp"
#include "tools/terminal.hpp"

namespace workflow::testing::stamp_test {

namespace {

/// A hall with a checkpoint, and an authority beside it.
class Stamping : public Terminal {
public:
    explicit Stamping(workflow::Hashing hashing = workflow::Hashing::sha256) {
        make_store(path("hall.db"), hashing);
        const Said made =
            (*this)({"trail", "keygen", "--key", path("hall.pem"), "--origin", "hall.example"});
        REQUIRE(made.code == 0);
        open();
        checkpoint();
        write("tsa.conf", R"([tsa]
default_tsa = one
[one]
serial = )" + path("serial") +
                              R"(
crypto_device = builtin
signer_cert = )" + path("tsa.crt") +
                              R"(
certs = )" + path("tsa.crt") +
                              R"(
signer_key = )" + path("tsa.key") +
                              R"(
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sm3
accuracy = secs:1
ess_cert_id_chain = no
)");
        write("stamps.ext", "extendedKeyUsage = critical, timeStamping\n");
        const std::string key = "openssl req -newkey rsa:2048 -nodes -sha256 ";
        shell(key + "-x509 -days 3650 -subj /CN=Root -keyout " + path("root.key") + " -out " +
              path("root.crt"));
        shell(key + "-subj '/CN=Time stamps' -keyout " + path("tsa.key") + " -out " +
              path("tsa.csr"));
        shell("openssl x509 -req -days 3650 -CAcreateserial -CA " + path("root.crt") + " -CAkey " +
              path("root.key") + " -in " + path("tsa.csr") + " -out " + path("tsa.crt") +
              " -extfile " + path("stamps.ext"));
    }
    void checkpoint() {
        now.microseconds += 60'000'000;
        REQUIRE((*this)({"trail", "checkpoint", "--key", path("hall.pem"), "--origin",
                         "hall.example", "--out", path("checkpoints")})
                    .code == 0);
    }
    void stamp() {
        REQUIRE((*this)({"trail", "stamp", "--checkpoints", path("checkpoints"), "--out",
                         path("request.tsq")})
                    .code == 0);
        shell("openssl ts -reply -config " + path("tsa.conf") + " -section one -queryfile " +
              path("request.tsq") + " -out " + path("answer.tsr"));
    }
    Said stamped(const std::string& authority = "root.crt") {
        return (*this)({"trail", "stamped", path("answer.tsr"), "--checkpoints",
                        path("checkpoints"), "--authority", path(authority), "--format", "json"});
    }

private:
    static void shell(const std::string& command) {
        INFO(command);
        REQUIRE(std::system((command + " > /dev/null 2>&1").c_str()) == 0);
    }
};

}  // namespace

TEST_CASE("the checkpoint of a hall by SM3 is stamped as what it is") {
    Stamping hall(workflow::Hashing::sm3);
    hall.stamp();
    const auto told = hall.stamped();
    INFO(told.out << told.err);
    CHECK(told.code == 0);
    // The same root, said to be by SHA-256, is none that was stamped.
    std::ifstream in(hall.path("checkpoints"));
    std::string text{std::istreambuf_iterator<char>(in), {}};
    text.erase(text.find("hash sm3\n"), 9);
    hall.write("checkpoints", text);
    CHECK(hall.stamped().code == 1);
}

TEST_CASE("an authority's stamp says by when a checkpoint was there") {
    Stamping hall;
    hall.stamp();
    const auto told = hall.stamped();
    INFO(told.out << told.err);
    REQUIRE(told.code == 0);
    CHECK(told.json().at("checkpoint") == 1);
    CHECK(holds(told.json().at("authority"), "Time stamps"));
    hall.open("1002");
    hall.checkpoint();
    CHECK(hall.stamped().json().at("checkpoint") == 1);
    hall.stamp();
    CHECK(hall.stamped().json().at("checkpoint") == 2);
    CHECK(holds(hall({"trail", "stamped", hall.path("answer.tsr"), "--checkpoints",
                      hall.path("checkpoints"), "--authority", hall.path("root.crt")})
                    .out,
                "the stamp holds"));
}

TEST_CASE("a stamp on something else, by somebody else, or altered, does not hold") {
    Stamping hall;
    hall.stamp();
    const auto says = [&](const Said& told, const std::string& what) {
        INFO(told.out << told.err);
        CHECK(told.code == 1);
        CHECK(holds(told.out, what));
    };
    SECTION("on the root of no checkpoint") {
        std::filesystem::remove(hall.path("checkpoints"));
        hall.open("1002");
        hall.checkpoint();
        says(hall.stamped(), "of none of these checkpoints");
    }
    SECTION("by an authority that nobody trusts") {
        Stamping other;
        std::filesystem::copy_file(other.path("root.crt"), hall.path("other.crt"));
        says(hall.stamped("other.crt"), "signature does not verify");
    }
    SECTION("with a bit flipped") {
        std::ifstream in(hall.path("answer.tsr"), std::ios::binary);
        const std::string whole{std::istreambuf_iterator<char>(in), {}};
        for (std::size_t i = 0; i < whole.size(); i += 53) {
            auto altered = whole;
            altered[i] = static_cast<char>(altered[i] ^ 1);
            hall.write("answer.tsr", altered);
            const auto told = hall.stamped();
            // What is not signed, such as the status text, may change; what it says may not.
            if (told.code == 0) {
                CHECK(told.json().at("checkpoint") == 1);
            }
        }
        hall.write("answer.tsr", whole.substr(0, whole.size() / 2));
        says(hall.stamped(), "not the response");
    }
    SECTION("without a certificate") {
        hall.write("none.crt", "nonsense");
        says(hall.stamped("none.crt"), "the trusted certificates");
    }
    CHECK(
        hall({"trail", "stamp", "--checkpoints", hall.path("request.tsq"), "--out", hall.path("x")})
            .code == 3);
}

}  // namespace workflow::testing::stamp_test
