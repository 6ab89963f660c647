// `trail checkpoint`, once or again and again, and `trail signer`.

#include <fmt/format.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <ostream>

#include <workflow/evidence.hpp>

#include "../cli_context.hpp"
#include "../durable_files.hpp"
#include "../ending_signals.hpp"
#include "../outputs.hpp"
#include "../signer_memory.hpp"
#include "../signer_socket.hpp"
#include "base/bounds.hpp"
#include "commands.hpp"
#include "crypto/digest.hpp"
#include "crypto/signature.hpp"
#include "presentation/text/text.hpp"
#include "trail/checkpoint.hpp"

namespace workflow::tools {

using presentation::harmless;

namespace {

Signer signer_of(const Arguments& arguments, Streams& streams, const std::string& option = "key") {
    const std::string path = arguments.needed(option, "FILE");
    const std::string origin = arguments.needed("origin", "NAME");
    constexpr std::string_view socket = "unix:";
    if (path.starts_with(socket)) return socket_signer(origin, path.substr(socket.size()));
    try {
        return pem_signer(origin, read_all(path, streams, bounds::key_bytes));
    } catch (const EvidenceError& error) {
        throw UsageError(error.what());
    }
}

Instant now_of(const Streams& streams) {
    return streams.clock ? streams.clock() : system_clock()();
}

std::string in_seconds(Instant instant) {
    return to_string(Instant{instant.microseconds / 1'000'000 * 1'000'000}, UtcOffset{0});
}

/// Thrown if the new checkpoint would repeat the last one.
struct NothingNew {};

/// The end of a file of checkpoints.
struct Earlier {
    std::string text;
    std::optional<trail::Checkpoint> last;
};

/// The last checkpoint, however many come before it; the whole file where it is not as it must be,
/// so that the reader of the file can name the line.
Earlier end_of(const Ledger& ledger, const std::string& path, const PublicKey& key) {
    constexpr std::streamoff enough = 65536;
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    const bool all = file.tellg() < enough;
    file.seekg(all ? 0 : -enough, all ? std::ios::beg : std::ios::end);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    try {
        const auto notes = trail::read_notes(text);
        // The first one may begin before what was read.
        if (notes.size() > (all ? 0U : 1U))
            return {notes.back().whole(), trail::open_note(notes.back(), key)};
    } catch (const trail::NoteError&) {
    }
    return {ledger.read(bounds::checkpoints_bytes), {}};
}

std::size_t size_of(const std::string& file) {
    std::error_code failed;
    const auto size = std::filesystem::file_size(file, failed);
    if (failed) throw WorldError("cannot read " + file + ": " + failed.message());
    return size;
}

/// Adds checkpoints of one store to one file.
class Anchoring {
public:
    Anchoring(const Arguments& arguments, Streams& streams)
        : arguments_(arguments),
          streams_(streams),
          file_(arguments.needed("out", "FILE")),
          tree_file_(arguments.text("tree")),
          rules_(output_rules(arguments, "out")),
          signer_(signer_of(arguments, streams)) {
        rules_.may_replace = Content::checkpoints;
        (void)checked_output(file_, rules_);
        if (!tree_file_.empty()) check_output(arguments, "tree");
        if (arguments.has("next-key")) next_ = signer_of(arguments, streams, "next-key");
    }

    /// Throws EvidenceError where the store does not go on from the last checkpoint; WorldError or
    /// StoreError where another try may go well.
    void take() {
        const Ledger ledger(file_, rules_);
        add(ledger, ledger.read(bounds::checkpoints_bytes), signer_, now_of(streams_));
        keep_tree();
    }

    /// The same where the trail has grown since the last one. Where it has not, it is compared with
    /// the last one nevertheless.
    void take_when_grown() {
        const Ledger ledger(file_, rules_);
        write_rest(ledger);
        const auto earlier = end_of(ledger, file_, {signer_.name, signer_.public_key});
        const auto& last = earlier.last;
        const auto now = now_of(streams_);
        // A clock that was set back is no altered trail: it catches up.
        if (last && last->time && now < *last->time)
            throw WorldError(fmt::format("the clock says {}, but the last checkpoint is of {}",
                                         in_seconds(now), in_seconds(*last->time)));
        Signer when_grown = signer_;
        when_grown.sign = [&](std::string_view text) {
            if (last && trail::unchecked(trail::read_notes(text).front()).size == last->size)
                throw NothingNew{};
            return signer_.sign(text);
        };
        try {
            add(ledger, earlier.text, when_grown, now);
        } catch (const NothingNew&) {
        }
        keep_tree();
    }

private:
    void add(const Ledger& ledger, const std::string& earlier, const Signer& signer, Instant now) {
        // Opened each time: the file that has the store's name now is anchored.
        const auto store = open_named_store(arguments_, StoreNeed::reading);
        read_tree();
        auto tree = tree_;
        try {
            note_ = take_checkpoint(*store, signer, now, earlier, next_ ? &*next_ : nullptr, &tree);
        } catch (const NothingNew&) {
            tree_ = std::move(tree);
            throw;
        }
        tree_ = std::move(tree);
        before_ = size_of(file_);
        rest_ = (earlier.empty() ? "" : "\n") + note_;
        write_rest(ledger);
    }

    /// Of a disk that was full the file may have a part of the checkpoint. Nothing is ever taken
    /// off that file: the rest is added.
    void write_rest(const Ledger& ledger) {
        if (rest_.empty()) return;
        const auto size = size_of(file_);
        const auto there =
            size > before_ ? ledger.read(bounds::checkpoints_bytes).substr(before_) : std::string();
        if (size >= before_ && rest_.starts_with(there)) {
            ledger.write(std::string_view(rest_).substr(there.size()));
            tell();
        }  // else somebody has fixed it meanwhile
        rest_.clear();
    }

    void tell() const {
        if (arguments_.quiet()) return;
        if (!arguments_.has("every")) {
            streams_.out << note_;
            return;
        }
        const auto checkpoint = trail::unchecked(trail::read_notes(note_).front());
        streams_.out << fmt::format("{} {} events, root {}\n", in_seconds(*checkpoint.time),
                                    checkpoint.size, base64(view(checkpoint.root)))
                     << std::flush;
    }

    void read_tree() {
        tree_on_disk_.clear();
        std::error_code ignored;
        if (!tree_file_.empty() && std::filesystem::exists(tree_file_, ignored))
            tree_ = tree_on_disk_ = read_all(tree_file_, streams_, bounds::tree_bytes);
    }
    void keep_tree() const {
        if (tree_file_.empty() || tree_ == tree_on_disk_) return;
        try {
            write_output(tree_file_, output_rules(arguments_, "tree"), tree_);
        } catch (const OutputRefused&) {
            throw;
        } catch (const std::runtime_error& error) {
            throw WorldError(error.what());
        }
    }

    const Arguments& arguments_;
    Streams& streams_;
    std::string file_, tree_file_;
    OutputRules rules_;
    Signer signer_;
    std::optional<Signer> next_;
    std::string tree_, tree_on_disk_;
    std::string note_;  ///< the last one that was taken here
    std::string rest_;  ///< what the file must have of it after its first `before_` bytes
    std::size_t before_ = 0;
};

/// Runs until it is asked to end. The first round fails as a single checkpoint does, so that a
/// wrong name is reported where it was typed.
int keep_anchoring(Anchoring& anchoring, std::chrono::seconds span, Streams& streams) {
    const EndingSignals signals;
    const auto tell = [&](const std::string& what) {
        streams.err << fmt::format("workflow: {}: {}; tried again after {} s\n",
                                   in_seconds(now_of(streams)), harmless(what), span.count())
                    << std::flush;
    };
    for (bool first = true, last = false;; first = false) {
        const auto begun = std::chrono::steady_clock::now();
        try {
            anchoring.take_when_grown();
        } catch (const WorldError& error) {
            if (first || last) throw;
            tell(error.what());
        } catch (const StoreError& error) {
            if (first || last) throw;
            tell(std::string("the store failed: ") + error.what());
        }
        if (last) return exit_done;
        last = signals.come_before(begun + span);
    }
}

int run_checkpoint(const Arguments& arguments, Streams& streams) {
    const std::chrono::seconds span(arguments.has("every") ? arguments.whole("every", 1, 3600) : 0);
    const bool again = span.count() > 0;
    if (again && arguments.has("next-key"))
        throw UsageError("`--every` uses one key",
                         "take one checkpoint with --next-key, then use that key");
    try {
        Anchoring anchoring(arguments, streams);
        if (again) return keep_anchoring(anchoring, span, streams);
        anchoring.take();
        return exit_done;
    } catch (const EvidenceError& error) {
        const auto when = again ? in_seconds(now_of(streams)) + ": anchoring ends: " : "";
        streams.err << fmt::format("workflow: {}no checkpoint was taken: {}\n", when,
                                   harmless(error.what()));
        return exit_found;
    }
}

int run_signer(const Arguments& arguments, Streams& streams) {
    const std::string path = arguments.needed("socket", "PATH");
    if (arguments.has("remember") && arguments.text("remember").empty())
        throw UsageError("`--remember` names no file");
    (void)checked_special(path, S_IFSOCK);
    if (arguments.has("remember")) {
        auto rules = output_rules(arguments, "remember");
        rules.may_replace = Content::checkpoints;
        (void)checked_output(arguments.text("remember"), rules);
    }
    const Signer signer = signer_of(arguments, streams);
    SignerMemory memory({signer.name, signer.public_key}, arguments.text("remember"));
    if (!arguments.quiet()) {
        std::string known = "nothing was signed before";
        if (!memory.outlives_the_process())
            known = "without --remember the last checkpoint is lost when the signer ends";
        else if (memory.last())
            known = fmt::format("{} events were signed before", memory.last()->size);
        streams.err << fmt::format("signing for {} at {}; {}\n", signer.name, path, known)
                    << std::flush;
    }
    serve_signer(signer, path, memory);
}

Option key_option() {
    return {.name = "key",
            .value = "FILE",
            .meaning = "the private key (PEM), or unix:PATH of a running `trail signer`"};
}

Option origin_option() {
    return {.name = "origin", .value = "NAME", .meaning = "the name with which the key was made"};
}

}  // namespace

Subcommand trail_checkpoint_command() {
    return {.name = "trail checkpoint",
            .summary =
                "Signs a checkpoint: the number of events and the root of the tree over "
                "them.",
            .options = {store_options().front(),
                        key_option(),
                        origin_option(),
                        {.name = "every",
                         .value = "SECONDS",
                         .meaning = "keep running until SIGTERM or SIGINT, and take a checkpoint "
                                    "every so many seconds (1 to 3600) if the trail has grown"},
                        {.name = "tree",
                         .value = "FILE",
                         .meaning = "keep the tree in FILE until the next checkpoint, so that "
                                    "only new events are read; --every keeps it in memory anyway",
                         .output = true},
                        {.name = "next-key",
                         .value = "FILE",
                         .meaning = "the key that signs all checkpoints after this one; both keys "
                                    "sign this one"},
                        {.name = "out",
                         .value = "FILE",
                         .meaning = "the file of checkpoints; the new one is added at the end",
                         .output = true}},
            .examples = {"workflow trail checkpoint --store hall.db --key /secure/hall.pem "
                         "--origin hall.example --out /elsewhere/hall.checkpoints",
                         "workflow trail checkpoint --store hall.db --every 30 --key "
                         "unix:/run/hall-signer.sock \\\n      --origin hall.example --out "
                         "/elsewhere/hall.checkpoints --tree /elsewhere/hall.tree"},
            .note =
                "Exits 1 and adds nothing if the store does not continue the last checkpoint of "
                "the file, or if the signer refuses; this also ends --every. With --every an act "
                "is anchored within SECONDS plus the time that a checkpoint takes. If the disk, "
                "the store or the signer is not available in a round, this is reported on "
                "standard error and the round is repeated SECONDS later; in the first round, it "
                "ends the command with 3. Each checkpoint is a line of output. When a signal ends "
                "it, it takes a last checkpoint if there are new events, and exits 0, or 3 if "
                "that failed. The first round reads the whole trail, unless --tree has the tree.",
            .run = run_checkpoint};
}

Subcommand trail_signer_command() {
    return {.name = "trail signer",
            .summary = "Signs checkpoints for other processes that do not have the key.",
            .options = {key_option(),
                        origin_option(),
                        {.name = "socket",
                         .value = "PATH",
                         .meaning = "the socket to listen at; its owner and group may send "
                                    "requests",
                         .output = true},
                        {.name = "remember",
                         .value = "FILE",
                         .meaning = "keep the last signed checkpoint in FILE, so that nothing "
                                    "older is signed after a restart; created if missing",
                         .output = true}},
            .examples = {"workflow trail signer --key /secure/hall.pem --origin hall.example \\\n"
                         "      --socket /run/hall-signer.sock --remember "
                         "/var/lib/hall-signer/last"},
            .note =
                "Run it under an account of its own, with a --remember file that only this "
                "account may write: without this file, anyone who restarts the signer can have an "
                "older trail signed. It signs only checkpoints of its own name, none with fewer "
                "events or an earlier time than the last one, and none with another root for the "
                "same number of events. `trail checkpoint --key unix:/run/hall-signer.sock` uses "
                "it.",
            .run = run_signer};
}

}  // namespace workflow::tools
