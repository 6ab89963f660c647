#include "table.hpp"

namespace workflow::feel {

std::span<const Builtin> builtins() {
    static const std::vector<Builtin> all = [] {
        std::vector<Builtin> table;
        for (auto family :
             {number_functions(), string_functions(), list_functions(), time_functions()})
            table.insert(table.end(), family.begin(), family.end());
        return table;
    }();
    return all;
}

const Builtin* find_builtin(std::string_view name) {
    for (const auto& builtin : builtins())
        if (builtin.name == name) return &builtin;
    return nullptr;
}

std::string signature(const Builtin& builtin) {
    std::string text(builtin.name);
    text += '(';
    for (const auto& parameter : builtin.parameters) {
        if (text.back() != '(') text += ", ";
        text += parameter.name;
        if (parameter.optional) text += '?';
    }
    return text + (builtin.variadic ? ", ...)" : ")");
}

std::span<const Value> spread(std::span<const Value> arguments) {
    if (arguments.size() == 1)
        if (const auto* list = arguments.front().as<List>()) return *list;
    return arguments;
}

}  // namespace workflow::feel
