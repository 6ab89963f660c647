#pragma once

/// Processes as trees: what one takes over from another, and what an item changes, is settled
/// before any step is read, so every node still knows the line its author wrote.

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

/// `start`, `steps`, `on`, `separated` and `parameters` of a process with all it is based on.
struct ResolvedProcess {
    YamlNode tree;
    std::vector<std::uint32_t> sources;  ///< its own text, then those it is based on
};

/// All processes of a load. Processes are resolved when first asked for.
class Processes {
public:
    explicit Processes(DiagnosticSink& findings) : findings_(&findings) {}

    void add(ProcessFile file);
    /// The resolved process; nothing, with a finding at `mark` or in the process, when it cannot
    /// be.
    const ResolvedProcess* resolve(const std::string& id, Mark mark);
    /// The same of a second file of a name that is taken, for its mistakes.
    std::optional<ResolvedProcess> resolve_copy(const ProcessFile& file) { return build(file); }
    /// Resolves what nobody has asked for, for its mistakes: a circle of processes has no user.
    void resolve_rest();
    /// Those that neither an item nor a process builds on.
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

/// What `tree` guarantees, `over` guarantees as well: they are added up, not laid over each other.
void keep_guarantees(const YamlNode& tree, YamlNode& over);

/// Lays `over` on `tree`: mappings key by key, all else replaced; `~` removes a key. Where `over`
/// gives `post`, an inherited `pool` goes, and the reverse.
void overlay(YamlNode& tree, const YamlNode& over, DiagnosticSink& findings);

/// The declared parameters of a resolved process; defaults are checked.
std::vector<Parameter> read_parameters(const YamlNode& tree, DiagnosticSink& findings);

/// Replaces each plain `=name` in `tree` by the value that `with` gives (nullptr: none) or the
/// default. `user`: where the process is used, for what it leaves out. With `abstract`, parameters
/// without a value stay as they are.
void fill_parameters(YamlNode& tree, const std::vector<Parameter>& parameters, const YamlNode* with,
                     Mark user, DiagnosticSink& findings, bool abstract = false);

}  // namespace workflow::definition
