// `receipt`: a receipt for the applicant.

#include "presentation/evidence/receipt.hpp"
#include "../cli_context.hpp"
#include "../outputs.hpp"
#include "../reader.hpp"
#include "base/bounds.hpp"
#include "commands.hpp"
#include "presentation/words/trail.hpp"

namespace workflow::tools {

using presentation::TrailLine;
using presentation::TrailWords;
using presentation::write_receipt;

namespace {

int run_receipt(const Arguments& arguments, Streams& streams) {
    const CaseNumber number(arguments.operands().front());
    (void)arguments.needed("out", "FILE.html");
    check_output(arguments, "out");
    const std::string checkpoints =
        read_all(arguments.needed("checkpoints", "FILE"), streams, bounds::checkpoints_bytes);
    const auto event = arguments.has("event")
                           ? static_cast<std::uint32_t>(arguments.whole("event", 1, UINT32_MAX))
                           : 0;
    const auto engine = open_engine(arguments, streams, StoreNeed::reading);
    const auto detail = engine->reader().show(number);
    if (!detail)
        return report(arguments, streams,
                      Refusal{RefusalCode::unknown_case, "there is no case " + number.text, {}});
    const auto reader = reader_of(arguments);
    const auto trail =
        reader ? trail_to(*engine, *reader, number) : trail_to_applicant(*engine, number);
    if (!trail) return report(arguments, streams, trail.refusal());
    const auto store = open_named_store(arguments, StoreNeed::reading);
    std::optional<InclusionProof> proof;
    try {
        // One that is not there, or is not covered yet, is said to be so first.
        proof = prove(*store, number, event, checkpoints, true);
        const auto provable_one = provable(*trail, event, proof->sequence);
        if (!provable_one) return report(arguments, streams, provable_one.refusal());
        if (*provable_one != proof->sequence)
            proof = prove(*store, number, *provable_one, checkpoints, true);
    } catch (const EvidenceError& error) {
        throw WorldError(std::string("nothing is proved: ") + error.what());
    }
    const auto language = language_of(arguments, streams);
    TrailWords words(engine->catalog(), language, false);
    TrailLine line;
    for (const auto& one : *trail)
        if (one.sequence <= proof->sequence) line = words.tell(one.event);
    write_document(arguments, streams, "out", Holds::personal_data, [&](std::ostream& out) {
        write_receipt(out, {*proof, detail->title.in(language), line.when, line.what, language});
    });
    return exit_done;
}

}  // namespace

Subcommand receipt_command() {
    auto options = store_options();
    options.push_back({.name = "checkpoints",
                       .value = "FILE",
                       .meaning = "the checkpoints; the last one is used"});
    options.push_back({.name = "event",
                       .value = "N",
                       .meaning = "the event of the case; else the last one that a checkpoint "
                                  "covers and the reader sees in full"});
    options.push_back({.name = "reader",
                       .value = "READER",
                       .meaning = "the recipient: applicant:PERSON, or an officer; else the "
                                  "applicant of the case"});
    options.push_back({.name = "out",
                       .value = "FILE.html",
                       .meaning = "the file for the receipt; - is standard output",
                       .output = true});
    options.push_back(language_option());
    return {
        .name = "receipt",
        .summary =
            "Writes a receipt for the applicant: proof that an act of the case is in the "
            "trail.",
        .operands = {{"CASE", "the case's number", false, false}},
        .options = std::move(options),
        .examples = {"workflow receipt social-card-20260302-00001 --checkpoints \\\n"
                     "      hall.checkpoints --out receipt.html --store hall.db"},
        .note =
            "The receipt is a page with a QR code: the act's hash, the number of signed events, "
            "and the root of their tree. It makes any later removal of the act from the trail "
            "detectable. `trail check` checks the page. Until a decided case has ended, receipts "
            "are given only for events that do not reveal the reviewers.",
        .run = run_receipt};
}

}  // namespace workflow::tools
