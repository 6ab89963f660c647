#pragma once

/// The stores that the contract suite runs on. To try a store of your own, add it here.

#include <memory>

#include "store/memory_store.hpp"
#include "store/sqlite_store.hpp"
#include "support/made_up_rows.hpp"

namespace workflow::testing {

enum class StoreKind { memory, sqlite };

/// An empty store.
class AnyStore {
public:
    explicit AnyStore(StoreKind kind)
        : store_(kind == StoreKind::memory ? open_memory_store()
                                           : open_sqlite_store(folder_ / "hall.db")) {}
    Store* operator->() const { return store_.get(); }
    Store& operator*() const { return *store_; }

private:
    TemporaryFolder folder_;
    std::unique_ptr<Store> store_;
};

}  // namespace workflow::testing

/// Opens a fresh store of each kind in turn, and runs the rest of the test on it.
#define ON_EVERY_STORE(name)                  \
    const ::workflow::testing::AnyStore name( \
        GENERATE(::workflow::testing::StoreKind::memory, ::workflow::testing::StoreKind::sqlite))
