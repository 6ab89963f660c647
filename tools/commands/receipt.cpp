// `receipt`: what an applicant takes home.

#include "../desk.hpp"
#include "../outputs.hpp"
#include "../render_receipt.hpp"
#include "../trail_words.hpp"
#include "commands.hpp"

namespace workflow::tools {

namespace {

int run(const Arguments& arguments, Streams& streams) {
    const CaseNumber number(arguments.operands().front());
    (void)arguments.needed("out", "FILE.html");
    check_output(arguments, "out");
    const std::string checkpoints = read_all(arguments.needed("checkpoint", "FILE"), streams);
    const auto event = arguments.has("event")
                           ? static_cast<std::uint32_t>(arguments.whole("event", 1, UINT32_MAX))
                           : 0;
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    const auto trail = engine->trail(number);
    const auto detail = engine->show(number);
    if (!trail || !detail)
        return report(arguments, streams,
                      Refusal{Rule::unknown_case, "there is no case " + number.text, {}});
    const auto store = open_named_store(arguments, StoreNeed::there_already);
    std::optional<EventProof> proof;
    try {
        proof = prove(*store, number, event, checkpoints, true);
    } catch (const EvidenceError& error) {
        throw WorldError(std::string("nothing is proved: ") + error.what());
    }
    const auto language = language_of(arguments, streams);
    TrailWords words(engine->catalog(), language, false);
    TrailLine line;
    for (std::size_t i = 0; i < trail->size() && i < proof->sequence; ++i)
        line = words.tell((*trail)[i]);
    write_document(arguments, streams, "out", Holds::personal_data, [&](std::ostream& out) {
        write_receipt(out, {*proof, detail->title.in(language), line.when, line.what, language});
    });
    return exit_done;
}

}  // namespace

Subcommand receipt_command() {
    auto options = store_options();
    options.push_back({.name = "checkpoint",
                       .value = "FILE",
                       .meaning = "the checkpoints; the last one is used"});
    options.push_back({.name = "event",
                       .value = "N",
                       .meaning = "which event of the case; else its last that is covered"});
    options.push_back({.name = "out",
                       .value = "FILE.html",
                       .meaning = "where the receipt goes; - is standard output",
                       .output = true});
    options.push_back(language_option());
    return {
        .name = "receipt",
        .summary = "Writes a receipt for the applicant: that an act of his case is in the trail.",
        .operands = {{"CASE", "the case's number", false, false}},
        .options = std::move(options),
        .examples = {"workflow receipt social-card-20260302-00001 --checkpoint \\\n"
                     "      hall.checkpoints --out receipt.html --store hall.db"},
        .note =
            "A page with a QR code: the act's hash, how many events were signed, and the root "
            "of their tree. Once he has it, nobody can take the act out of the trail without "
            "being found out. `trail check` checks the page.",
        .run = run};
}

}  // namespace workflow::tools
