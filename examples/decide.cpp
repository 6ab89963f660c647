// The expression language and a decision table by themselves, without engine or store:
//
//     decide MODEL.dmn        links workflow::feel only
//
// Prints what the model decides for a visitor of 17 years.

#include <iostream>
#include <workflow/decision.hpp>
#include <workflow/feel.hpp>

using namespace workflow;

int main(int count, char** words) {
    // Compile once; the value of each name is given in the order of the names.
    const auto rule = FeelExpression::compile("age >= 16 and region in [\"A\", \"B\"]",
                                              {{"age", "number"}, {"region", "string"}});
    const std::vector<Value> values{decimal_of(17), std::string("A")};
    std::cout << "rule: " << to_string(rule.expression->evaluate(values).value) << '\n';

    if (count < 2) return 0;
    const auto loaded = DecisionModel::load(words[1]);
    for (const auto& finding : loaded.diagnostics)
        std::cerr << finding.span.line << ": " << finding.message << '\n';
    if (!loaded.model) return 1;
    for (const auto& decision : loaded.model->decisions()) {
        const auto outcome = loaded.model->decide(decision.name, {{"age", decimal_of(17)}});
        std::cout << decision.name << ": " << to_string(outcome.value) << '\n';
        for (const auto& hit : outcome.hits) std::cout << "  by rule " << hit.rule << '\n';
    }
    return 0;
}
