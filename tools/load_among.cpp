#include "load_among.hpp"

#include <algorithm>

#include <workflow/soundness.hpp>

#include "base/diagnostics.hpp"
#include "definition/loader.hpp"

namespace workflow::tools {

namespace {

std::size_t files_below(const std::filesystem::path& path) {
    if (!std::filesystem::is_directory(path)) return 1;
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path))
        count += definition::is_definition(entry.path()) || is_process_model(entry.path()) ? 1 : 0;
    return count;
}

/// What is said of a catalog because no item of it is as it should be. The same is said of one that
/// lacks the item in question altogether.
bool asks_for_an_item(const Diagnostic& finding) {
    static const auto named = [](std::string_view name) {
        return std::ranges::find(finding_kinds(), name, &FindingKind::name)->code;
    };
    static const std::string_view vacuous = named("vacuous-guarantee"),
                                  item = named("unknown-item");
    return finding.code == vacuous || finding.code == item;
}

}  // namespace

bool lies_in(const std::filesystem::path& path, const std::filesystem::path& folder) {
    std::error_code ignored;
    const auto inner = std::filesystem::weakly_canonical(path, ignored);
    const auto outer = std::filesystem::weakly_canonical(folder, ignored);
    const auto way = inner.lexically_relative(outer);
    return !way.empty() && *way.begin() != "..";
}

Catalog::Loaded load_among(const std::vector<std::filesystem::path>& paths,
                           const std::vector<std::string>& surroundings) {
    std::vector<std::filesystem::path> all(surroundings.begin(), surroundings.end());
    std::size_t files = 0;
    for (const auto& path : paths) {
        const bool there = std::ranges::any_of(
            surroundings, [&](const std::string& folder) { return lies_in(path, folder); });
        if (!there) all.push_back(path);
        files += files_below(path);
    }
    const auto in_paths = [&](const Span& span) {
        return std::ranges::any_of(paths,
                                   [&](const auto& path) { return lies_in(span.file, path); });
    };
    Catalog::Loaded loaded = Catalog::load(all);
    std::vector<Diagnostic> without;
    if (!std::ranges::all_of(loaded.diagnostics, [&](const auto& f) { return in_paths(f.span); })) {
        Sources sources;
        DiagnosticSink unread(sources);
        std::vector<Catalog::Text> rest;
        for (auto& text :
             definition::read_texts({surroundings.begin(), surroundings.end()}, sources, unread))
            if (!in_paths(Span{text.path}))
                rest.push_back({std::move(text.path), std::move(text.content)});
        without = Catalog::load(rest).diagnostics;
    }
    std::erase_if(loaded.diagnostics, [&](const Diagnostic& finding) {
        if (in_paths(finding.span) || asks_for_an_item(finding)) return false;
        const bool refers = std::ranges::any_of(
            finding.related, [&](const RelatedSpan& other) { return in_paths(other.span); });
        return !refers && std::ranges::find(without, finding) != without.end();
    });
    loaded.files = files;
    const auto count = [&](Severity severity) {
        return static_cast<std::size_t>(std::ranges::count(
            loaded.diagnostics, severity, [](const Diagnostic& f) { return f.severity; }));
    };
    loaded.errors = count(Severity::error);
    loaded.warnings = count(Severity::warning);
    loaded.catalog.reset();
    return loaded;
}

}  // namespace workflow::tools
