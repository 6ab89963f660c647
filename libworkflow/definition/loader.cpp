#include "loader.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <sstream>
#include <system_error>

#include <fmt/format.h>

#include "../base/bounds.hpp"
#include "../base/text_file.hpp"
#include "../decision/xml_reader.hpp"
#include "decisions.hpp"
#include "item_parts.hpp"
#include "readers.hpp"

namespace workflow::definition {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> kinds{"item",     "process", "organization",
                                                "calendar", "catalog", "decision"};
constexpr std::array<std::string_view, 3> other_kinds{"batch", "package", "scenarios"};

template <std::size_t N>
bool among(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_model(const fs::path& path) {
    return ending_of(path) == ".dmn";
}

std::size_t largest(const fs::path& path) {
    return is_model(path) ? bounds::xml_bytes : bounds::yaml_bytes;
}

void unreadable(const fs::path& path, const std::string& why, Sources& sources,
                DiagnosticSink& findings) {
    const std::uint32_t source = sources.add(Source(path.string(), ""));
    findings.add("unreadable-file", {source, 0, 0},
                 fmt::format("the file or folder cannot be read: {}", why));
}

/// The tree of a text and its kind according to the first key.
struct Tree {
    std::uint32_t source = 0;
    std::string_view kind;
    YamlNode node;
};

/// Returns the kind of a file; no value, with a finding, if there is none.
std::optional<std::string_view> kind_of(const YamlNode& node, DiagnosticSink& findings) {
    if (node.kind != YamlNode::Kind::mapping || node.entries.empty()) {
        findings.add("wrong-type", node.mark, "a definition must be a mapping with keys",
                     "begin with the key that names the kind of file: `item: NAME`");
        return std::nullopt;
    }
    const YamlNode::Entry& first = node.entries.front();
    for (const std::string_view kind : kinds) {
        if (first.key == kind) return kind;
    }
    if (among(other_kinds, first.key)) {
        findings.add(
            "kind-not-read", first.key_mark,
            fmt::format(
                "a `{}` file is not a definition of an item, process, organization or calendar",
                first.key),
            first.key == "batch" ? "run it with `workflow batch`"
                                 : "leave it out: this version does not read files of this kind");
        return std::nullopt;
    }
    std::string hint;
    for (const std::string_view kind : kinds) {
        if (node.find(kind)) hint = fmt::format("move `{}` to the first line", kind);
    }
    if (hint.empty())
        hint =
            suggestion(first.key, std::vector<std::string>(kinds.begin(), kinds.end()), findings);
    if (hint.empty()) hint = fmt::format("begin with one of: {}", fmt::join(kinds, ", "));
    findings.add("unknown-kind", first.key_mark,
                 fmt::format("`{}` is not a kind of file", shortened(first.key)), hint);
    return std::nullopt;
}

/// The names that are already used, with the place of the first use.
class Taken {
public:
    explicit Taken(DiagnosticSink& findings) : findings_(findings) {}

    bool take(std::string_view kind, const std::string& name, Mark mark) {
        const auto [first, fresh] =
            names_.try_emplace(fmt::format("the {} `{}`", kind, name), mark);
        if (fresh) return true;
        auto& finding =
            findings_.add("defined-twice", mark, fmt::format("{} is defined twice", first->first),
                          "rename or delete one");
        findings_.relate(finding, first->second, "first defined here");
        return false;
    }

private:
    DiagnosticSink& findings_;
    std::map<std::string, Mark> names_;
};

/// Returns the value of the key that names the definition, if it is a text.
const YamlNode* name_of(const Tree& tree) {
    const YamlNode& value = tree.node.entries.front().value;
    return value.kind == YamlNode::Kind::scalar && !value.empty() ? &value : nullptr;
}

/// Returns the trees of the YAML texts. Models are passed directly to the decisions.
std::vector<Tree> read_trees(const std::vector<Text>& texts, Sources& sources, Decisions& decisions,
                             DiagnosticSink& findings) {
    std::vector<Tree> trees;
    for (const Text& text : texts) {
        const auto limit = largest(text.path);
        if (text.content.size() > limit) {
            // The lines are not counted either: fifty megabytes of line breaks would need a large
            // table.
            const std::uint32_t source = sources.add(Source(text.path, ""));
            findings.add("too-large", {source, 0, 0},
                         fmt::format("the text is larger than the maximum of {} bytes", limit),
                         "split it: one definition per file");
            continue;
        }
        const std::uint32_t source = sources.add(Source(text.path, text.content));
        if (is_model(text.path)) {
            if (auto model = decision::read_xml(sources, source, findings))
                decisions.add(std::move(*model), source);
            continue;
        }
        auto node = read_yaml(sources, source, findings);
        if (!node) continue;
        if (const auto kind = kind_of(*node, findings))
            trees.push_back({source, *kind, std::move(*node)});
    }
    return trees;
}

class Loading {
public:
    Loading(const std::vector<Text>& texts, Sources& sources, DiagnosticSink& findings)
        : trees_(read_trees(texts, sources, decisions_, findings)),
          sources_(sources),
          findings_(findings),
          taken_(findings),
          processes_(findings) {}

    Definitions run() {
        for (Tree& tree : trees_) {
            if (tree.kind == "calendar") load_calendar(tree);
            if (tree.kind == "catalog") load_catalog(tree);
            if (tree.kind == "organization") load_organization(tree);
            if (tree.kind == "process") load_process(tree);
            if (tree.kind == "decision") load_decision(tree);
        }
        decisions_.compile(findings_);
        result_.decisions = decisions_.program();
        References references{processes_, decisions_,
                              organization_known_ ? &*result_.organization : nullptr,
                              calendar_names()};
        check_catalog_calendar(references);
        for (const Tree& tree : trees_) {
            if (tree.kind == "item") load_item(tree, references);
        }
        const auto unused = processes_.unused();
        processes_.resolve_rest();
        for (const ProcessFile* file : unused)
            if (const auto* resolved = processes_.resolve(file->id, file->id_mark))
                check_unused_process(*file, *resolved, references, findings_);
        for (const ProcessFile& file : copies_)
            if (const auto resolved = processes_.resolve_copy(file))
                check_unused_process(file, *resolved, references, findings_);
        std::stable_sort(result_.items.begin(), result_.items.end(),
                         [](const Item& a, const Item& b) { return a.id < b.id; });
        return std::move(result_);
    }

private:
    void load_calendar(const Tree& tree) {
        auto calendar = read_calendar(tree.node, findings_);
        if (const auto* name = name_of(tree)) calendars_.push_back(name->text);
        if (!calendar) return;
        auto& loaded = result_.calendars;
        const auto other = std::find_if(loaded.begin(), loaded.end(), [&](const Calendar& one) {
            return one.id == calendar->id && one.notice.year == calendar->notice.year;
        });
        if (other == loaded.end())
            loaded.push_back(std::move(*calendar));
        else
            supersede(*other, std::move(*calendar));
    }

    /// Of two notices for one year the later one applies, because a second notice may extend
    /// holidays, as in early 2020.
    void supersede(Calendar& held, Calendar other) {
        const auto name = fmt::format("{} {}", held.id.text, held.notice.year);
        const bool dated = held.issued.has_value() == other.issued.has_value();
        if (!dated || (held.issued == other.issued && held.revision == other.revision)) {
            auto& finding = findings_.add(
                "defined-twice", other.mark,
                fmt::format("the calendar `{}` is defined twice", name),
                dated
                    ? "delete one; if one is a later notice, state that with `issued` or `revision`"
                    : "add `issued` to both: the later notice takes precedence");
            findings_.relate(finding, held.mark, "first defined here");
            return;
        }
        const auto later = [](const Calendar& a, const Calendar& b) {
            return std::pair(a.issued, a.revision) > std::pair(b.issued, b.revision);
        };
        if (later(other, held)) std::swap(held, other);
        auto& finding = findings_.add(
            "superseded-notice", other.mark,
            fmt::format("a later notice replaces this one for the calendar `{}`", name));
        findings_.relate(finding, held.mark, "the later notice");
    }

    void load_catalog(const Tree& tree) {
        catalog_seen_ = true;
        auto catalog = read_catalog(tree.node, findings_);
        if (!catalog) return;
        if (taken_.take("catalog", "of this load", tree.node.entries.front().value.mark))
            result_.catalog = std::move(*catalog);
    }

    void load_organization(const Tree& tree) {
        const YamlNode& name = tree.node.entries.front().value;
        if (organization_mark_) {
            auto& finding =
                findings_.add("several-organizations", name.mark,
                              "there is more than one organization", "load one at a time");
            findings_.relate(finding, *organization_mark_, "the first");
            read_organization(tree.node, tree.source, sources_, findings_);
            return;
        }
        organization_mark_ = name.mark;
        result_.organization = read_organization(tree.node, tree.source, sources_, findings_);
        // If the organization has errors, every post would seem unknown.
        organization_known_ = result_.organization.has_value();
    }

    void load_process(Tree& tree) {
        const auto* name = name_of(tree);
        const auto id = name ? read_id(*name, "the name of a process", findings_) : std::nullopt;
        if (!id) {
            const Form form(tree.node, "process", findings_);
            return;
        }
        ProcessFile file{*id, name->mark, tree.source, {}};
        const bool first = taken_.take("process", *id, name->mark);
        file.tree = std::move(tree.node);
        if (first)
            processes_.add(std::move(file));
        else
            copies_.push_back(std::move(file));
    }

    void load_decision(const Tree& tree) {
        const auto* name = name_of(tree);
        auto file = read_decision(tree.node, findings_);
        if (!file) {
            if (name) decisions_.add_broken(name->text);
        } else if (taken_.take("decision", file->element.id, file->element.mark)) {
            decisions_.add(std::move(*file), tree.source);
        }
    }

    void load_item(const Tree& tree, References& references) {
        if (const auto* name = name_of(tree)) taken_.take("item", name->text, name->mark);
        const std::size_t errors = findings_.errors();
        auto item = read_item(tree.node, tree.source, sources_, references, findings_);
        if (!item) return;
        if (references.organization) check_separation(*item, *references.organization, findings_);
        // A second file with the same name is read as well: the duplication must not hide its other
        // errors.
        if (findings_.errors() == errors) result_.items.push_back(std::move(*item));
    }

    [[nodiscard]] std::optional<std::vector<std::string>> calendar_names() const {
        if (calendars_.empty() && !catalog_seen_) return std::nullopt;
        return calendars_;
    }

    void check_catalog_calendar(const References& references) {
        if (result_.catalog &&
            !check_calendar_names(result_.catalog->calendars, references, findings_))
            result_.catalog.reset();
    }

    Decisions decisions_;
    std::vector<Tree> trees_;
    Sources& sources_;
    DiagnosticSink& findings_;
    Taken taken_;
    Processes processes_;
    /// second files with the same name, read only for their errors
    std::vector<ProcessFile> copies_;
    Definitions result_;
    std::vector<std::string> calendars_;
    std::optional<Mark> organization_mark_;
    bool organization_known_ = false, catalog_seen_ = false;
};

}  // namespace

bool is_definition(const fs::path& path) {
    const auto ending = ending_of(path);
    return ending == ".yaml" || ending == ".yml" || ending == ".dmn";
}

std::vector<Text> read_texts(const std::vector<fs::path>& paths, Sources& sources,
                             DiagnosticSink& findings) {
    std::vector<Text> texts;
    const auto read = [&](const fs::path& path) {
        if (texts.size() == bounds::definition_files) {
            unreadable(path, fmt::format("more than {} files are given", bounds::definition_files),
                       sources, findings);
            return;
        }
        auto content = read_text_file(path, largest(path));
        if (content)
            texts.push_back({path.string(), std::move(*content)});
        else
            unreadable(path, "this is not a readable file", sources, findings);
    };
    for (const fs::path& path : paths) {
        std::error_code problem;
        if (!fs::is_directory(path, problem)) {
            if (!fs::exists(path, problem))
                unreadable(path, "there is no such file or folder", sources, findings);
            else
                read(path);
            continue;
        }
        std::vector<fs::path> found;
        for (auto entry = fs::recursive_directory_iterator(path, problem);
             !problem && entry != fs::recursive_directory_iterator(); entry.increment(problem)) {
            std::error_code ignored;
            if (entry->is_regular_file(ignored) && is_definition(entry->path()))
                found.push_back(entry->path());
        }
        if (problem) unreadable(path, problem.message(), sources, findings);
        std::sort(found.begin(), found.end());
        for (const fs::path& file : found) read(file);
    }
    return texts;
}

Definitions load(const std::vector<Text>& texts, Sources& sources, DiagnosticSink& findings) {
    return Loading(texts, sources, findings).run();
}

}  // namespace workflow::definition
