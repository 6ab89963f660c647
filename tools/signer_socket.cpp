#include "signer_socket.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <optional>
#include <utility>

#include <workflow/evidence.hpp>

#include "base/bounds.hpp"
#include "command.hpp"
#include "crypto/signature.hpp"
#include "store/output_file.hpp"
#include "trail/checkpoint.hpp"

namespace workflow::tools {

namespace {

constexpr timeval patience{5, 0};  // nobody holds the signer up

/// A socket that is closed at the end.
class Socket {
public:
    explicit Socket(int file) : file_(file) {}
    Socket(Socket&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
    Socket& operator=(Socket&&) = delete;
    ~Socket() {
        if (file_ >= 0) close(file_);
    }
    [[nodiscard]] int file() const { return file_; }

private:
    int file_;
};

[[noreturn]] void fail(const std::string& path, const char* what) {
    throw WorldError(fmt::format("{}: {}: {}", path, what, std::strerror(errno)));
}

Socket fresh_socket(const std::string& path) {
    Socket socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (socket.file() < 0) fail(path, "no socket");
    return socket;
}

sockaddr_un address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        throw WorldError(path + ": the path of a socket has at most 106 bytes");
    std::copy(path.begin(), path.end(), static_cast<char*>(address.sun_path));
    return address;
}

bool connects(const Socket& socket, const sockaddr_un& address) {
    return connect(socket.file(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

/// All that the other side sends until it closes its half, of which one byte beyond
/// `bounds::note_bytes` is kept; nothing where that takes longer than `patience` altogether: a byte
/// now and then must not keep others waiting.
std::optional<std::string> receive(const Socket& socket) {
    std::string text;
    char buffer[1024];
    const auto latest = std::chrono::steady_clock::now() + std::chrono::seconds(patience.tv_sec);
    while (text.size() <= bounds::note_bytes) {
        if (std::chrono::steady_clock::now() > latest) return {};
        const auto got = read(socket.file(), static_cast<char*>(buffer), sizeof buffer);
        if (got == 0) return text;
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return {};
        text.append(static_cast<const char*>(buffer), static_cast<std::size_t>(got));
    }
    return text;
}

bool send_all(const Socket& socket, std::string_view text) {
    while (!text.empty()) {
        const auto sent = send(socket.file(), text.data(), text.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void be_patient(const Socket& socket) {
    setsockopt(socket.file(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(socket.file(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
}

std::string ask(const std::string& path, std::string_view text) {
    const auto socket = fresh_socket(path);
    const auto address = address_of(path);
    if (!connects(socket, address)) fail(path, "no signer answers");
    be_patient(socket);
    if (!send_all(socket, text) || shutdown(socket.file(), SHUT_WR) != 0)
        fail(path, "the signer does not accept the request");
    const auto answer = receive(socket);
    if (!answer || !answer->ends_with('\n')) fail(path, "the signer does not answer");
    return answer->substr(0, answer->size() - 1);
}

std::string after(const std::string& answer, std::string_view label, const std::string& path) {
    if (answer.starts_with("refused "))
        throw EvidenceError(path + ": the signer refuses: " + answer.substr(8));
    if (answer.starts_with("failed "))
        throw WorldError(path + ": the signer cannot sign: " + answer.substr(7));
    if (!answer.starts_with(label)) throw WorldError(path + ": this is not the answer of a signer");
    return answer.substr(label.size());
}

/// Answers the requests to the signer.
class Clerk {
public:
    Clerk(const Signer& signer, SignerMemory& memory) : signer_(signer), memory_(memory) {}

    std::string answer(const std::string& text) {
        if (text.empty())
            return "key " + trail::text_of(trail::PublicKey{signer_.name, signer_.public_key}) +
                   '\n';
        if (text.size() > bounds::note_bytes)
            return fmt::format("refused a request has at most {} bytes\n", bounds::note_bytes);
        try {
            check(text);
        } catch (const trail::NoteError& error) {
            return std::string("refused ") + error.what() + '\n';
        }
        try {
            const auto signature = signer_.sign(text);
            // A signature that is handed out before it is kept could be followed by an older one.
            memory_.keep(text, signature);
            return "signature " + base64(signature) + '\n';
        } catch (const std::exception& error) {
            return std::string("failed ") + error.what() + '\n';
        }
    }

private:
    /// Throws NoteError unless the text can be signed after the last signed checkpoint.
    void check(const std::string& text) const {
        const auto notes = trail::read_notes(text);
        if (notes.size() != 1 || notes.front().text != text)
            throw trail::NoteError("this is not a checkpoint");
        const auto checkpoint = trail::unchecked(notes.front());
        if (checkpoint.origin != signer_.name)
            throw trail::NoteError("this is a checkpoint of " + checkpoint.origin);
        const auto& last = memory_.last();
        if (!last) return;
        if (checkpoint.size < last->size)
            throw trail::NoteError(fmt::format("{} events were signed before", last->size));
        if (checkpoint.hashing != last->hashing)
            throw trail::NoteError(
                fmt::format("the store that was signed before is by {}", to_string(last->hashing)));
        if (checkpoint.size == last->size && checkpoint.root != last->root)
            throw trail::NoteError(
                fmt::format("another root of {} events was signed before", last->size));
        if (last->time && (!checkpoint.time || *checkpoint.time < *last->time))
            throw trail::NoteError("a later checkpoint was signed before");
    }

    const Signer& signer_;
    SignerMemory& memory_;
};

}  // namespace

Signer socket_signer(const std::string& name, const std::string& path) {
    const auto key = trail::parse_public_key(after(ask(path, ""), "key ", path));
    if (key.name != name)
        throw WorldError(fmt::format("{}: the signer there signs for {}", path, key.name));
    return {name, key.key, [path](std::string_view text) {
                const auto bytes = parse_base64(after(ask(path, text), "signature ", path));
                if (!bytes) throw WorldError(path + ": this is not the answer of a signer");
                return *bytes;
            }};
}

void serve_signer(const Signer& signer, const std::string& path, SignerMemory& memory) {
    if (connects(fresh_socket(path), address_of(path)))
        throw WorldError(path + ": another signer listens there");
    // The path appears when somebody answers at it, not before.
    const auto heard = checked_special(path, S_IFSOCK).string();
    const auto unheard = checked_special(heard + '~', S_IFSOCK).string();
    const auto address = address_of(unheard);
    unlink(unheard.c_str());
    const auto listening = fresh_socket(path);
    // Anyone who may write to the socket can have checkpoints signed: its owner and group.
    const auto mask = umask(0117);
    const bool bound =
        bind(listening.file(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    umask(mask);
    if (!bound || listen(listening.file(), 16) != 0 || rename(unheard.c_str(), heard.c_str()) != 0)
        fail(path, "cannot listen");
    Clerk clerk(signer, memory);
    while (true) {
        const Socket client(accept4(listening.file(), nullptr, nullptr, SOCK_CLOEXEC));
        if (client.file() < 0) {
            if (errno == EINTR || errno == ECONNABORTED) continue;
            fail(path, "cannot listen");
        }
        be_patient(client);
        if (const auto text = receive(client)) (void)send_all(client, clerk.answer(*text));
    }
}

}  // namespace workflow::tools
