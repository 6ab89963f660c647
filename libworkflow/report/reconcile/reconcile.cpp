#include "reconcile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <mutex>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>

#include "../../base/identity.hpp"
#include "../../batch/convert.hpp"
#include "../../batch/input.hpp"
#include "../../definition/organization.hpp"
#include "../../shell/catalog_access.hpp"
#include "../../shell/vault.hpp"
#include "../../trail/codec.hpp"
#include "../compare/facts.hpp"

namespace workflow::report {
namespace {

enum Column : std::uint8_t {
    case_number,
    item,
    received,
    applicant,
    accepted,
    decided,
    outcome,
    officer,
    column_count
};
constexpr std::array<std::string_view, column_count> column_names{
    "case", "item", "received", "applicant", "accepted", "decided", "outcome", "officer"};

struct Row {
    std::uint64_t line = 0;
    std::array<std::string, column_count> cells;
    bool matched = false;
};

/// The data of a case in the store.
struct Told {
    std::string applicant, accepted, decided, outcome;
    std::set<std::string> officers;  ///< who completed a task of it
};

class Reconciling {
public:
    Reconciling(const Catalog& catalog, Store& store, const LedgerOptions& options)
        : store_(store),
          options_(options),
          organization_(compiled(catalog).organization()),
          vault_(options.vault),
          reader_(catalog, store, unused_, {}) {
        vault_.look(store);
        (void)vault_.sealing();
    }

    Reconciliation with(const std::filesystem::path& file) {
        read(file);
        look_through_cases();
        for (auto& row : rows_)
            if (!row.matched)
                add({Mismatch::Kind::missing_here, row.line, CaseNumber(row.cells[case_number]), "",
                     row.cells[case_number].empty()
                         ? fmt::format("{} received {}", row.cells[item], row.cells[received])
                         : std::string(),
                     ""});
        std::stable_sort(
            result_.found.begin(), result_.found.end(), [](const Mismatch& a, const Mismatch& b) {
                return std::tie(a.kind, a.row, a.number) < std::tie(b.kind, b.row, b.number);
            });
        return std::move(result_);
    }

private:
    void add(Mismatch mismatch) {
        if (++result_.counts[mismatch.kind] <= options_.listed)
            result_.found.push_back(std::move(mismatch));
    }
    static std::string day(const Event& event) {
        return to_string(local_date(event.happened, event.offset));
    }
    static std::string key_of(const std::string& item, const std::string& day,
                              const std::string& applicant) {
        return item + '\n' + day + '\n' + normalized_person_id(applicant);
    }

    void read(const std::filesystem::path& file) {
        const auto input = batch::open_csv(file, ',');
        const auto& there = input->columns();
        std::array<std::optional<std::size_t>, column_count> places;
        for (std::size_t i = 0; i < column_count; ++i) {
            const std::string name(column_names[i]);
            const auto said = options_.columns.find(name);
            const auto head =
                batch::column_name(said == options_.columns.end() ? name : said->second);
            const auto at = std::find(there.begin(), there.end(), head);
            if (at != there.end())
                places[i] = static_cast<std::size_t>(at - there.begin());
            else if (said != options_.columns.end())
                throw batch::InputError(fmt::format("{}: there is no column `{}` for `{}`",
                                                    file.string(), said->second, name));
        }
        if (!places[case_number] && !(places[item] && places[received] && places[applicant]))
            throw batch::InputError(
                fmt::format("{}: rows cannot be matched: there is neither a column `case` nor the "
                            "three columns `item`, `received` and `applicant`; say with --column "
                            "case=NAME what the ledger calls them",
                            file.string()));
        batch::Row cells;
        while (input->next(cells)) {
            if (++result_.rows > options_.most_rows)
                throw batch::InputError(
                    fmt::format("{}:{}: the ledger has more than {} rows; split it", file.string(),
                                cells.line, options_.most_rows));
            Row row;
            row.line = cells.line;
            for (std::size_t i = 0; i < column_count; ++i)
                if (places[i] && *places[i] < cells.cells.size())
                    row.cells[i] = batch::text_of(cells.cells[*places[i]]);
            const auto fault = cells.mistake.empty() ? fault_of(row) : cells.mistake;
            if (fault.empty())
                keep(std::move(row));
            else
                add({Mismatch::Kind::unreadable, row.line, {}, "", fault, ""});
        }
    }

    /// Returns why the row cannot be read; converts dates to days in the store's format.
    static std::string fault_of(Row& row) {
        for (const auto column : {received, accepted, decided}) {
            auto& cell = row.cells[column];
            if (cell.empty()) continue;
            // A time of day after the date is ignored.
            const auto date = parse_date(cell.substr(0, 10));
            if (!date)
                return fmt::format("`{}` in column {} is not a day; write 2026-03-02", cell,
                                   column_names[column]);
            cell = to_string(*date);
        }
        const bool other_key = !row.cells[item].empty() && !row.cells[received].empty() &&
                               !row.cells[applicant].empty();
        if (row.cells[case_number].empty() && !other_key)
            return "it has neither a case number nor item, day of receipt and applicant";
        return {};
    }

    void keep(Row row) {
        const auto& cells = row.cells;
        if (!cells[item].empty()) items_.insert(cells[item]);
        if (!cells[received].empty()) {
            if (first_.empty() || cells[received] < first_) first_ = cells[received];
            if (cells[received] > last_) last_ = cells[received];
        }
        const bool numbered = !cells[case_number].empty();
        auto& index = numbered ? by_number_ : by_applicant_;
        const auto key =
            numbered ? cells[case_number] : key_of(cells[item], cells[received], cells[applicant]);
        if (numbered) {
            if (!index.try_emplace(key, std::vector{rows_.size()}).second) {
                add({Mismatch::Kind::doubled, row.line, CaseNumber(key), "", "", ""});
                return;
            }
        } else {
            index[key].push_back(rows_.size());
            days_.insert(cells[item] + '\n' + cells[received]);
        }
        rows_.push_back(std::move(row));
    }

    void look_through_cases() {
        CaseFilter filter;
        filter.limit = 1000;
        while (true) {
            const auto cases = store_.cases(filter);
            for (const auto& one : cases) look_at(one);
            if (cases.size() < filter.limit) return;
            filter.after = cases.back().key;
        }
    }

    void look_at(const CaseRow& row) {
        const auto opened = to_string(organization_.clock_of(row.hall).day_of(row.opened));
        const bool in_reach = (items_.empty() || items_.contains(row.item.text)) &&
                              (first_.empty() || (opened >= first_ && opened <= last_));
        auto found = by_number_.find(row.number.text);
        std::optional<Told> told;
        std::optional<std::size_t> at;
        if (found != by_number_.end()) {
            at = found->second.front();
        } else if (days_.contains(row.item.text + '\n' + opened)) {
            told = tell(row);
            const auto other = by_applicant_.find(key_of(row.item.text, opened, told->applicant));
            // Several rows with the same applicant, item and day stand for as many cases.
            if (other != by_applicant_.end() && !other->second.empty()) {
                at = other->second.front();
                other->second.erase(other->second.begin());
            }
        }
        if (in_reach || at) ++result_.cases;
        if (!at) {
            if (in_reach) add({Mismatch::Kind::missing_there, 0, row.number, "", "", row.status});
            return;
        }
        if (!told) told = tell(row);
        compare(rows_[*at], row, opened, *told);
    }

    void compare(Row& theirs, const CaseRow& ours, const std::string& opened, const Told& told) {
        theirs.matched = true;
        bool equal = true;
        const auto differ = [&](Column column, const std::string& said, const std::string& own) {
            if (theirs.cells[column].empty() || said == own) return;
            equal = false;
            add({Mismatch::Kind::different, theirs.line, ours.number,
                 std::string(column_names[column]), said, own});
        };
        differ(item, theirs.cells[item], ours.item.text);
        differ(received, theirs.cells[received], opened);
        differ(accepted, theirs.cells[accepted], told.accepted);
        differ(decided, theirs.cells[decided], told.decided);
        const auto word = options_.outcomes.find(theirs.cells[outcome]);
        differ(outcome, word == options_.outcomes.end() ? theirs.cells[outcome] : word->second,
               told.outcome);
        // Identifiers of applicants are compared, but not reported.
        if (!theirs.cells[applicant].empty() &&
            normalized_person_id(theirs.cells[applicant]) != normalized_person_id(told.applicant))
            differ(applicant, "(another one)", "");
        if (!told.officers.contains(theirs.cells[officer])) {
            std::string all;
            for (const auto& one : told.officers) all += (all.empty() ? "" : " ") + one;
            differ(officer, theirs.cells[officer], all);
        }
        result_.equal += equal ? 1 : 0;
    }

    Told tell(const CaseRow& row) {
        Told told;
        told.outcome = row.status;
        const auto process = reader_.edition_of(row.item, row.definition)->process;
        std::string ended;
        shell::CaseOpener whole(vault_, store_, row.number, row.key);
        for (const auto& record : store_.events(row.key)) {
            Event event;
            try {
                trail::decode(record.body, event);
            } catch (const trail::CodecError& error) {
                throw StoreError(fmt::format("case {}, event {}: {}; run `workflow trail verify`",
                                             row.number.text, record.sequence, error.what()));
            }
            if (std::holds_alternative<CaseOpened>(event.what)) whole(event, record.sequence);
            if (const auto* opened = std::get_if<CaseOpened>(&event.what))
                told.applicant = opened->applicant.person.text;
            if (const auto* taken = std::get_if<CaseAccepted>(&event.what))
                told.accepted = to_string(taken->accepted);
            if (const auto* done = std::get_if<TaskCompleted>(&event.what)) {
                told.officers.insert(done->officer.text);
                const auto* first = process ? process->first_of(done->path) : nullptr;
                if (first && first->decides) told.decided = day(event);
            }
            if (std::holds_alternative<CaseEnded>(event.what)) ended = day(event);
        }
        // If no step decides, the end is the decision.
        if (told.decided.empty()) told.decided = ended;
        return told;
    }

    Store& store_;
    const LedgerOptions& options_;
    const definition::Organization& organization_;
    shell::Vault vault_;
    std::mutex unused_;
    FactReader reader_;
    Reconciliation result_;
    std::vector<Row> rows_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_number_, by_applicant_;
    std::set<std::string> items_, days_;
    std::string first_, last_;
};

}  // namespace

std::string_view name_of(Mismatch::Kind kind) {
    static constexpr std::array<std::string_view, static_cast<std::size_t>(Mismatch::Kind::count)>
        names{"missing here", "missing there", "different", "doubled", "unreadable"};
    return names.at(static_cast<std::size_t>(kind));
}

Reconciliation reconcile(const Catalog& catalog, Store& store, const std::filesystem::path& ledger,
                         const LedgerOptions& options) {
    return Reconciling(catalog, store, options).with(ledger);
}

}  // namespace workflow::report
