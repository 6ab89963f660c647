#include "fix_files.hpp"

#include <algorithm>

#include <workflow/catalog.hpp>

#include "base/source.hpp"
#include "command.hpp"
#include "definition/loader.hpp"
#include "load_among.hpp"
#include "store/output_file.hpp"

namespace workflow::tools {
namespace {

void write_whole(const std::filesystem::path& path, const std::string& content) {
    // A link stays a link: its target is replaced, wherever it is.
    std::error_code failed;
    const auto target = std::filesystem::canonical(path, failed);
    if (failed) throw WorldError("cannot write " + path.string() + ": " + failed.message());
    write_output(target, {.may_replace = Content::definition}, content);
}

}  // namespace

std::vector<presentation::AppliedFix> apply_fixes(const std::vector<std::filesystem::path>& paths,
                                                  const std::vector<std::filesystem::path>& among) {
    auto all = among;
    for (const auto& path : paths)
        if (std::none_of(among.begin(), among.end(),
                         [&](const auto& folder) { return lies_in(path, folder); }))
            all.push_back(path);
    Sources sources;
    DiagnosticSink unread(sources);
    std::vector<Catalog::Text> texts;
    for (auto& text : definition::read_texts(all, sources, unread))
        texts.push_back({std::move(text.path), std::move(text.content)});
    auto fixed = texts;
    auto done = presentation::fix(fixed, [&](const std::string& file) {
        return std::any_of(paths.begin(), paths.end(),
                           [&](const auto& path) { return lies_in(file, path); });
    });
    for (std::size_t i = 0; i < texts.size(); ++i)
        if (fixed[i].content != texts[i].content) write_whole(texts[i].path, fixed[i].content);
    return done;
}

}  // namespace workflow::tools
