#include <algorithm>
#include <chrono>
#include <future>
#include <map>
#include <unordered_set>

#include <fmt/format.h>

#include <workflow/batch.hpp>

#include "../definition/organization.hpp"
#include "../feel/temporal.hpp"
#include "../shell/catalog_access.hpp"
#include "../shell/engine_context.hpp"
#include "rejected_file.hpp"
#include "work.hpp"

namespace workflow::batch {
namespace {

/// Rolls back a dry run's unit of work.
struct UndoDryRun {};

/// Cases of the store as rows.
class CasesInput final : public Input {
public:
    CasesInput(Engine& engine, const Script& script)
        : engine_(engine),
          clock_(compiled(engine.catalog()).organization().clock),
          columns_(case_columns()) {
        filter_.item = script.cases_item;
        filter_.status = script.cases_status;
        filter_.limit = 1000;
    }
    [[nodiscard]] const std::vector<std::string>& columns() const override { return columns_; }
    bool next(Row& row) override {
        if (at_ == page_.size()) {
            page_ = engine_.reader().cases(filter_);
            at_ = 0;
            if (page_.empty()) return false;
            filter_.after = page_.back().key;
        }
        const auto& view = page_[at_++];
        row.line = ++line_;
        row.mistake.clear();
        row.cells = {
            view.number.text, view.item.text,
            view.hall.text,   view.status,
            view.steps,       feel::local_moment(view.opened, clock_.offset_at(view.opened))};
        return true;
    }
    [[nodiscard]] double share() const override { return 0; }

private:
    Engine& engine_;
    LocalClock clock_;
    CaseFilter filter_;
    std::vector<CaseView> page_;
    std::size_t at_ = 0;
    std::uint64_t line_ = 0;
    std::vector<std::string> columns_;
};

feel::Moment begun_at(const LocalClock& clock) {
    const auto now = system_clock()();
    return {now, clock.offset_at(now)};
}

/// The rows of one commit, ready to be processed.
struct Chunk {
    std::vector<PreparedRow> rows;
    double share = 0;
};

Workshop shop_of(const Script& script, const Catalog& catalog, const BatchOptions& options) {
    const auto& organization = compiled(catalog).organization();
    return {script,
            catalog,
            OfficerNames(organization),
            begun_at(organization.clock),
            organization.clock,
            options.operated_by,
            options.key.empty() ? script.name : options.key.text};
}

class Run {
public:
    Run(Engine& engine, Opened opened, const std::filesystem::path& file,
        const BatchOptions& options)
        : engine_(engine),
          options_(options),
          script_(std::move(opened.script)),
          input_(std::move(opened.input)),
          from_store_(!input_),
          shop_(shop_of(script_, engine.catalog(), options)),
          worker_(shop_) {
        if (from_store_) input_ = std::make_unique<CasesInput>(engine_, script_);
        OutputRules rules{.others = options_.files, .personal = true};
        rules.others.push_back(file);
        rules.others.push_back(script_.input);
        // A file named by the script, unlike one from the command line, stays in the script's
        // folder.
        if (options_.rejected.empty())
            rules.within = file.has_parent_path() ? file.parent_path() : ".";
        else
            script_.rejected = options_.rejected;
        // The rejected rows of an earlier run, corrected in place: rows rejected again go to
        // another file beside it.
        std::error_code ignored;
        if (options_.rejected.empty() && !options_.input.empty() &&
            std::filesystem::equivalent(script_.rejected, script_.input, ignored))
            script_.rejected.replace_extension(".again.csv");
        if (!options_.dry_run) file_.emplace(script_.rejected, std::move(rules), script_);
    }

    BatchReport run() {
        const auto start = std::chrono::steady_clock::now();
        // Cases are read through the engine, which is busy while a chunk is processed.
        const bool ahead = options_.jobs > 1 && !from_store_;
        auto chunk = read();
        while (!chunk.rows.empty()) {
            std::future<Chunk> next;
            if (ahead) next = std::async(std::launch::async, [this] { return read(); });
            work(chunk);
            if (options_.stop && options_.stop()) {
                if (ahead) next.wait();
                report_.stopped = true;
                break;
            }
            chunk = ahead ? next.get() : read();
        }
        if (!report_.stopped && file_ && file_->finish())
            report_.rejected_file = script_.rejected.string();
        report_.statuses.assign(statuses_.begin(), statuses_.end());
        report_.rules.assign(rules_.begin(), rules_.end());
        report_.seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        return std::move(report_);
    }

private:
    /// One thread reads. Evaluation is shared by the threads ahead of the writing one.
    Chunk read() {
        std::vector<Row> rows;
        rows.reserve(options_.rows_a_commit);
        Row row;
        while (rows.size() < options_.rows_a_commit && input_->next(row))
            rows.push_back(std::move(row));
        Chunk chunk;
        chunk.share = input_->share();
        chunk.rows.resize(rows.size());
        const auto first = index_;
        index_ += rows.size();
        const auto prepare_some = [&](std::size_t from, std::size_t step) {
            for (auto i = from; i < rows.size(); i += step) {
                rows[i].cells.resize(script_.columns.size());
                chunk.rows[i] = prepare(shop_, std::move(rows[i]), first + i);
                if (from_store_ && !chunk.rows[i].slots.front().is_null())
                    chunk.rows[i].key = *chunk.rows[i].slots.front().as<std::string>();
            }
        };
        const std::size_t jobs = options_.jobs > 2 ? options_.jobs - 1 : 1;
        std::vector<std::future<void>> others;
        for (std::size_t job = 1; job < jobs; ++job)
            others.push_back(std::async(std::launch::async, prepare_some, job, jobs));
        prepare_some(0, jobs);
        for (auto& other : others) other.get();
        return chunk;
    }

    void work(Chunk& chunk) {
        std::vector<RowResult> results;
        try {
            engine_.transact([&](Engine::Session& session) {
                results.reserve(chunk.rows.size());
                for (auto& row : chunk.rows) results.push_back(work(session, row));
                if (options_.dry_run) throw UndoDryRun{};
            });
        } catch (const UndoDryRun&) {
            // Counted as if it had been kept.
        }
        for (std::size_t i = 0; i < results.size(); ++i) count(chunk.rows[i], results[i]);
        if (options_.progress) options_.progress(report_.read, chunk.share);
    }

    RowResult work(Engine::Session& session, PreparedRow& row) {
        // Keyed by a hash of eight bytes, so that millions of keys need little memory.
        if (!row.rejection && !keys_.insert(std::hash<std::string>{}(row.key)).second)
            row.rejection = {"key_repeated", "an earlier row has the same key"};
        try {
            return worker_.work(session, row);
        } catch (const shell::BrokenCase& broken) {
            RowResult result;
            result.kind = RowResult::Kind::rejected;
            result.rejection = {"case_broken", broken.what()};
            return result;
        }
    }

    void count(const PreparedRow& row, const RowResult& result) {
        ++report_.read;
        report_.events += result.events;
        switch (result.kind) {
            case RowResult::Kind::done:
                ++report_.done;
                ++statuses_[result.status];
                return;
            case RowResult::Kind::skipped:
                ++report_.skipped;
                return;
            case RowResult::Kind::rejected:
                ++report_.rejected;
                ++rules_[result.rejection.rule];
                if (file_) file_->add(row, result);
                return;
        }
    }

    Engine& engine_;
    const BatchOptions& options_;
    Script script_;
    std::unique_ptr<Input> input_;
    bool from_store_;
    Workshop shop_;
    Worker worker_;
    std::optional<RejectedFile> file_;
    std::unordered_set<std::uint64_t> keys_;
    std::uint64_t index_ = 0;  // of the next row to be read
    BatchReport report_;
    std::map<std::string, std::uint64_t> statuses_, rules_;
};

}  // namespace
}  // namespace workflow::batch

namespace workflow::inline v0 {

std::variant<BatchReport, BatchMistakes> run_batch(Engine& engine,
                                                   const std::filesystem::path& file,
                                                   const BatchOptions& options) {
    Sources sources;
    DiagnosticSink findings(sources);
    auto opened = batch::open_script(file, options.input, engine.catalog(), sources, findings);
    if (!opened) return BatchMistakes{findings.take()};
    return batch::Run(engine, std::move(*opened), file, options).run();
}

}  // namespace workflow::inline v0
