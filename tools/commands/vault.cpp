// `vault`: the key under which a store keeps personal data, and what it keeps of one person.

#include <fmt/format.h>

#include <ostream>
#include <sstream>

#include "../cli_context.hpp"
#include "../paint.hpp"
#include "../vault_files.hpp"
#include "base/bounds.hpp"
#include "commands.hpp"
#include "crypto/cipher.hpp"
#include "journal.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"
#include "shell/vault.hpp"

namespace workflow::tools {

using presentation::dump;
using presentation::grouped;
using presentation::Json;
using presentation::Table;

namespace {

const Operand person_operand{"PERSON", "the person's id, as applicant or agent", false, false};
const Operand person_operands{"PERSON", "their ids, as applicants or agents", true, true};

int run_vault_keygen(const Arguments& arguments, Streams&) {
    VaultKey key;
    if (arguments.has("cipher")) key.cipher = *parse_cipher(arguments.text("cipher"));
    key.secret = fresh_secret();
    write_vault_key(arguments.needed("out", "FILE"), key);
    return exit_done;
}

void need_key(const Arguments& arguments) {
    if (!arguments.has("vault-key"))
        throw UsageError("sealed data need the key of the vault", "give --vault-key FILE");
}

/// Repeated after it was done, the store opens with the new key alone: it answers as before.
std::uint64_t rekey(const Arguments& arguments, Streams& streams, const VaultKey& fresh) {
    try {
        return open_engine(arguments, streams, StoreNeed::there_already)
            ->administration()
            .rekey(fresh);
    } catch (const shell::LockedVault&) {
        Engine::Options options;
        options.vault = fresh;
        try {
            return Engine(load_catalog(arguments, streams),
                          open_named_store(arguments, StoreNeed::there_already), options)
                .administration()
                .rekey(fresh);
        } catch (const shell::LockedVault&) {
            // It opens with neither: the first message says so.
        }
        throw;
    }
}

int run_rekey(const Arguments& arguments, Streams& streams) {
    need_key(arguments);
    const auto fresh = read_vault_key(arguments.needed("new-key", "FILE"));
    const auto count = rekey(arguments, streams, fresh);
    if (!arguments.quiet())
        streams.err << fmt::format("the keys of {} person{} are under the new key\n",
                                   grouped(count), count == 1 ? "" : "s");
    return exit_done;
}

int run_cases(const Arguments& arguments, Streams& streams) {
    need_key(arguments);
    const auto engine = open_engine(arguments, streams, StoreNeed::reading);
    const auto cases = engine->reader().cases_of(PersonId(arguments.operands().front()));
    const auto clock = clock_of(*engine);
    if (arguments.json()) {
        Json rows = Json::array();
        for (const auto& one : cases)
            rows.push_back({{"case", one.number.text},
                            {"item", one.item.text},
                            {"status", one.status},
                            {"opened", to_string(one.opened, clock)}});
        streams.out << dump(rows, 2) << '\n';
        return exit_done;
    }
    Table table(streams.out, paint_of(arguments, streams, streams.out_terminal),
                {{"case"}, {"item"}, {"status"}, {"opened"}});
    for (const auto& one : cases)
        table.add(
            {one.number.text, one.item.text, one.status, to_string(local_date(one.opened, clock))});
    table.flush();
    return exit_done;
}

/// The operands, then the lines of --from.
std::vector<PersonId> persons_of(const Arguments& arguments, Streams& streams) {
    std::vector<PersonId> persons;
    for (const auto& id : arguments.operands()) persons.emplace_back(id);
    if (arguments.has("from")) {
        std::istringstream lines(read_all(arguments.text("from"), streams, bounds::list_bytes));
        for (std::string line; std::getline(lines, line);) {
            if (line.ends_with('\r')) line.pop_back();
            if (!line.empty()) persons.emplace_back(line);
        }
    }
    if (persons.empty())
        throw UsageError("no person is named",
                         "give PERSON, or --from FILE with an id in each line");
    return persons;
}

int run_erase(const Arguments& arguments, Streams& streams) {
    need_key(arguments);
    const auto officer = officer_of(arguments);
    const auto persons = persons_of(arguments, streams);
    const auto engine = open_engine(arguments, streams, StoreNeed::there_already);
    const auto answers = engine->administration().erase(
        persons, Actor::of(officer), arguments.text("reason"), CommandKey(arguments.text("key")));
    if (answers.size() == 1 && !answers.front())
        return report(arguments, streams, answers.front().refusal());
    Events erased;
    std::uint32_t last = 0;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const auto& answer = answers[i];
        if (answer) {
            erased.insert(erased.end(), answer->events.begin(), answer->events.end());
            last = number(answer->version);
            continue;
        }
        // Named by their position in the input: an identity does not belong in a log.
        streams.err << fmt::format("person {} is refused ({}): {}\n", i + 1,
                                   code_of(answer.refusal().code), answer.refusal().message);
    }
    const auto count = static_cast<std::uint32_t>(erased.size());
    if (!arguments.quiet()) print_journal(erased, last + 1 - count, arguments, streams, *engine);
    return count == answers.size() ? exit_done : exit_refused;
}

}  // namespace

Subcommand vault_keygen_command() {
    return {.name = "vault keygen",
            .summary = "Creates the key of a vault, in which a store keeps personal data.",
            .options = {{.name = "out",
                         .value = "FILE",
                         .meaning = "the file to create; must not exist",
                         .output = true},
                        {.name = "cipher",
                         .value = "CIPHER",
                         .meaning = "the cipher; else aes-256-gcm",
                         .choices = {"aes-256-gcm", "sm4"}}},
            .examples = {"workflow vault keygen --out hall.vault"},
            .note =
                "Keep the key separate from the store and its copies. If it is lost, the personal "
                "data of every case are lost; no proof is lost.",
            .run = run_vault_keygen};
}

Subcommand vault_rekey_command() {
    auto options = store_options();
    options.push_back({.name = "new-key",
                       .value = "FILE",
                       .meaning = "the new key of the vault, made by `vault keygen`"});
    auto key = request_key_option();
    key.meaning += "; the new key itself also identifies the request";
    options.push_back(std::move(key));
    return {.name = "vault rekey",
            .summary = "Re-encrypts the keys of all persons with a new vault key.",
            .options = std::move(options),
            .examples = {"workflow vault rekey --vault-key hall.vault --new-key next.vault \\\n"
                         "      --store hall.db"},
            .note =
                "Use it after erasing a person: older copies of the store open only with the old "
                "key, so destroy that key when no copy is needed any more.",
            .run = run_rekey};
}

Subcommand vault_cases_command() {
    return {.name = "vault cases",
            .summary = "Lists the cases that contain data of a person.",
            .operands = {person_operand},
            .options = store_options(),
            .formats = {"human", "json"},
            .examples = {"workflow vault cases 420600199001011001 --vault-key hall.vault \\\n"
                         "      --store hall.db"},
            .run = run_cases};
}

Subcommand vault_erase_command() {
    auto options = acting_store_options();
    options.insert(
        options.begin(),
        {{.name = "as", .value = "OFFICER", .meaning = "the supervisor who acts"},
         {.name = "reason", .value = "TEXT", .meaning = "the reason; must not name anybody"},
         {.name = "from",
          .value = "FILE",
          .meaning = "a file with further ids, one in each line; - is standard input"},
         request_key_option()});
    options.push_back(language_option());
    return {.name = "vault erase",
            .summary =
                "Destroys the keys of persons' data, so that nobody can read the data any "
                "more.",
            .operands = {person_operands},
            .options = std::move(options),
            .formats = {"human", "json"},
            .examples = {"workflow vault erase 420600199001011001 --as chief \\\n"
                         "      --reason 'the retention has ended' --vault-key hall.vault "
                         "--store hall.db"},
            .note =
                "This cannot be undone. It is refused while the person has a case that has not "
                "ended. The trail stays, and every proof still holds; the journal records the "
                "erasure under a number. Erasing many persons at once costs no more than erasing "
                "one. If some of several persons cannot be erased, the others are; those refused "
                "are reported by their position, and the exit code is 4.",
            .run = run_erase};
}

}  // namespace workflow::tools
