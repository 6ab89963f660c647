#pragma once

/// A folder with a backlog and a script, and the standard item's hall to work it through.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>
#include <workflow/batch.hpp>

#include "base/render.hpp"
#include "support/catch.hpp"
#include "support/standard_item.hpp"

namespace workflow::testing {

struct Folder {
    std::filesystem::path path;
    Folder() {
        auto pattern = (std::filesystem::temp_directory_path() / "workflow-XXXXXX").string();
        path = mkdtemp(pattern.data());
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    [[nodiscard]] std::filesystem::path file(const std::string& name) const { return path / name; }
    std::filesystem::path write(const std::string& name, const std::string& text) const {
        std::ofstream(file(name), std::ios::binary) << text;
        return file(name);
    }
    [[nodiscard]] std::string read(const std::string& name) const {
        std::ostringstream text;
        text << std::ifstream(file(name), std::ios::binary).rdbuf();
        return text.str();
    }
};

/// Rows of the standard item: what the window finds, what the reviewer thinks, and the days.
inline constexpr const char* standard_script = R"(batch: backlog
input: {file: rows.csv, key: row}
open:
  item: social-card.replace-lost
  applicant: {person: =person}
  channel: web
  at: =received
  fields: {id_number: =id_number, loss_reported: =lost}
  materials: {photo: '=finding != "photo missing"'}
duties:
  intake:
    at: =if times = 0 then received else last
    outcomes:
      - {when: 'finding = "not ours"', outcome: decline, reason: other office}
      - {when: 'finding = "photo missing" and times = 0', outcome: supplement}
      - {otherwise: accept}
  review:
    at: =reviewed
    outcomes:
      - {when: 'verdict = "return" and times = 0', outcome: return, reason: unclear}
      - {when: 'verdict = "reject"', outcome: reject, reason: =remark}
      - {otherwise: approve}
  issue:
    outcomes: [{outcome: deliver, at: =reviewed}]
supply: {when: 'verdict != "never"', at: =reviewed, materials: {photo: provided}}
)";

inline constexpr const char* standard_header =
    "row,person,id_number,lost,received,reviewed,finding,verdict,remark\n";

/// One row, of the third of March 2026.
inline std::string standard_row(const std::string& key, const std::string& finding = "",
                                const std::string& verdict = "", const std::string& remark = "") {
    return key + ",p" + key + ",42060019900101" + key + ",true,2026-03-03T09:00,2026-03-04T10:30," +
           finding + "," + verdict + "," + remark + "\n";
}

class Desk {
public:
    explicit Desk(std::vector<Catalog::Text> texts = standard_texts(),
                  std::unique_ptr<Store> store = open_store(":memory:")) {
        auto loaded = Catalog::load(texts);
        for (const auto& finding : loaded.diagnostics) UNSCOPED_INFO(render(finding));
        REQUIRE(loaded.catalog);
        engine = std::make_unique<Engine>(*loaded.catalog, std::move(store));
    }

    Folder folder;
    std::unique_ptr<Engine> engine;

    /// Runs the script on the rows; both are written first.
    BatchReport run(const std::string& rows, const std::string& script = standard_script,
                    BatchOptions options = {}) {
        folder.write("rows.csv", standard_header + rows);
        return run_script(script, options);
    }
    BatchReport run_script(const std::string& script, const BatchOptions& options = {}) {
        auto outcome = run_batch(*engine, folder.write("script.yaml", script), options);
        if (const auto* mistakes = std::get_if<BatchMistakes>(&outcome))
            for (const auto& finding : mistakes->diagnostics) UNSCOPED_INFO(render(finding));
        REQUIRE(std::holds_alternative<BatchReport>(outcome));
        return std::get<BatchReport>(std::move(outcome));
    }
    /// The findings, each `line:column: message (hint)`.
    std::vector<std::string> mistakes(const std::string& script) {
        folder.write("rows.csv", standard_header + standard_row("01"));
        auto outcome = run_batch(*engine, folder.write("script.yaml", script));
        std::vector<std::string> texts;
        if (const auto* mistakes = std::get_if<BatchMistakes>(&outcome))
            for (const auto& finding : mistakes->diagnostics) {
                texts.push_back(std::to_string(finding.span.line) + ":" +
                                std::to_string(finding.span.column) + ": " + finding.message);
                if (!finding.hint.empty()) texts.back() += " (" + finding.hint + ")";
            }
        return texts;
    }
    [[nodiscard]] std::string rejected() const { return folder.read("script.rejected.csv"); }

    /// The case of the applicant; a CHECK fails when there is not exactly one.
    [[nodiscard]] CaseView case_of(const std::string& person) const {
        std::vector<CaseView> found;
        for (const auto& view : engine->reader().cases({}))
            if (const auto trail = engine->reader().trail(view.number))
                if (std::get<CaseOpened>(trail->front().what).applicant.person.text == person)
                    found.push_back(view);
        CHECK(found.size() == 1);
        return found.empty() ? CaseView() : found.front();
    }
};

/// The standard script with one text in place of another.
inline std::string with(const std::string& from, const std::string& to) {
    std::string script = standard_script;
    const auto at = script.find(from);
    REQUIRE(at != std::string::npos);
    return script.replace(at, from.size(), to);
}

}  // namespace workflow::testing
