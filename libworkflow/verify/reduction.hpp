#pragma once

#include "net.hpp"

namespace workflow::verify {

/// A smaller net of the same verdict: whether every run can be completed, whether a place ever gets
/// a second token, whether a node is dead, and how often an end is gone through. Places and
/// transitions in a row become one, and those that do the same (Murata, "Petri nets: properties,
/// analysis and applications", 1989, section V.A; fusion of transitions only where something comes
/// after, so that a second token stays visible). Parts with weights, inhibitors or resets are left
/// as they are. Nodes keep their numbers; one that became part of another has no transition of its
/// own any more.
/// The arcs of `net` are joined (join_arcs).
Net reduced(const Net& net);

}  // namespace workflow::verify
