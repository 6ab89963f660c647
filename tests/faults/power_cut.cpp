// The power is cut at every point of a scenario, several times, each time with other parts of what
// was not yet synced on the disk.

#include "faults/faulty_disk.hpp"
#include "faults/scenario.hpp"
#include "store/sqlite_store.hpp"

namespace workflow::testing::power_cut_test {

namespace {

using Operation = FaultyDisk::Operation;

/// The operations of the scenario, with a mark after each commit that returned.
std::vector<Operation> operations() {
    const TemporaryFolder folder;
    FaultyDisk disk;
    disk.logs = true;
    const auto store = open_sqlite_store(folder / "hall.db", disk.name(), 12);
    disk.log.push_back({Operation::Kind::acknowledged, {}, 0, {}});
    for (std::uint32_t n = 1; n <= units_of_scenario; ++n) {
        do_unit(*store, n);
        disk.log.push_back({Operation::Kind::acknowledged, {}, n, {}});
    }
    return disk.log;  // before the store is closed
}

struct Found {
    int points = 0, lost = 0, torn = 0, unreadable = 0;
};

Found cut_everywhere(bool lying, int times) {
    Found found;
    DiskImage image(lying);
    int acknowledged = -1;  // nothing at all: not even the making of the store
    std::uint64_t number = 0;
    for (const auto& operation : operations()) {
        ++number;
        image.take(operation);
        if (operation.kind == Operation::Kind::acknowledged)
            acknowledged = static_cast<int>(operation.offset);
        for (int time = 0; time < times; ++time) {
            const TemporaryFolder folder;
            image.cut_power(folder / "", number * 1000 + static_cast<std::uint64_t>(time));
            ++found.points;
            try {
                const auto store = open_sqlite_store(folder / "hall.db");
                const int kept = units_kept(*store);
                if (kept < 0)
                    ++found.torn;
                else if (kept < acknowledged)
                    ++found.lost;
            } catch (const StoreError&) {
                ++found.unreadable;
            }
        }
    }
    return found;
}

}  // namespace

TEST_CASE("a power cut at any point loses nothing that was acknowledged and tears nothing") {
    const auto found = cut_everywhere(false, 6);
    CHECK(found.points > 500);
    CHECK(found.lost == 0);
    CHECK(found.torn == 0);
    CHECK(found.unreadable == 0);
}

TEST_CASE("the power cut test would notice a disk that does not sync") {
    const auto found = cut_everywhere(true, 1);
    CHECK(found.lost > 0);
    CHECK(found.lost + found.torn + found.unreadable > found.points / 4);
}

}  // namespace workflow::testing::power_cut_test
