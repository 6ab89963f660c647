#pragma once

/// The state of an engine.

#include <optional>
#include <type_traits>

#include <workflow/engine.hpp>

#include "engine_context.hpp"
#include "group_commit.hpp"

namespace workflow::shell {

struct EngineState {
    EngineState(Catalog catalog, std::unique_ptr<Store> store, Engine::Options options)
        : place(std::move(catalog), std::move(store), std::move(options)), commits(place) {}

    /// Returns what `work` returns. Runs it alone, in a transaction that has begun in the store, so
    /// that it sees what other programs have written, and commits.
    template <class Work>
    auto in_store(Work work) {
        std::optional<std::invoke_result_t<Work&, Transaction&>> result;
        commits.alone([&] {
            Transaction unit(place);
            unit.begin();
            result.emplace(work(unit));
            unit.commit();
        });
        return std::move(*result);
    }

    EngineContext place;
    GroupCommit commits;
};

}  // namespace workflow::shell
