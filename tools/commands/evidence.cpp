// `trail keygen`, `trail prove`, `trail consistency` and `trail check`.

#include <fmt/format.h>

#include <ostream>

#include <workflow/evidence.hpp>

#include "../cli_context.hpp"
#include "../outputs.hpp"
#include "../paint.hpp"
#include "../public_key.hpp"
#include "../reader.hpp"
#include "base/bounds.hpp"
#include "commands.hpp"
#include "crypto/digest.hpp"
#include "presentation/evidence/proof.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"
#include "trail/checkpoint.hpp"

namespace workflow::tools {

using presentation::dump;
using presentation::harmless;
using presentation::Json;
using presentation::json_of;
using presentation::NoProof;
using presentation::proof_of;

namespace {

int not_done(Streams& streams, const std::string& message) {
    streams.err << "workflow: " << harmless(message) << '\n';
    return exit_found;
}

int run_trail_keygen(const Arguments& arguments, Streams& streams) {
    const std::string path = arguments.needed("key", "FILE");
    const std::string origin = arguments.needed("origin", "NAME");
    const std::string pem = new_signing_key(system_entropy(), arguments.text("algorithm") == "sm2"
                                                                  ? SigningAlgorithm::sm2
                                                                  : SigningAlgorithm::ed25519);
    std::string public_key;
    try {
        public_key = public_key_of(pem_signer(origin, pem));
    } catch (const EvidenceError& error) {
        throw UsageError(error.what());
    }
    auto rules = output_rules(arguments, "key");
    rules.fresh = true;
    write_output(path, rules, pem);
    streams.out << public_key << '\n';
    return exit_done;
}

/// Into the file that --out names; an open proof holds what the applicant entered.
void hand_out(const Json& proof, const Arguments& arguments, Streams& streams) {
    write_document(arguments, streams, "out", Holds::personal_data,
                   [&](std::ostream& out) { out << dump(proof, 2) << '\n'; });
}

int run_prove(const Arguments& arguments, Streams& streams) {
    check_output(arguments, "out");
    const auto event = arguments.has("event")
                           ? static_cast<std::uint32_t>(arguments.whole("event", 1, UINT32_MAX))
                           : 0;
    const std::string checkpoints =
        read_all(arguments.needed("checkpoints", "FILE"), streams, bounds::checkpoints_bytes);
    const CaseNumber number(arguments.operands().front());
    std::vector<SeenEvent> shown;
    const auto reader = reader_of(arguments);
    if (reader) {
        const auto engine = open_engine(arguments, streams, StoreNeed::reading);
        auto trail = trail_to(*engine, *reader, number);
        if (!trail) return report(arguments, streams, trail.refusal());
        shown = std::move(trail).value();
    }
    const auto store = open_named_store(arguments, StoreNeed::reading);
    InclusionProof proof;
    try {
        proof = prove(*store, number, event, checkpoints, reader || arguments.has("sealed"));
        if (reader) {
            const auto one = provable(shown, event, proof.sequence);
            if (!one) return report(arguments, streams, one.refusal());
            proof = prove(*store, number, *one, checkpoints, true);
        }
    } catch (const EvidenceError& error) {
        return not_done(streams, std::string("nothing is proved: ") + error.what());
    }
    hand_out(json_of(proof), arguments, streams);
    return exit_done;
}

int run_consistency(const Arguments& arguments, Streams& streams) {
    check_output(arguments, "out");
    const auto from = arguments.has("from")
                          ? static_cast<std::size_t>(arguments.whole("from", 1, UINT32_MAX))
                          : 1;
    const std::string checkpoints =
        read_all(arguments.needed("checkpoints", "FILE"), streams, bounds::checkpoints_bytes);
    const auto store = open_named_store(arguments, StoreNeed::reading);
    try {
        hand_out(json_of(prove_consistency(*store, checkpoints, from)), arguments, streams);
    } catch (const EvidenceError& error) {
        return not_done(streams, std::string("nothing is proved: ") + error.what());
    }
    return exit_done;
}

std::string at_time(const trail::Checkpoint& checkpoint) {
    return checkpoint.time ? " at " + to_string(*checkpoint.time, UtcOffset{0}) : "";
}

/// What a proof that holds says.
struct Sentence {
    std::string operator()(const InclusionProof& proof) const {
        const auto checkpoint = trail::unchecked(trail::read_notes(proof.checkpoint).front());
        return fmt::format("event {} of case {}{} is number {} of the {} events that {} signed{}",
                           proof.sequence, proof.number.text,
                           proof.hash ? fmt::format(", whose hash is {},", hex(*proof.hash)) : "",
                           proof.index + 1, proof.size, checkpoint.origin, at_time(checkpoint));
    }
    std::string operator()(const ConsistencyProof& proof) const {
        const auto earlier = trail::unchecked(trail::read_notes(proof.earlier).front());
        const auto later = trail::unchecked(trail::read_notes(proof.later).front());
        return fmt::format("the {} events that {} signed{} begin with the {} that it signed{}",
                           later.size, later.origin, at_time(later), earlier.size,
                           at_time(earlier));
    }
};

void add_facts(Json& answer, const InclusionProof& proof) {
    answer["case"] = proof.number.text;
    answer["event"] = proof.sequence;
    answer["size"] = proof.size;
    if (proof.hash) answer["hash"] = hex(*proof.hash);
}
void add_facts(Json& answer, const ConsistencyProof& proof) {
    answer["from"] = trail::unchecked(trail::read_notes(proof.earlier).front()).size;
    answer["size"] = trail::unchecked(trail::read_notes(proof.later).front()).size;
}

int run_check(const Arguments& arguments, Streams& streams) {
    const std::string key = public_key_text(arguments, streams);
    std::optional<std::variant<InclusionProof, ConsistencyProof>> proof;
    std::string fault;
    try {
        proof = proof_of(read_all(arguments.operands().front(), streams, bounds::json_bytes));
        fault =
            std::visit([&](const auto& one) { return fault_of(one, key).value_or(""); }, *proof);
    } catch (const NoProof& error) {
        fault = error.what();
    }
    if (arguments.json()) {
        Json answer{{"holds", fault.empty()}};
        if (!fault.empty()) answer["what"] = fault;
        if (proof && (fault.empty() || std::holds_alternative<InclusionProof>(*proof)))
            std::visit([&](const auto& one) { add_facts(answer, one); }, *proof);
        streams.out << dump(answer, 2) << '\n';
        return fault.empty() ? exit_done : exit_found;
    }
    const auto paint = paint_of(arguments, streams, streams.out_terminal);
    if (!fault.empty()) {
        streams.out << paint.red("the proof does not hold") << ": " << harmless(fault) << '\n';
        return exit_found;
    }
    streams.out << paint.green("the proof holds") << ": "
                << harmless(std::visit(Sentence{}, *proof)) << '\n';
    return exit_done;
}

Option store_option() {
    return store_options().front();
}

Option out_option() {
    return {.name = "out",
            .value = "FILE",
            .meaning = "the file for the proof",
            .initial = "-",
            .output = true};
}

}  // namespace

Subcommand trail_keygen_command() {
    return {
        .name = "trail keygen",
        .summary = "Creates a key that signs checkpoints, and prints its public half.",
        .options = {{.name = "key",
                     .value = "FILE",
                     .meaning = "the file for the private key (PEM); never overwritten",
                     .output = true},
                    {.name = "origin",
                     .value = "NAME",
                     .meaning = "the name of the store and the key, such as hall.example/trail"},
                    {.name = "algorithm",
                     .value = "NAME",
                     .meaning = "the signature algorithm; sm2 is SM2 with SM3",
                     .choices = {"ed25519", "sm2"},
                     .initial = "ed25519"}},
        .examples = {"workflow trail keygen --key /secure/hall.pem --origin hall.example > "
                     "hall.pub"},
        .note =
            "Keep the key where the administrator of the store cannot read it, and give the "
            "public key to everybody who verifies.",
        .run = run_trail_keygen};
}

Subcommand trail_prove_command() {
    return {
        .name = "trail prove",
        .summary = "Proves to others that an event of a case is in the trail.",
        .operands = {{"CASE", "the case's number", false, false}},
        .options =
            [] {
                auto options = store_options();
                options.push_back(
                    {.name = "event",
                     .value = "N",
                     .meaning =
                         "the event of the case; else the last one that a checkpoint covers"});
                options.push_back({.name = "checkpoints",
                                   .value = "FILE",
                                   .meaning = "the checkpoints; the last one is used"});
                options.push_back(
                    {.name = "sealed",
                     .meaning = "include only the event's hash, and nothing else of the case"});
                options.push_back(
                    {.name = "reader",
                     .value = "READER",
                     .meaning = "the recipient, an officer or applicant:PERSON; implies --sealed, "
                                "and an event that the recipient sees in full"});
                options.push_back(out_option());
                return options;
            }(),
        .examples = {"workflow trail prove social-card-20260302-00001 --checkpoints "
                     "hall.checkpoints --out proof.json --store hall.db"},
        .note =
            "The proof contains the case's events up to this one, with the values entered and the "
            "names of the reviewers: it is only for those who may read the whole case. For "
            "anybody else give --reader: before a case has ended, even the hash of an event that "
            "names a reviewer could be used to guess the name.",
        .run = run_prove};
}

Subcommand trail_consistency_command() {
    return {.name = "trail consistency",
            .summary = "Proves to others that the trail continues an earlier checkpoint.",
            .options = {store_option(),
                        {.name = "checkpoints",
                         .value = "FILE",
                         .meaning = "the file of checkpoints; the proof reaches to the last one"},
                        {.name = "from",
                         .value = "N",
                         .meaning = "the number of the earlier checkpoint; else the first"},
                        out_option()},
            .examples = {"workflow trail consistency --checkpoints hall.checkpoints --from 3 \\\n"
                         "      --out consistency.json --store hall.db"},
            .note =
                "The proof contains no data of cases. It shows anyone who kept the earlier "
                "checkpoint that none of the events it covers has changed.",
            .run = run_consistency};
}

Subcommand trail_check_command() {
    return {
        .name = "trail check",
        .summary = "Checks a proof without the store.",
        .operands = {{"PROOF", "a file from `trail prove`, `trail consistency` or `show --dossier`",
                      false, false}},
        .options = {public_key_option()},
        .formats = {"human", "json"},
        .examples = {"workflow trail check proof.json --public-key hall.pub"},
        .note = "Exits 1 if it does not hold.",
        .run = run_check};
}

}  // namespace workflow::tools
