#include "verify_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "../crypto/digest.hpp"
#include "bundle.hpp"

namespace workflow::shell {
namespace {

using Add =
    std::function<void(std::string table, std::string row, std::string column, std::string what)>;

void compare_turns(store::WholeFile& file, const FollowsFromEvents& follows, const Add& add) {
    auto expected = follows.turns;
    for (const auto& [queue, officer] : file.turns()) {
        const auto found = expected.find(queue);
        const auto row = fmt::format("queue {}", queue);
        if (found == expected.end()) {
            add("turns", row, "", "the trail does not name it: the row was put in");
            continue;
        }
        if (found->second.second.text != officer)
            add("turns", row, "officer",
                fmt::format("it is `{}`, and by the events `{}`", officer,
                            found->second.second.text));
        expected.erase(found);
    }
    for (const auto& [queue, turn] : expected)
        add("turns", fmt::format("queue {}", queue), "",
            "the row is gone: an event says that it was there");
}

void compare_definitions(store::WholeFile& file, const FollowsFromEvents& follows, const Add& add) {
    auto named = follows.definitions;
    file.each_definition([&](std::string_view digest, std::string_view text) {
        const auto own = digest_of_bundle(text);
        std::string key(digest);
        Digest shown{};
        std::copy_n(key.begin(), std::min(key.size(), shown.bytes.size()), shown.bytes.begin());
        const auto row = fmt::format("digest {}", hex(shown));
        const bool fits = own && view(*own) == digest;
        const bool known = named.erase(key) > 0;
        if (!fits)
            add("definitions", row, known ? "text" : "digest",
                "the text is not the one of that digest");
        else if (!known && follows.unread.empty())
            add("definitions", row, "", "the trail does not name it: the row was put in");
    });
    for (const auto& digest : named) {
        Digest shown{};
        std::copy_n(digest.begin(), std::min(digest.size(), shown.bytes.size()),
                    shown.bytes.begin());
        add("definitions", fmt::format("digest {}", hex(shown)), "",
            "the definition is gone, which cases run on or the journal says was published");
    }
}

}  // namespace

void each_row(store::WholeFile& file, const std::function<void(const TableRow&)>& visit) {
    file.each_event([&](const auto& row) {
        visit({Table::events, {}, {row.position, row.case_key, row.sequence}});
    });
    file.each_request([&](const auto& row) {
        visit({Table::requests, row.key, {row.case_key, row.version, 0}});
    });
    file.each_read([&](const auto& row) {
        visit({Table::reads, row.officer, {row.at, row.case_key, 0}});
    });
    file.each_sealed([&](const auto& row) {
        visit({Table::sealed, {}, {row.case_key, row.sequence, row.person}});
    });
}

FileSide read_side(store::WholeFile& file, const RowHash& hash) {
    constexpr std::size_t most = 1000;
    FileSide side;
    for (auto& fault : file.faults())
        side.breaks.push_back({{},
                               0,
                               std::move(fault.what),
                               std::move(fault.table),
                               std::move(fault.row),
                               std::move(fault.column)});
    std::int64_t last = 0;
    each_row(file, [&](const TableRow& row) {
        side.sums.add(row.table, hash(row));
        if (row.table != Table::events) return;
        const auto position = row.numbers[0];
        if (position != last + 1 && side.breaks.size() < most)
            side.breaks.push_back(
                {{},
                 0,
                 fmt::format("after position {} comes {}: events were taken out, put in or moved",
                             last, position),
                 "events",
                 fmt::format("position {}", position),
                 "position"});
        last = position;
    });
    file.each_task([&](const auto&) { ++side.tasks; });
    return side;
}

std::vector<TrailReport::Break> compare_tables(store::WholeFile& file,
                                               const FollowsFromEvents& follows) {
    std::vector<TrailReport::Break> breaks;
    const Add add = [&](std::string table, std::string row, std::string column, std::string what) {
        breaks.push_back(
            {{}, 0, std::move(what), std::move(table), std::move(row), std::move(column)});
    };
    if (follows.unread.empty()) compare_turns(file, follows, add);
    compare_definitions(file, follows, add);
    for (const auto id : file.persons_without_data())
        add("persons", fmt::format("id {}", id), "",
            "nothing is sealed of that person: the row was put in");
    return breaks;
}

std::vector<TrailReport::Break> stray_tasks(store::WholeFile& file, Store& store) {
    std::vector<TrailReport::Break> breaks;
    std::optional<std::int64_t> known;  // the last case that exists
    file.each_task([&](const auto& row) {
        if (known == row.case_key) return;
        const auto owner = store.find(CaseKey{row.case_key});
        if (owner && !owner->item.empty())
            known = row.case_key;
        else
            breaks.push_back({{},
                              0,
                              "it is of no case",
                              "tasks",
                              fmt::format("case_key {}, task {}", row.case_key, row.task),
                              "case_key"});
    });
    return breaks;
}

}  // namespace workflow::shell
