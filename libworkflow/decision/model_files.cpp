#include "model_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "../base/bounds.hpp"
#include "../base/text_file.hpp"
#include "xml_nodes.hpp"
#include "xml_reader.hpp"

namespace workflow::decision {
namespace {

namespace fs = std::filesystem;

class Reading {
public:
    Reading(Sources& sources, DiagnosticSink& findings) : sources_(sources), findings_(findings) {}

    void read(const fs::path& path) {
        auto content = read_text_file(path, largest_model);
        const auto source =
            sources_.add(Source(path.string(), content ? std::move(*content) : std::string()));
        if (!content) {
            findings_.add("unreadable-file", {source, 0, 0}, "it cannot be read");
            return;
        }
        auto model = read_xml(sources_, source, findings_);
        if (!model) return;
        begun_.push_back(model->space);
        for (const auto& import : model->imports)
            if (std::find(begun_.begin(), begun_.end(), import.space) == begun_.end())
                if (const auto file = file_of(import, path.parent_path())) read(*file);
        models_.push_back(std::move(*model));
    }

    std::vector<Model> take() { return std::move(models_); }

private:
    /// Returns the file of an imported model; no value if it is not found, which compilation
    /// reports.
    std::optional<fs::path> file_of(const Import& import, const fs::path& folder) {
        std::error_code ignored;
        if (!import.location.empty() && fs::is_regular_file(folder / import.location, ignored))
            return folder / import.location;
        const auto& spaces = spaces_in(folder.empty() ? "." : folder);
        const auto found = spaces.find(import.space);
        return found == spaces.end() ? std::nullopt : std::optional(found->second);
    }

    /// Returns the models of a folder by their namespaces; of several with one namespace, the
    /// first.
    const std::map<std::string, fs::path>& spaces_in(const fs::path& folder) {
        const auto [known, fresh] = spaces_.try_emplace(folder);
        if (!fresh) return known->second;
        std::error_code ignored;
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(folder, ignored))
            if (ending_of(entry.path()) == ".dmn" && files.size() < bounds::definition_files)
                files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        for (const auto& file : files) known->second.try_emplace(space_of(file), file);
        return known->second;
    }

    static std::string space_of(const fs::path& file) {
        const auto content = read_text_file(file, largest_model);
        pugi::xml_document document;
        if (!content || !document.load_buffer(content->data(), content->size())) return {};
        return document.document_element().attribute("namespace").value();
    }

    Sources& sources_;
    DiagnosticSink& findings_;
    std::vector<Model> models_;
    std::vector<std::string> begun_;
    std::map<fs::path, std::map<std::string, fs::path>> spaces_;
};

}  // namespace

std::vector<Model> read_models(const fs::path& file, Sources& sources, DiagnosticSink& findings) {
    Reading reading(sources, findings);
    reading.read(file);
    return reading.take();
}

}  // namespace workflow::decision
