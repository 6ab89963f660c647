#include "table.hpp"

#include "../../base/decimal.hpp"
#include "../function.hpp"

namespace workflow::feel {

std::span<const Family> families() {
    static const std::vector<Family> all{
        {"Numbers", number_functions()},       {"Texts", string_functions()},
        {"Truth and lists", list_functions()}, {"Lists, calculated", collection_functions()},
        {"Contexts", context_functions()},     {"Days, times, durations", time_functions()},
        {"Ranges", range_functions()}};
    return all;
}

std::span<const Builtin> builtins() {
    static const std::vector<Builtin> all = [] {
        std::vector<Builtin> table;
        for (const auto& family : families())
            table.insert(table.end(), family.functions.begin(), family.functions.end());
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

std::optional<std::int64_t> whole_number(const Value& value) {
    const auto* number = value.as<Decimal>();
    return number ? to_integer(*number) : std::nullopt;
}

std::span<const Value> spread(std::span<const Value> arguments) {
    if (arguments.size() == 1)
        if (const auto* list = arguments.front().as<List>()) return *list;
    return arguments;
}

namespace {

/// A built-in function used as a value.
class BuiltinFunction final : public Function {
public:
    explicit BuiltinFunction(const Builtin& builtin) : builtin_(builtin) {
        for (const auto& parameter : builtin.parameters) {
            Type type;
            type.kind = parameter.kind;
            parameters_.push_back({std::string(parameter.name), std::move(type)});
        }
    }
    [[nodiscard]] std::span<const Parameter> parameters() const override { return parameters_; }
    [[nodiscard]] Value call(std::span<const Value> arguments,
                             Evaluation& evaluation) const override {
        std::size_t required = 0;
        for (const auto& parameter : builtin_.parameters) required += parameter.optional ? 0 : 1;
        if (arguments.size() < required ||
            (arguments.size() > builtin_.parameters.size() && !builtin_.variadic))
            return {};
        return builtin_.apply(arguments, Call(evaluation));
    }

private:
    const Builtin& builtin_;
    std::vector<Parameter> parameters_;
};

}  // namespace

std::shared_ptr<const Function> function_value(const Builtin& builtin) {
    return std::make_shared<const BuiltinFunction>(builtin);
}

}  // namespace workflow::feel
