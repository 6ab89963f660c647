// The automata of guarantees against what each template says of a whole run, word for word.

#include "verify/declare.hpp"

#include "support/catch.hpp"

namespace workflow::testing::declare_test {

using workflow::definition::Guarantee;
using workflow::definition::Template;
using workflow::verify::Declare;

namespace {

/// What happened, one act after the other: neither, the first activity, or the second.
using Run = std::vector<char>;

std::size_t count(const Run& run, char act) {
    return static_cast<std::size_t>(std::count(run.begin(), run.end(), act));
}

template <class Holds>
bool for_each(const Run& run, char act, Holds holds) {
    for (std::size_t i = 0; i < run.size(); ++i)
        if (run[i] == act && !holds(i)) return false;
    return true;
}

bool between(const Run& run, std::size_t from, std::size_t to, char act) {
    return std::find(run.begin() + static_cast<long>(from), run.begin() + static_cast<long>(to),
                     act) != run.begin() + static_cast<long>(to);
}

/// By the definitions, with the future and the past of every act looked up.
bool says(Template holds, unsigned times, const Run& run) {
    const auto n = run.size();
    const auto response = [&] {
        return for_each(run, 'a', [&](std::size_t i) { return between(run, i + 1, n, 'b'); });
    };
    const auto precedence = [&] {
        return for_each(run, 'b', [&](std::size_t i) { return between(run, 0, i, 'a'); });
    };
    const auto alternate_response = [&] {
        return for_each(run, 'a', [&](std::size_t i) {
            for (auto j = i + 1; j < n; ++j) {
                if (run[j] == 'b') return true;
                if (run[j] == 'a') return false;
            }
            return false;
        });
    };
    const auto alternate_precedence = [&] {
        return for_each(run, 'b', [&](std::size_t i) {
            for (auto j = i; j-- > 0;) {
                if (run[j] == 'a') return true;
                if (run[j] == 'b') return false;
            }
            return false;
        });
    };
    const auto chain_response = [&] {
        return for_each(run, 'a', [&](std::size_t i) { return i + 1 < n && run[i + 1] == 'b'; });
    };
    const auto chain_precedence = [&] {
        return for_each(run, 'b', [&](std::size_t i) { return i > 0 && run[i - 1] == 'a'; });
    };
    const bool a = count(run, 'a') > 0, b = count(run, 'b') > 0;
    switch (holds) {
        case Template::existence:
            return count(run, 'a') >= times;
        case Template::absence:
            return count(run, 'a') < times;
        case Template::exactly:
            return count(run, 'a') == times;
        case Template::init:
            return n > 0 && run.front() == 'a';
        case Template::last:
            return n > 0 && run.back() == 'a';
        case Template::responded_existence:
            return !a || b;
        case Template::co_existence:
            return a == b;
        case Template::response:
            return response();
        case Template::precedence:
            return precedence();
        case Template::succession:
            return response() && precedence();
        case Template::alternate_response:
            return alternate_response();
        case Template::alternate_precedence:
            return alternate_precedence();
        case Template::alternate_succession:
            return alternate_response() && alternate_precedence();
        case Template::chain_response:
            return chain_response();
        case Template::chain_precedence:
            return chain_precedence();
        case Template::chain_succession:
            return chain_response() && chain_precedence();
        case Template::not_co_existence:
            return !(a && b);
        case Template::not_succession:
            return for_each(run, 'a', [&](std::size_t i) { return !between(run, i + 1, n, 'b'); });
        case Template::not_chain_succession:
            return for_each(run, 'a',
                            [&](std::size_t i) { return i + 1 >= n || run[i + 1] != 'b'; });
        case Template::choice:
            return a || b;
        case Template::exclusive_choice:
            return a != b;
        default:
            return true;
    }
}

}  // namespace

TEST_CASE("of every run of up to eight acts each template says what its automaton says") {
    std::size_t held = 0, broke = 0;
    for (int kind = 0; kind <= static_cast<int>(Template::exclusive_choice); ++kind)
        for (unsigned times = 1; times <= 3; ++times)
            for (std::size_t length = 0; length <= 8; ++length) {
                std::size_t runs = 1;
                for (std::size_t i = 0; i < length; ++i) runs *= 3;
                for (std::size_t number = 0; number < runs; ++number) {
                    Run run;
                    for (auto rest = number; run.size() < length; rest /= 3)
                        run.push_back("-ab"[rest % 3]);
                    Guarantee guarantee;
                    guarantee.holds = static_cast<Template>(kind);
                    guarantee.count = times;
                    const Declare automaton(guarantee);
                    auto state = Declare::start;
                    for (const char act : run) {
                        const bool spoken_of = act != '-';
                        if (spoken_of || automaton.sees_all())
                            state = automaton.after(state, act == 'a', act == 'b');
                    }
                    const bool wanted = says(guarantee.holds, times, run);
                    if (automaton.holds(state) != wanted)
                        FAIL("template " << kind << " of " << times << ": "
                                         << std::string(run.begin(), run.end()));
                    (wanted ? held : broke) += 1;
                }
            }
    CHECK(held > 100'000);
    CHECK(broke > 100'000);
}

}  // namespace workflow::testing::declare_test
