// How fast is it known whether a case can be staffed: random problems, a province's offices, and
// the question that is asked when a task is taken.
//
//     bench_staffing

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <random>

#include <workflow/catalog.hpp>

#include "base/diagnostics.hpp"
#include "definition/loader.hpp"
#include "process/compiler.hpp"
#include "process/staffing.hpp"
#include "verify/staffing.hpp"
#include "workflow_paths.hpp"

using namespace workflow;
using process::Authorization;
using process::RoleSet;

namespace {

template <class Work>
double milliseconds(Work work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
        .count();
}

void row(const std::string& what, double measured, double goal) {
    fmt::print("{:<62} {:>9.4f} ms   <= {:<6} {}\n", what, measured, goal,
               measured <= goal ? "ok" : "MISSED");
}

double at(std::vector<double> times, double share) {
    std::sort(times.begin(), times.end());
    return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
}

/// Each person may play some of the roles, at most half of them (as in Karapetyan, Gagarin, Gutin);
/// two roles are apart with the chance of one in five. `scarce`: few may play each.
Authorization random_problem(std::mt19937_64& random, unsigned roles, unsigned persons,
                             bool scarce) {
    Authorization problem;
    for (unsigned p = 0; p < persons; ++p) {
        RoleSet may = 0;
        const auto many = scarce ? random() % 3 == 0 ? 1U : 0U
                                 : static_cast<unsigned>(1 + random() % (roles / 2));
        for (unsigned i = 0; i < many; ++i) may |= RoleSet{1} << random() % roles;
        problem.persons.push_back(may);
    }
    if (scarce)  // a handful who hold most posts
        for (unsigned p = 0; p < roles / 2; ++p) problem.persons[p] |= random() & random();
    problem.apart.resize(roles);
    for (unsigned a = 0; a < roles; ++a)
        for (unsigned b = 0; b < a; ++b)
            if (random() % 5 == 0) {
                problem.apart[a] |= RoleSet{1} << b;
                problem.apart[b] |= RoleSet{1} << a;
            }
    return problem;
}

void random_problems(const char* what, unsigned roles, unsigned persons, bool scarce) {
    std::mt19937_64 random(12);
    std::vector<double> times;
    for (int i = 0; i < 2'000; ++i) {
        const auto problem = random_problem(random, roles, persons, scarce);
        const RoleSet all = (RoleSet{1} << roles) - 1;
        times.push_back(milliseconds([&] {
            if (process::staffed(problem, all) == process::Staffed::unknown) std::abort();
        }));
    }
    row(fmt::format("{}, median", what), at(times, 0.5), 0.1);
    row(fmt::format("{}, slowest of 2,000", what), at(times, 1), 200);
}

/// The shipped hall's people, as often as there are offices.
definition::Organization province(const definition::Organization& city, std::size_t offices) {
    auto province = city;
    province.halls.clear();
    province.officers.clear();
    for (std::size_t i = 0; i < offices; ++i) {
        const auto suffix = fmt::format("-{:03}", i);
        province.halls.emplace_back().id = HallId("hall" + suffix);
        for (auto officer : city.officers) {
            officer.id.text += suffix;
            officer.person.text += suffix;
            officer.hall = province.halls.back().id;
            province.officers.push_back(std::move(officer));
        }
    }
    std::sort(province.officers.begin(), province.officers.end(),
              [](const auto& a, const auto& b) { return a.id < b.id; });
    return province;
}

}  // namespace

int main() {
    random_problems("12 steps, 300 officers", 12, 300, false);
    random_problems("12 steps, 300 officers, few of whom may do much", 12, 300, true);

    Sources sources;
    DiagnosticSink findings(sources);
    const auto texts = definition::read_texts(
        {std::filesystem::path(WORKFLOW_SOURCE_DIR) / "definitions"}, sources, findings);
    const auto loaded = definition::load(texts, sources, findings);
    if (!loaded.organization) return 1;
    const auto& city = *loaded.organization;
    const auto large = province(city, 100);
    std::vector<process::Process> in_city, in_province;
    for (const auto& item : loaded.items) {
        in_city.push_back(*process::compile(item, &city, findings));
        in_province.push_back(*process::compile(item, &large, findings));
    }
    std::vector<double> times;
    for (int i = 0; i < 5; ++i)
        times.push_back(milliseconds([&] {
            for (std::size_t n = 0; n < 308; ++n)
                verify::check_staffing(in_province[n % in_province.size()], large, findings);
        }));
    if (findings.errors() > 0) return 1;
    row(fmt::format("308 items in 100 offices, {} officers", large.officers.size()), at(times, 0.5),
        1000);

    // Whoever has done whatever in a case that may still go any way.
    std::mt19937_64 random(7);
    times.clear();
    const HallId central("central");
    const PersonId applicant("citizen");
    const Date day{20'000};
    for (int i = 0; i < 100'000; ++i) {
        const auto& process = in_city[random() % in_city.size()];
        std::vector<process::Performance> done;
        for (auto n = random() % 5; n > 0; --n) {
            const auto& role = process.roles[random() % process.roles.size()];
            done.push_back({city.officers[random() % city.officers.size()].id,
                            process.task_at(role.place)->members});
        }
        const auto& officer = city.officers[random() % city.officers.size()];
        const auto& role = process.roles[random() % process.roles.size()];
        const process::Candidates candidates(process, city, central, day);
        process::Outlook outlook(candidates, done, {applicant},
                                 process.places[process.start].ahead);
        times.push_back(milliseconds(
            [&] { (void)outlook.loses(officer, process.task_at(role.place)->members); }));
    }
    row("when a task is taken, median", at(times, 0.5), 0.05);
    row("when a task is taken, p99", at(times, 0.99), 0.05);
    return 0;
}
