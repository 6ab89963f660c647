#include <fmt/format.h>

#include "plan.hpp"
#include "table.hpp"

namespace workflow::decision {
namespace {

class Compiler {
public:
    Compiler(Names& names, const Types& types, DiagnosticSink& findings)
        : names_(names), types_(types), findings_(findings) {}

    std::shared_ptr<const Plan> compile(const Logic& logic) {
        auto plan = std::make_shared<Plan>();
        plan->kind = logic.kind;
        plan->result = types_.find(logic.type, logic.mark, findings_);
        for (const auto& name : logic.names) {
            plan->names.push_back(name.name);
            plan->constraints.push_back(types_.find(name.type, name.mark, findings_));
        }
        switch (logic.kind) {
            case Logic::Kind::none:
            case Logic::Kind::external:
                break;
            case Logic::Kind::literal:
                plan->expression =
                    compile_text(logic.text, names_.scope(), types_.strictness(), findings_);
                break;
            case Logic::Kind::context:
                compile_context(logic, *plan);
                break;
            case Logic::Kind::function:
                for (std::size_t i = 0; i < plan->names.size(); ++i)
                    names_.push(plan->names[i], type_of(plan->constraints[i]));
                compile_parts(logic, *plan);
                for (std::size_t i = 0; i < plan->names.size(); ++i) names_.pop();
                break;
            case Logic::Kind::filter:
                compile_filter(logic, *plan);
                break;
            case Logic::Kind::loop:
            case Logic::Kind::some:
            case Logic::Kind::every:
                compile_iteration(logic, *plan);
                break;
            case Logic::Kind::invocation:
            case Logic::Kind::relation:
            case Logic::Kind::list:
            case Logic::Kind::conditional:
                compile_parts(logic, *plan);
                break;
            case Logic::Kind::table:
                plan->table =
                    CompiledTable::compile(*logic.table, names_.scope(), types_, findings_);
                break;
        }
        return plan;
    }

private:
    void compile_parts(const Logic& logic, Plan& plan) {
        for (const auto& part : logic.parts) plan.parts.push_back(compile(part));
    }

    static feel::Type type(const Plan& plan, const ConstraintPtr& declared) {
        return declared ? declared->type : type_of(plan);
    }

    /// Each entry can use the entries before it.
    void compile_context(const Logic& logic, Plan& plan) {
        std::size_t pushed = 0;
        for (std::size_t i = 0; i < logic.parts.size(); ++i) {
            plan.parts.push_back(compile(logic.parts[i]));
            if (i >= plan.names.size()) break;
            names_.push(plan.names[i], type(*plan.parts.back(), plan.constraints[i]));
            ++pushed;
        }
        for (; pushed > 0; --pushed) names_.pop();
    }

    /// A condition in FEEL can use the entries of the item: it is compiled as a FEEL filter. The
    /// line break ends a comment at the end of the condition.
    void compile_filter(const Logic& logic, Plan& plan) {
        plan.parts.push_back(compile(logic.parts[0]));
        const auto& match = logic.parts[1];
        const auto list = type(*plan.parts[0], nullptr);
        if (match.kind != Logic::Kind::literal) {
            names_.push("item", list.element ? *list.element : feel::Type());
            plan.parts.push_back(compile(match));
            names_.pop();
            return;
        }
        static const std::string name = "_list_";
        names_.push(name, list);
        auto text = match.text;
        text.text = fmt::format("{}[{}\n]", name, match.text.text);
        text.mark.begin -= static_cast<std::uint32_t>(name.size() + 1);
        plan.expression = compile_text(text, names_.scope(), types_.strictness(), findings_);
        std::vector<feel::Mistake> told_already;
        plan.refuses =
            feel::compile(fmt::format("{0}[not(({1}\n) instance of boolean) and ({1}\n) != null]",
                                      name, match.text.text),
                          names_.scope(), told_already, {.wanted = {}, .lenient = true});
        names_.pop();
    }

    void compile_iteration(const Logic& logic, Plan& plan) {
        plan.parts.push_back(compile(logic.parts[0]));
        const auto list = type(*plan.parts[0], nullptr);
        names_.push(plan.names[0], list.element ? *list.element : feel::Type());
        if (plan.kind == Logic::Kind::loop) names_.push("partial", {});
        plan.parts.push_back(compile(logic.parts[1]));
        if (plan.kind == Logic::Kind::loop) names_.pop();
        names_.pop();
    }

    Names& names_;
    const Types& types_;
    DiagnosticSink& findings_;
};

}  // namespace

feel::Type type_of(const Plan& plan) {
    if (plan.kind == Logic::Kind::function) {
        feel::Type function;
        function.kind = feel::Kind::function;
        function.element = std::make_shared<const feel::Type>(
            plan.result ? plan.result->type : type_of(*plan.parts[0]));
        for (std::size_t i = 0; i < plan.names.size(); ++i)
            function.entries.emplace_back(plan.names[i], type_of(plan.constraints[i]));
        return function;
    }
    if (plan.result) return plan.result->type;
    if (plan.kind == Logic::Kind::literal) return plan.expression.type();
    return plan.kind == Logic::Kind::table ? plan.table->type() : feel::Type();
}

Names::Names(const Types& types) {
    scope_.types = types.names();
}

void Names::push(const std::string& name, feel::Type type) {
    std::size_t outer = scope_.names.size();
    for (std::size_t i = 0; i < scope_.names.size(); ++i)
        if (scope_.names[i].name == name) outer = i;
    hidden_.emplace_back(outer, name);
    // A name without characters is never found.
    if (outer < scope_.names.size()) scope_.names[outer].name.clear();
    scope_.names.push_back({name, std::move(type)});
}

void Names::pop() {
    auto [outer, name] = std::move(hidden_.back());
    hidden_.pop_back();
    scope_.names.pop_back();
    if (outer < scope_.names.size()) scope_.names[outer].name = std::move(name);
}

std::shared_ptr<const Plan> compile_logic(const Logic& logic, Names& names, const Types& types,
                                          DiagnosticSink& findings) {
    return Compiler(names, types, findings).compile(logic);
}

}  // namespace workflow::decision
