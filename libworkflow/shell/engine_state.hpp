#pragma once

/// The state of an engine.

#include <workflow/engine.hpp>

#include "engine_context.hpp"
#include "group_commit.hpp"

namespace workflow::shell {

struct EngineState {
    EngineState(Catalog catalog, std::unique_ptr<Store> store, Engine::Options options)
        : place(std::move(catalog), std::move(store), std::move(options)), commits(place) {}

    EngineContext place;
    GroupCommit commits;
};

}  // namespace workflow::shell
