// `trail stamp` and `trail stamped`: time stamps by an authority (RFC 3161).

#include <fmt/format.h>

#include <ostream>

#include <workflow/evidence.hpp>

#include "../cli_context.hpp"
#include "../outputs.hpp"
#include "../paint.hpp"
#include "base/bounds.hpp"
#include "commands.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"

namespace workflow::tools {

using presentation::dump;
using presentation::harmless;
using presentation::Json;

namespace {

const Option stamped_option{.name = "checkpoints", .value = "FILE", .meaning = "the checkpoints"};

int run_stamp(const Arguments& arguments, Streams& streams) {
    const std::string checkpoints =
        read_all(arguments.needed("checkpoints", "FILE"), streams, bounds::checkpoints_bytes);
    std::string request;
    try {
        request = stamp_request(checkpoints, system_entropy());
    } catch (const EvidenceError& error) {
        throw WorldError(std::string("nothing can be stamped: ") + error.what());
    }
    (void)arguments.needed("out", "FILE");
    write_document(arguments, streams, "out", Holds::nothing_personal,
                   [&](std::ostream& out) { out << request; });
    return exit_done;
}

int run_stamped(const Arguments& arguments, Streams& streams) {
    const std::string checkpoints =
        read_all(arguments.needed("checkpoints", "FILE"), streams, bounds::checkpoints_bytes);
    const std::string trusted =
        read_all(arguments.needed("authority", "FILE"), streams, bounds::key_bytes);
    const std::string answer = read_all(arguments.operands().front(), streams, bounds::stamp_bytes);
    try {
        const auto stamped = check_stamp(answer, checkpoints, trusted);
        const auto time = to_string(stamped.time, UtcOffset{0});
        if (arguments.json()) {
            streams.out << dump(Json{{"holds", true},
                                     {"checkpoint", stamped.checkpoint},
                                     {"size", stamped.size},
                                     {"time", time},
                                     {"authority", stamped.authority}},
                                2)
                        << '\n';
            return exit_done;
        }
        const auto paint = paint_of(arguments, streams, streams.out_terminal);
        streams.out << paint.green("the stamp holds") << ": "
                    << harmless(
                           fmt::format("the {} events of checkpoint {} were there at {}, says {}",
                                       stamped.size, stamped.checkpoint, time, stamped.authority))
                    << '\n';
        return exit_done;
    } catch (const EvidenceError& error) {
        if (arguments.json())
            streams.out << dump(Json{{"holds", false}, {"what", error.what()}}, 2) << '\n';
        else
            streams.out << "the stamp does not hold: " << harmless(error.what()) << '\n';
        return exit_found;
    }
}

}  // namespace

Subcommand trail_stamp_command() {
    return {.name = "trail stamp",
            .summary = "Writes a request for a time stamp on the last checkpoint (RFC 3161).",
            .options = {stamped_option,
                        {.name = "out",
                         .value = "FILE",
                         .meaning = "the file for the request; - is standard output",
                         .output = true}},
            .examples = {"workflow trail stamp --checkpoints hall.checkpoints --out request.tsq\n"
                         "  curl -H 'Content-Type: application/timestamp-query' --data-binary \\\n"
                         "      @request.tsq https://tsa.example/ > answer.tsr"},
            .note = "The authority receives only a hash.",
            .run = run_stamp};
}

Subcommand trail_stamped_command() {
    return {.name = "trail stamped",
            .summary = "Checks a time stamp, and reports which checkpoint existed at that time.",
            .operands = {{"ANSWER", "the file with the authority's answer", false, false}},
            .options = {stamped_option,
                        {.name = "authority",
                         .value = "FILE",
                         .meaning = "certificates (PEM) that are trusted to stamp, or to certify "
                                    "those that stamp"}},
            .formats = {"human", "json"},
            .examples = {"workflow trail stamped answer.tsr --checkpoints hall.checkpoints \\\n"
                         "      --authority tsa-root.pem"},
            .note =
                "The certificates must have been valid at the time of the stamp. Exits 1 if the "
                "stamp does not hold.",
            .run = run_stamped};
}

}  // namespace workflow::tools
