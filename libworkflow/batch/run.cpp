#include <algorithm>
#include <chrono>
#include <fstream>
#include <future>

#include <fmt/format.h>

#include <workflow/batch.hpp>

#include "../definition/organization.hpp"
#include "../feel/temporal.hpp"
#include "csv.hpp"
#include "work.hpp"

namespace workflow {
namespace batch {
namespace {

/// Undoes a dry run's unit of work.
struct UndoDryRun {};

/// The refused rows, written beside their final place and put there at the end: a run that is
/// killed leaves the last complete file.
class RejectedFile {
public:
    RejectedFile(std::filesystem::path path, const std::vector<std::string>& columns)
        : path_(std::move(path)), part_(path_.string() + ".part"), out_(part_, std::ios::binary) {
        if (!out_) throw std::runtime_error(fmt::format("{} cannot be written", part_.string()));
        out_ << "key,line,case,step,rule,reason";
        for (const auto& column : columns) out_ << ',' << csv_field(column);
        out_ << '\n';
    }

    void add(const PreparedRow& row, const RowResult& result) {
        out_ << csv_field(row.key) << ',' << row.row.line << ',' << csv_field(result.number) << ','
             << csv_field(result.step) << ',' << code_of(result.refusal.rule) << ','
             << csv_field(result.refusal.message);
        for (const auto& cell : row.row.cells)
            out_ << ',' << (cell.is_null() ? std::string() : csv_field(feel::plain_text(cell)));
        out_ << '\n';
    }

    /// Keeps the file when it has rows; a file of an earlier run without cause is removed.
    void finish(bool any) {
        out_.close();
        if (!out_) throw std::runtime_error(fmt::format("{} cannot be written", part_.string()));
        if (any) {
            std::filesystem::rename(part_, path_);
        } else {
            std::filesystem::remove(part_);
            std::filesystem::remove(path_);
        }
    }
    void discard() {
        out_.close();
        std::filesystem::remove(part_);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_, part_;
    std::ofstream out_;
};

/// The store's open cases as rows.
class CasesInput final : public Input {
public:
    CasesInput(Engine& engine, const std::optional<ItemId>& item)
        : engine_(engine), columns_(case_columns()) {
        filter_.item = item;
        filter_.status = "open";
        filter_.limit = 1000;
    }
    [[nodiscard]] const std::vector<std::string>& columns() const override { return columns_; }
    bool next(Row& row) override {
        if (at_ == page_.size()) {
            page_ = engine_.cases(filter_);
            at_ = 0;
            if (page_.empty()) return false;
            filter_.after = page_.back().key;
        }
        const auto& view = page_[at_++];
        row.line = ++line_;
        row.mistake.clear();
        row.cells = {view.number.text, view.item.text, view.hall.text, view.steps};
        return true;
    }
    [[nodiscard]] double share() const override { return 0; }

private:
    Engine& engine_;
    CaseFilter filter_;
    std::vector<CaseView> page_;
    std::size_t at_ = 0;
    std::uint64_t line_ = 0;
    std::vector<std::string> columns_;
};

/// The rows of one commit, ready to be worked on.
struct Chunk {
    std::vector<PreparedRow> rows;
    double share = 0;
};

Chunk read_chunk(const Script& script, const Catalog& catalog, Input& input, bool open_cases,
                 const BatchOptions& options, const feel::Moment& moment) {
    std::vector<Row> rows;
    Row row;
    while (rows.size() < options.rows_a_commit && input.next(row)) rows.push_back(std::move(row));
    Chunk chunk;
    chunk.share = input.share();
    chunk.rows.resize(rows.size());
    const auto prepare_some = [&](std::size_t first, std::size_t step) {
        for (auto i = first; i < rows.size(); i += step) {
            if (open_cases) {
                chunk.rows[i].key = feel::plain_text(rows[i].cells.front());
                chunk.rows[i].row = std::move(rows[i]);
            } else {
                chunk.rows[i] = prepare(script, catalog, std::move(rows[i]), moment);
            }
        }
    };
    // One thread reads; evaluating can be shared.
    const std::size_t jobs = std::max<std::size_t>(1, options.jobs > 1 ? options.jobs - 1 : 1);
    std::vector<std::future<void>> others;
    for (std::size_t job = 1; job < jobs; ++job)
        others.push_back(std::async(std::launch::async, prepare_some, job, jobs));
    prepare_some(0, jobs);
    for (auto& other : others) other.get();
    return chunk;
}

void work_chunk(Engine& engine, Worker& worker, const Chunk& chunk, const feel::Moment& moment,
                const BatchOptions& options, RejectedFile& rejected, BatchReport& report) {
    std::vector<RowResult> results;
    try {
        engine.transact([&](Engine::Session& session) {
            results.clear();
            for (const auto& row : chunk.rows) results.push_back(worker.work(session, row, moment));
            if (options.dry_run) throw UndoDryRun{};
        });
    } catch (const UndoDryRun&) {
        // Counted as if it had been kept.
    }
    for (std::size_t i = 0; i < results.size(); ++i) {
        const auto& result = results[i];
        ++report.read;
        report.events += result.events;
        switch (result.kind) {
            case RowResult::Kind::done:
                ++report.done;
                break;
            case RowResult::Kind::skipped:
                ++report.skipped;
                break;
            case RowResult::Kind::rejected:
                ++report.rejected;
                rejected.add(chunk.rows[i], result);
                break;
        }
    }
    if (options.progress) options.progress(report.read, chunk.share);
}

}  // namespace
}  // namespace batch

std::variant<BatchReport, BatchMistakes> run_batch(Engine& engine,
                                                   const std::filesystem::path& file,
                                                   const BatchOptions& options) {
    using namespace batch;
    const auto start = std::chrono::steady_clock::now();
    Sources sources;
    Findings findings(sources);
    auto opened = open_script(file, options.input, sources, findings);
    if (!opened) return BatchMistakes{findings.take()};
    auto& script = opened->script;
    if (!options.rejected.empty()) script.rejected = options.rejected;
    const bool open_cases = !opened->input;
    if (open_cases) opened->input = std::make_unique<CasesInput>(engine, script.cases_item);
    auto& input = *opened->input;

    const auto& catalog = engine.catalog();
    const feel::Moment moment{system_clock()(), catalog.organization().offset};
    RejectedFile rejected(script.rejected, input.columns());
    Worker worker(script, catalog);
    BatchReport report;
    const auto read = [&] {
        return read_chunk(script, catalog, input, open_cases, options, moment);
    };
    try {
        // Cases are read through the engine, which is busy while a chunk is worked on.
        const bool ahead = options.jobs > 1 && !open_cases;
        auto chunk = read();
        while (!chunk.rows.empty()) {
            std::future<Chunk> next;
            if (ahead) next = std::async(std::launch::async, read);
            work_chunk(engine, worker, chunk, moment, options, rejected, report);
            chunk = ahead ? next.get() : read();
        }
    } catch (...) {
        rejected.discard();
        throw;
    }
    rejected.finish(report.rejected > 0);
    if (report.rejected > 0) report.rejected_file = rejected.path().string();
    report.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return report;
}

}  // namespace workflow
