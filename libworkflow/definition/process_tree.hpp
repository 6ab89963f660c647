#pragma once

/// Processes as trees. Inheritance between processes and the changes of an item are resolved before
/// any step is read, so that every node keeps the line on which its author wrote it.

#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "readers.hpp"

namespace workflow::definition {

/// A `process:` file.
struct ProcessFile {
    std::string id;
    Mark id_mark;
    std::uint32_t source = 0;
    YamlNode tree;
};

struct Parameter {
    enum class Type : std::uint8_t { duration, text, number, post, seal, boolean };
    std::string name;
    Type type = Type::text;
    const YamlNode* initial = nullptr;  ///< in the resolved tree
    Mark mark;
};

/// `start`, `steps`, `on`, `separated` and `parameters` of a process, including all processes that
/// it is based on.
struct ResolvedProcess {
    YamlNode tree;
    /// its own text, then those of the processes that it is based on
    std::vector<std::uint32_t> sources;
};

/// All processes of a load. Processes are resolved on first use.
class Processes {
public:
    explicit Processes(DiagnosticSink& findings) : findings_(&findings) {}

    void add(ProcessFile file);
    /// Returns the resolved process. Returns nullptr if the process cannot be resolved, with a
    /// finding at `mark` or in the process.
    const ResolvedProcess* resolve(const std::string& id, Mark mark);
    /// Resolves a second file with a name that is already used, in order to report its errors.
    std::optional<ResolvedProcess> resolve_copy(const ProcessFile& file) { return build(file); }
    /// Resolves the processes that were not requested, in order to report their errors: a cycle of
    /// processes has no user.
    void resolve_rest();
    /// Returns the processes that neither an item nor a process builds on.
    [[nodiscard]] std::vector<const ProcessFile*> unused() const;

private:
    struct Entry {
        ProcessFile file;
        std::optional<ResolvedProcess> resolved;
        bool done = false, open = false, used = false;
    };
    std::optional<ResolvedProcess> build(const ProcessFile& file);
    const ResolvedProcess* resolve_base(const std::string& id, Mark mark);

    std::map<std::string, Entry> entries_;
    int depth_ = 0;
    DiagnosticSink* findings_;
};

/// Adds the guarantees of `tree` to those of `over`: guarantees are accumulated, not replaced.
void keep_guarantees(const YamlNode& tree, YamlNode& over);

/// Merges `over` into `tree`: mappings key by key, all other values are replaced; `~` removes a
/// key. If `over` gives `post`, an inherited `pool` is removed, and the reverse.
void overlay(YamlNode& tree, const YamlNode& over, DiagnosticSink& findings);

/// Returns the declared parameters of a resolved process and checks their defaults.
std::vector<Parameter> read_parameters(const YamlNode& tree, DiagnosticSink& findings);

/// Replaces each plain `=name` in `tree` by the value that `with` gives (nullptr: none), or by the
/// default. `user` is the place that uses the process; missing values are reported there. With
/// `abstract`, parameters without a value stay unchanged.
void fill_parameters(YamlNode& tree, const std::vector<Parameter>& parameters, const YamlNode* with,
                     Mark user, DiagnosticSink& findings, bool abstract = false);

}  // namespace workflow::definition
