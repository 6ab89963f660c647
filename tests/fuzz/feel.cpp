#include <cstddef>
#include <cstdint>
#include <string_view>

#include "feel/expression.hpp"

// Compiling and evaluating any text ends, without a crash, whatever the fields hold.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace workflow;
    const auto type = [](feel::Kind kind) {
        feel::Type made;
        made.kind = kind;
        return made;
    };
    static const feel::Scope scope{{{"n", type(feel::Kind::number)},
                                    {"s", type(feel::Kind::string)},
                                    {"b", type(feel::Kind::boolean)},
                                    {"birth date", type(feel::Kind::date)},
                                    {"any thing", feel::Type()},
                                    {"l", type(feel::Kind::list)}},
                                   {}};
    static const std::vector<Value> slots{Value(decimal_of(7)),
                                          Value("社保"),
                                          Value(),
                                          Value(Date{20000}),
                                          Value(Context{{"a", Value(true)}}),
                                          Value(List{Value(decimal_of(1)), Value("x"), Value()})};
    std::vector<feel::Mistake> mistakes;
    const auto expression =
        feel::compile({reinterpret_cast<const char*>(data), size}, scope, mistakes);
    if (expression)
        (void)to_string(
            expression.evaluate(slots, {Instant{1'772'415'000'000'000}, UtcOffset{480}}));
    // As decision models read it; and as the tests of a table's cell, about the last of the slots.
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    feel::Evaluation evaluation;
    (void)to_string(
        feel::compile(text, scope, mistakes, {.lenient = true}).evaluate(slots, evaluation));
    auto tested = slots;
    tested.push_back(slots.front());
    (void)feel::compile_unary_tests(text, scope, type(feel::Kind::number), mistakes,
                                    {.lenient = true})
        .evaluate(tested, evaluation);
    return 0;
}
