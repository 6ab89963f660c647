#pragma once

/// The drawing of a process: boxes, arrows and frames, with the words on them. Independent of
/// positions and output formats.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <workflow/event.hpp>

#include "../../definition/organization.hpp"
#include "../../process/net.hpp"

namespace workflow::presentation {

inline constexpr int nowhere = -1;

enum class ChartLanguage : std::uint8_t { zh, en, both };

struct ChartNode {
    enum class Kind : std::uint8_t { start, task, choose, wait, end, region, withdrawal };
    Kind kind = Kind::task;
    std::string id;
    Title title;                    ///< the id if the author gave none
    std::string duty, place;        ///< task: whose; where it waits
    bool drawn = false;             ///< task: the engine draws
    std::string seal, limit, note;  ///< note: region's join, wait's ground
    std::string standing;           ///< how many cases are there now
    EndKind end = EndKind::granted;
    int parent = nowhere;                ///< the region around it
    std::optional<std::uint64_t> cases;  ///< standing there, or ended there
};

struct ChartArrow {
    enum class Kind : std::uint8_t { flow, timer };
    Kind kind = Kind::flow;
    int from = nowhere, to = nowhere;
    /// Begins at the top of the region `from` (its branches start), or ends at the bottom of the
    /// region `to` (a branch is done).
    bool inside_from = false, inside_to = false;
    bool back = false;  ///< leads to an earlier node; set by the layering
    std::string label, detail;
    std::optional<std::uint64_t> cases;
};

struct Chart {
    Title title;
    std::string id, limits;
    ChartLanguage language = ChartLanguage::both;
    std::uint32_t revision = 1;
    std::optional<std::uint64_t> cases;
    std::vector<ChartNode> nodes;
    std::vector<ChartArrow> arrows;
};

/// The cases of a store: how often each transition fired, and where open cases are.
struct Traffic {
    std::uint64_t opened = 0;
    std::vector<std::uint64_t> fired;  ///< by TransitionIndex
    std::vector<std::pair<StepId, std::uint64_t>> standing;
};

Chart chart_of(const process::Process& process, const definition::Organization& organization,
               const Traffic* traffic, ChartLanguage language);

/// Returns a title in the chosen language; both: `受理 accept`.
std::string words_of(const Title& title, ChartLanguage language);

}  // namespace workflow::presentation
