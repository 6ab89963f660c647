#pragma once

/// What an engine is made of.

#include <workflow/engine.hpp>

#include "group_commit.hpp"
#include "transaction.hpp"

namespace workflow {

struct Engine::State {
    State(Catalog catalog, std::unique_ptr<Store> store, Options options)
        : place(std::move(catalog), std::move(store), std::move(options)), commits(place) {}

    shell::EngineContext place;
    shell::GroupCommit commits;
};

}  // namespace workflow
