#include "commands.hpp"
namespace workflow::tools {
Subcommand graph_command() {
    return {};
}
}  // namespace workflow::tools
