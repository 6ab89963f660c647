#pragma once

/// What a command writes into a file that its command line names.

#include <functional>
#include <iosfwd>
#include <string>

#include "batch/csv.hpp"
#include "command.hpp"
#include "store/output_file.hpp"

namespace workflow::tools {

/// What the option's file may not be: everything else that the command line and the environment
/// name. The option must say that it is an output.
OutputRules output_rules(const Arguments& arguments, const std::string& option);

/// Refuses what the option names before the command begins its work; nothing is written. `-` and
/// an option that was not given are standard output.
void check_output(const Arguments& arguments, const std::string& option);

/// Whether the option names no file, so that standard output is meant.
bool goes_to_standard_output(const Arguments& arguments, const std::string& option);

enum class Holds { nothing_personal, personal_data };

/// Writes a document to the file that the option names, whole or not at all, or to standard output.
/// A signal that ends the program takes the unfinished file away.
void write_document(const Arguments& arguments, Streams& streams, const std::string& option,
                    Holds holds, const std::function<void(std::ostream&)>& write);

/// The same for a writer that takes the name of a file, which is there and empty.
void write_file(const Arguments& arguments, const std::string& option, Holds holds,
                const std::function<void(const std::filesystem::path&)>& write);

/// Of commands that print CSV: cells as they are, for machines.
Option raw_option();
batch::Formulas formulas_of(const Arguments& arguments);

/// Where bytes go that a machine reads: standard output as it is, unless it is a terminal.
std::ostream& document_of(Streams& streams);

}  // namespace workflow::tools
