#pragma once

/// The pages in docs/, and the definitions that they show.

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "workflow_paths.hpp"

namespace workflow::testing {

inline std::string page(const std::string& name) {
    std::ifstream file(WORKFLOW_SOURCE_DIR "/docs/" + name, std::ios::binary);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

struct PageExample {
    std::string path;  ///< `language.md, line 12`
    std::string content;
};

/// The blocks of YAML in a text, which begins at `line` of the page.
inline std::vector<PageExample> examples(const std::string& name, const std::string& text,
                                         long line = 0) {
    std::vector<PageExample> list;
    for (std::size_t at = text.find("```yaml\n"); at != std::string::npos;
         at = text.find("```yaml\n", at)) {
        at += 8;
        const auto end = text.find("```", at);
        const auto above =
            std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
        list.push_back(
            {name + ", line " + std::to_string(line + above), text.substr(at, end - at)});
        at = end;
    }
    return list;
}

}  // namespace workflow::testing
