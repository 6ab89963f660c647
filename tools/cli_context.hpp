#pragma once

/// What most commands begin with: the catalog and the engine that the arguments name, and the
/// options by which they name them.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <workflow/engine.hpp>

#include "command.hpp"
#include "definition/organization.hpp"
#include "process/net.hpp"

namespace workflow::tools {

/// The definitions have errors, which are printed already (exit 1).
struct BrokenCatalog {};

std::vector<Option> catalog_options();
/// --store and those of the catalog.
std::vector<Option> store_options();
/// The same for commands by which something is done, with the secrets that need one.
std::vector<Option> acting_store_options();
/// The same for commands that make a store where there is none.
std::vector<Option> making_store_options();
/// The hash of a new store.
Option hash_option();
Option rating_secret_option();
/// Whose application it is, and how it came: of `open` and `demand`.
std::vector<Option> applicant_options();
/// The hall that --hall names, else the one where the officer of --as sits.
HallId hall_of(const Arguments& arguments, const Engine& engine);
/// --store, --catalog, --as, --key, --expect, --at: one action on one case. Others may follow.
std::vector<Option> action_options(bool by_applicant, std::vector<Option> more = {});
/// --key of a command: a name for the request.
Option request_key_option();
Option language_option();
/// Chinese or English titles, by --language, else by the locale.
std::string language_of(const Arguments& arguments, const Streams& streams);

/// Prints every error. Throws BrokenCatalog, or WorldError when there is nothing to load.
Catalog load_catalog(const Arguments& arguments, Streams& streams);
Catalog load_catalog(const std::vector<std::filesystem::path>& paths, const Arguments& arguments,
                     Streams& streams);
/// The paths that an option names, separated by colons in one value or in several.
std::vector<std::filesystem::path> paths_of(const Arguments& arguments, const std::string& option);

/// The compiled item; a usage error, with the nearest name, where the catalog has none.
std::shared_ptr<const process::Process> process_of(const Catalog& catalog, const ItemId& item);

/// `reading`: there already, opened without its lock, and never changed.
enum class StoreNeed { reading, there_already, made_when_missing };
/// The store that --store names. Throws UsageError without one, or with a name that is no file's,
/// WorldError when it is not there.
std::unique_ptr<Store> open_named_store(const Arguments& arguments, StoreNeed need);
std::unique_ptr<Engine> open_engine(const Arguments& arguments, Streams& streams, StoreNeed need);

LocalClock clock_of(const Engine& engine);
/// A status as options write it, without blanks (`not_accepted`), as the store has it.
std::string status_of(std::string word);

/// A command with key, expected version, claimed time and actor as the arguments say.
Command command_of(const Arguments& arguments, const Engine& engine, Action action,
                   const Actor& by_default);
/// Signs with the key that --sign-with names, as the officer's own machine would. What a signed
/// command must say and the arguments do not, is said here: a nonce, and the version that the case
/// has. Throws UsageError.
void sign_command(const Arguments& arguments, Streams& streams, Engine& engine,
                  const CaseNumber& number, Command& command);
/// Carries it out on the case (none: it opens one), signed where --sign-with names the officer's
/// key, and prints what came of it, as `report` does.
int carry_out(const Arguments& arguments, Streams& streams, Engine& engine,
              const CaseNumber& number, Action action, const Actor& by_default);
OfficerId officer_of(const Arguments& arguments);
TaskNumber task_number(const std::string& text);
std::optional<Instant> claimed_time(const Arguments& arguments, const LocalClock& clock);

FieldValues fields_of(const Arguments& arguments, const process::Process* process);
std::vector<MaterialReceipt> materials_of(const Arguments& arguments);
/// The process that the case runs on, as the catalog has it now; null when it has none.
std::shared_ptr<const process::Process> process_of_case(Engine& engine, const CaseNumber& number);

/// 32 bytes that nobody can guess.
Digest fresh_secret();

/// The whole of a file, or of standard input for `-`. Throws WorldError, also where it has more
/// than `most` bytes.
std::string read_all(const std::string& path, Streams& streams, std::size_t most);

/// Prints the events an action added, as far as the acting officer (or without --as the applicant)
/// may see them, or the refusal; gives the exit code.
int report(const Arguments& arguments, Streams& streams, Engine& engine,
           const Expected<Answer>& answer);
int report(const Arguments& arguments, Streams& streams, const Refusal& refusal);

}  // namespace workflow::tools
