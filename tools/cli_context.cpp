#include "cli_context.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <ostream>
#include <sstream>

#include <workflow/evidence.hpp>

#include "base/bounds.hpp"
#include "base/diagnostics.hpp"
#include "base/identity.hpp"
#include "base/render.hpp"
#include "base/text_file.hpp"
#include "crypto/cipher.hpp"
#include "crypto/digest.hpp"
#include "draw_files.hpp"
#include "paint.hpp"
#include "presentation/json/json.hpp"
#include "presentation/text/text.hpp"
#include "presentation/words/trail.hpp"
#include "rating_files.hpp"
#include "shell/catalog_access.hpp"
#include "vault_files.hpp"

namespace workflow::tools {

using presentation::dump;
using presentation::json_of;
using presentation::Table;
using presentation::TrailLine;
using presentation::TrailWords;
using presentation::value_of;

std::vector<Option> catalog_options() {
    return {{.name = "catalog",
             .value = "PATH",
             .meaning = "definition files and folders; separated by colons in the variable",
             .many = true,
             .environment = "WORKFLOW_CATALOG",
             .initial = "definitions"}};
}

std::vector<Option> store_options() {
    std::vector<Option> options{{.name = "store",
                                 .value = "STORE",
                                 .meaning = "the store of the cases: an SQLite file",
                                 .environment = "WORKFLOW_STORE"}};
    for (Option& option : catalog_options()) options.push_back(std::move(option));
    options.push_back(vault_key_option());
    return options;
}

Option rating_secret_option() {
    return {.name = "rating-secret",
            .value = "FILE",
            .meaning =
                "the secret from which rating tokens are derived; without it applicants are not "
                "asked to "
                "rate",
            .environment = "WORKFLOW_RATING_SECRET"};
}

std::vector<Option> applicant_options() {
    return {{.name = "applicant",
             .value = "PERSON",
             .meaning = "the applicant: the id of the person or enterprise"},
            {.name = "name", .value = "NAME", .meaning = "the applicant's name"},
            {.name = "kind",
             .value = "KIND",
             .meaning = "the kind of applicant",
             .choices = {"person", "enterprise"}},
            {.name = "channel",
             .value = "CHANNEL",
             .meaning = "the channel: window (default with --as), web (default without), mobile, "
                        "..."},
            {.name = "hall",
             .value = "HALL",
             .meaning = "the hall that received it; else the officer's hall"}};
}

HallId hall_of(const Arguments& arguments, const Engine& engine) {
    if (arguments.has("hall")) return HallId(arguments.text("hall"));
    if (!arguments.has("as")) return {};
    const auto catalog = engine.catalog();
    const auto* officer = compiled(catalog).organization().officer(officer_of(arguments));
    return officer != nullptr ? officer->hall : HallId();
}

std::vector<Option> acting_store_options() {
    auto options = store_options();
    options.push_back({.name = "draw-secret",
                       .value = "FILE",
                       .meaning = "a party's secret, for provable draws; separated by colons in "
                                  "the variable",
                       .many = true,
                       .environment = "WORKFLOW_DRAW_SECRETS"});
    options.push_back(rating_secret_option());
    options.push_back({.name = "wait",
                       .value = "SECONDS",
                       .meaning = "how long to wait for other programs that write to the store (0 "
                                  "to 3600; else 30)"});
    return options;
}

Option hash_option() {
    return {.name = "hash",
            .value = "NAME",
            .meaning = "the hash of the chains and the tree, if a store is created; else sha256",
            .choices = {"sha256", "sm3"}};
}

std::vector<Option> making_store_options() {
    auto options = acting_store_options();
    options.push_back(hash_option());
    return options;
}

Option request_key_option() {
    return {.name = "key",
            .value = "KEY",
            .meaning =
                "a name for this request; a repeated request changes nothing and gets the same "
                "answer"};
}

Option language_option() {
    return {.name = "language",
            .value = "LANGUAGE",
            .meaning = "the language of titles; else that of the locale",
            .choices = {"zh", "en"}};
}

std::vector<Option> action_options(bool by_applicant, std::vector<Option> more) {
    std::vector<Option> options{
        {.name = "as",
         .value = "OFFICER",
         .meaning = by_applicant ? "the officer who acts; without it, the applicant acts"
                                 : "the officer who acts"}};
    for (Option& option : more) options.push_back(std::move(option));
    options.push_back(request_key_option());
    options.push_back({.name = "expect",
                       .value = "VERSION",
                       .meaning = "refuse if the case is no longer at this version"});
    options.push_back({.name = "at",
                       .value = "TIME",
                       .meaning = "when the act happened, if entered later: "
                                  "2026-03-02T09:00[+08:00]"});
    options.push_back({.name = "sign-with",
                       .value = "FILE",
                       .meaning = "the officer's private key (PEM); signs the act"});
    for (Option& option : acting_store_options()) options.push_back(std::move(option));
    options.push_back(language_option());
    return options;
}

std::string language_of(const Arguments& arguments, const Streams& streams) {
    if (arguments.has("language")) return arguments.text("language");
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const auto value = streams.environment ? streams.environment(name) : std::nullopt;
        if (value) return value->starts_with("zh") ? "zh" : "en";
    }
    return "en";
}

std::shared_ptr<const process::Process> process_of(const Catalog& catalog, const ItemId& item) {
    if (auto process = compiled(catalog).process(item)) return process;
    std::vector<std::string> known;
    for (const ItemId& id : catalog.items()) known.push_back(id.text);
    const auto near = nearest(item.text, known);
    throw UsageError("the catalog has no item `" + item.text + "`",
                     near ? "did you mean `" + *near + "`?" : std::string());
}

std::vector<std::filesystem::path> paths_of(const Arguments& arguments, const std::string& option) {
    std::vector<std::filesystem::path> paths;
    for (const std::string& given : arguments.all(option)) {
        std::stringstream pieces(given);
        for (std::string piece; std::getline(pieces, piece, ':');) {
            if (!piece.empty()) paths.emplace_back(piece);
        }
    }
    return paths;
}

Catalog load_catalog(const Arguments& arguments, Streams& streams) {
    return load_catalog(paths_of(arguments, "catalog"), arguments, streams);
}

Catalog load_catalog(const std::vector<std::filesystem::path>& paths, const Arguments& arguments,
                     Streams& streams) {
    for (const auto& path : paths) {
        std::error_code ignored;
        if (!std::filesystem::exists(path, ignored)) {
            throw WorldError("no definitions at " + path.string() +
                             "; name them with --catalog PATH or WORKFLOW_CATALOG");
        }
    }
    Catalog::Loaded loaded = Catalog::load(paths);
    if (loaded.catalog) return std::move(*loaded.catalog);
    const auto paint = paint_of(arguments, streams, streams.err_terminal);
    for (const Diagnostic& finding : loaded.diagnostics) {
        if (finding.severity == Severity::error) streams.err << paint.rendered(finding) << '\n';
    }
    streams.err << fmt::format("the definitions have {} error{}; nothing was done\n", loaded.errors,
                               loaded.errors == 1 ? "" : "s");
    throw BrokenCatalog();
}

std::unique_ptr<Store> open_named_store(const Arguments& arguments, StoreNeed need) {
    const std::string address = arguments.text("store");
    if (address.empty()) {
        throw UsageError("the store is missing", "give --store FILE, or set WORKFLOW_STORE");
    }
    if (address.starts_with("postgresql://") || address.starts_with("postgres://")) {
        throw WorldError("this program was built without PostgreSQL; --store takes a file");
    }
    if (address == ":memory:") {
        throw UsageError("a store in `:memory:` would be lost when the command ends",
                         "give a file; ./:memory: is one");
    }
    std::error_code ignored;
    if (need != StoreNeed::made_when_missing && !std::filesystem::exists(address, ignored)) {
        throw WorldError("no store at " + address +
                         "; `workflow open`, `batch` and `import` make one");
    }
    StoreOptions options{.create = need == StoreNeed::made_when_missing,
                         .made_by = parse_hashing(arguments.text("hash")),
                         .read_only = need == StoreNeed::reading};
    if (arguments.has("wait"))
        options.wait = std::chrono::seconds(arguments.whole("wait", 0, 3600));
    return open_store(address, options);
}

std::unique_ptr<Engine> open_engine(const Arguments& arguments, Streams& streams, StoreNeed need) {
    std::unique_ptr<Store> store = open_named_store(arguments, need);
    Engine::Options options;
    if (streams.clock) options.clock = streams.clock;
    options.draw_shares = draw_shares_of(arguments);
    options.rating_secret = rating_secret_of(arguments);
    options.vault = vault_key_of(arguments);
    return std::make_unique<Engine>(load_catalog(arguments, streams), std::move(store), options);
}

std::string status_of(std::string word) {
    std::ranges::replace(word, '_', ' ');
    return word;
}

LocalClock clock_of(const Engine& engine) {
    return compiled(engine.catalog()).organization().clock;
}

namespace {

/// Converts the value for the engine; a value that it refuses is passed on unchanged, so that the
/// engine reports the reason.
OfficerId officer_named(std::string text) {
    (void)normalize(TextKind::officer, {}, text);
    return OfficerId(std::move(text));
}

}  // namespace

OfficerId officer_of(const Arguments& arguments) {
    if (!arguments.has("as")) {
        throw UsageError("the acting officer is missing", "give --as OFFICER");
    }
    return officer_named(arguments.text("as"));
}

namespace {

std::uint32_t whole_number(const std::string& text, const std::string& what) {
    std::size_t used = 0;
    unsigned long number = 0;
    try {
        number = std::stoul(text, &used);
    } catch (const std::exception&) {
        used = 0;
    }
    if (used == 0 || used != text.size() || text.front() == '-' || number > 0xffffffffUL) {
        throw UsageError(what + " must be a whole number, not `" + text + "`");
    }
    return static_cast<std::uint32_t>(number);
}

}  // namespace

TaskNumber task_number(const std::string& text) {
    return TaskNumber(whole_number(text, "TASK"));
}

std::optional<Instant> claimed_time(const Arguments& arguments, const LocalClock& clock) {
    if (!arguments.has("at")) return std::nullopt;
    const std::string text = arguments.text("at");
    auto instant = read_instant(text, clock);
    if (!instant && text.size() == 16) instant = read_instant(text + ":00", clock);
    if (!instant) {
        throw UsageError("`--at " + text + "` is not a time", "write 2026-03-02T09:00:00+08:00");
    }
    return instant;
}

Command command_of(const Arguments& arguments, const Engine& engine, Action action,
                   const Actor& by_default) {
    Command command;
    command.action = std::move(action);
    command.actor = arguments.has("as") ? Actor::of(officer_of(arguments)) : by_default;
    command.key = CommandKey(arguments.text("key"));
    if (arguments.has("expect")) {
        command.expected = Version(whole_number(arguments.text("expect"), "--expect"));
    }
    command.happened = claimed_time(arguments, clock_of(engine));
    return command;
}

void sign_command(const Arguments& arguments, Streams& streams, Engine& engine,
                  const CaseNumber& number, Command& command) {
    if (command.key.empty())
        command.key = CommandKey("signed-" + hex(fresh_secret()).substr(0, 32));
    if (!command.expected && !number.empty())
        if (const auto detail = engine.reader().show(number))
            command.expected = detail->view.version;
    const auto text = engine.text_to_sign(number, command);
    if (!text) return;  // there is no such case or item: the engine says so
    try {
        const auto signer =
            pem_signer(command.actor.officer.text,
                       read_all(arguments.text("sign-with"), streams, bounds::key_bytes));
        command.signature = signer.sign(*text);
    } catch (const EvidenceError& error) {
        throw UsageError(error.what());
    }
}

int carry_out(const Arguments& arguments, Streams& streams, Engine& engine,
              const CaseNumber& number, Action action, const Actor& by_default) {
    auto command = command_of(arguments, engine, std::move(action), by_default);
    if (arguments.has("sign-with")) {
        if (command.actor.kind != Actor::Kind::officer)
            throw UsageError("`--sign-with` signs the act of an officer", "give --as OFFICER");
        sign_command(arguments, streams, engine, number, command);
    }
    return report(arguments, streams, engine, engine.perform(number, command));
}

FieldValues fields_of(const Arguments& arguments, const process::Process* process) {
    FieldValues fields;
    for (const std::string& given : arguments.all("field")) {
        const std::size_t equals = given.find('=');
        if (equals == std::string::npos || equals == 0) {
            throw UsageError("`--field " + given + "` has no value", "write --field NAME=VALUE");
        }
        const FieldId id(given.substr(0, equals));
        std::optional<definition::FieldType> type;
        if (process != nullptr) {
            for (const auto& field : process->fields) {
                if (field.id == id) type = field.type;
            }
        }
        fields.emplace_back(id, value_of(given.substr(equals + 1), type));
    }
    return fields;
}

std::vector<MaterialReceipt> materials_of(const Arguments& arguments) {
    std::vector<MaterialReceipt> materials;
    for (const std::string& given : arguments.all("material")) {
        const std::size_t equals = given.find('=');
        const std::string form =
            equals == std::string::npos ? "provided" : given.substr(equals + 1);
        if (form != "provided" && form != "committed") {
            throw UsageError("`--material " + given + "`: a material is `provided` or `committed`");
        }
        materials.push_back({MaterialId(given.substr(0, equals)), form == "committed"
                                                                      ? MaterialForm::committed
                                                                      : MaterialForm::provided});
    }
    return materials;
}

std::shared_ptr<const process::Process> process_of_case(Engine& engine, const CaseNumber& number) {
    const auto detail = engine.reader().show(number);
    return detail ? compiled(engine.catalog()).process(detail->view.item) : nullptr;
}

Digest fresh_secret() {
    return workflow::fresh_secret(system_entropy());
}

std::string read_all(const std::string& path, Streams& streams, std::size_t most) {
    std::optional<std::string> text;
    if (path == "-")
        text = read_text(streams.in, most);
    else if (!std::filesystem::is_directory(path))
        text = read_text_file(path, most);
    if (!text) throw WorldError("cannot read " + path);
    if (text->size() > most)
        throw WorldError(fmt::format("{} is larger than the {} bytes that are read of such a file",
                                     path == "-" ? "standard input" : path, most));
    return std::move(*text);
}

int report(const Arguments& arguments, Streams& streams, Engine& engine,
           const Expected<Answer>& answer) {
    if (!answer) return report(arguments, streams, answer.refusal());
    const LocalClock clock = clock_of(engine);
    const auto shown = arguments.has("as")
                           ? engine.reader().seen_by(officer_of(arguments)).answer(*answer)
                           : engine.reader().seen_by_applicant({}).answer(*answer);
    if (arguments.json()) {
        streams.out << dump(json_of(shown, clock), 2) << '\n';
        return exit_done;
    }
    if (arguments.quiet()) {
        streams.out << shown.number.text << '\n';
        return exit_done;
    }
    streams.out << fmt::format("{}  version {}{}\n", shown.number.text, number(shown.version),
                               shown.repeated ? "  (answered before; nothing has changed)" : "");
    for (const auto& opened : shown.opened)
        streams.out << fmt::format("{}  opened as a follow-up\n", opened.text);
    TrailWords words(engine.catalog(), language_of(arguments, streams), false);
    Table table(streams.out, paint_of(arguments, streams, streams.out_terminal),
                {{"when"}, {"who"}, {"due"}, {"what"}});
    // The words of a late event need the earlier ones (which step a task number stands for).
    const std::size_t before = number(answer->version) - answer->events.size();
    const auto trail = engine.reader().trail(answer->number);
    for (std::size_t i = 0; trail && i < trail->size() && i < before; ++i) words.tell((*trail)[i]);
    for (const auto& event : shown.events) {
        const TrailLine line = words.tell(event);
        table.add({line.when, line.who, line.due, line.what});
    }
    table.flush();
    return exit_done;
}

int report(const Arguments& arguments, Streams& streams, const Refusal& refusal) {
    if (arguments.json()) {
        streams.out << dump(json_of(refusal), 2) << '\n';
    }
    const auto paint = paint_of(arguments, streams, streams.err_terminal);
    streams.err << paint.red(fmt::format("refused ({})", code_of(refusal.code))) << ": "
                << refusal.message;
    if (refusal.code == RefusalCode::stale_version) {
        streams.err << fmt::format(" (the case is at version {})", number(refusal.current));
    }
    streams.err << '\n';
    return exit_refused;
}

}  // namespace workflow::tools
