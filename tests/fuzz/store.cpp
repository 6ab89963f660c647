// A store's file in which bytes were changed: opening it to read, verifying it and reading its
// cases end in a report or in a StoreError. The input is a list of changes: three bytes for the
// place, one for the new byte.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include <unistd.h>

#include <workflow/workflow.hpp>

#include "../support/standard_item.hpp"

using namespace workflow;

namespace {

class Hall {
public:
    Hall() {
        char name[] = "/tmp/fuzz-store-XXXXXX";
        if (!mkdtemp(name)) std::abort();
        folder_ = name;
        file = folder_ + "/hall.db";
        Engine engine(catalog(), open_store(file, {.create = true}), options());
        for (const char* person : {"1001", "1002", "1003"}) {
            const auto opened =
                engine.open(testing::standard_application(person), Actor::the_applicant());
            CompleteTask accepted;
            accepted.task = engine.reader().show(opened->number)->tasks.at(0).task;
            accepted.outcome = OutcomeId("accept");
            if (!engine.complete(opened->number, accepted, OfficerId("lin"))) std::abort();
            number = opened->number;
        }
    }
    ~Hall() {
        for (const char* end : {"", "-wal", "-shm", ".lock", "-lock"})
            std::remove((file + end).c_str());
        rmdir(folder_.c_str());
    }
    static Catalog catalog() { return *Catalog::load(testing::standard_texts()).catalog; }
    static Engine::Options options() {
        Engine::Options options;
        options.clock = [] { return *parse_instant("2026-03-02T09:00:00+08:00", {}); };
        return options;
    }

    std::string file;
    CaseNumber number;

private:
    std::string folder_;
};

std::string bytes_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Hall hall;
    static const Catalog catalog = Hall::catalog();
    static const std::string whole = bytes_of(hall.file);
    auto changed = whole;
    for (std::size_t i = 0; i + 4 <= size; i += 4) {
        const std::size_t place =
            data[i] | std::size_t{data[i + 1]} << 8U | std::size_t{data[i + 2]} << 16U;
        changed[place % changed.size()] = static_cast<char>(data[i + 3]);
    }
    for (const char* beside : {"-wal", "-shm"}) std::remove((hall.file + beside).c_str());
    std::ofstream(hall.file, std::ios::binary) << changed;
    try {
        Engine engine(catalog, open_store(hall.file, StoreOptions{.read_only = true}),
                      Hall::options());
        const auto report = engine.administration().verify();
        if (changed == whole && !report.intact()) __builtin_trap();
        (void)engine.reader().trail(hall.number);
        (void)engine.reader().show(hall.number);
        (void)engine.reader().cases({});
    } catch (const StoreError&) {
    }
    return 0;
}
