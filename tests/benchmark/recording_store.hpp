#pragma once

/// A store that keeps a copy of each Change: the rows that the bare floor then writes again without
/// an engine.

#include <vector>

#include "../support/passing_store.hpp"

namespace workflow::benchmark {

class RecordingStore final : public testing::PassingStore {
public:
    RecordingStore(std::unique_ptr<Store> inner, std::vector<Change>* changes,
                   std::uint64_t* commits)
        : PassingStore(std::move(inner)), changes_(changes), commits_(commits) {}

    void commit() override {
        PassingStore::commit();
        if (commits_) ++*commits_;
    }
    void append(const Change& change) override {
        if (changes_) changes_->push_back(change);
        PassingStore::append(change);
    }

private:
    std::vector<Change>* changes_;
    std::uint64_t* commits_;
};

}  // namespace workflow::benchmark
