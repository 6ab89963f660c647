// Groups are decided ahead of the store, while the one before is written: what comes between must
// not show.

#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <workflow/workflow.hpp>

#include "support/make_store.hpp"
#include "support/passing_store.hpp"
#include "support/standard_item.hpp"
#include "support/temporary_folder.hpp"

namespace workflow::testing::pipeline_test {

using testing::standard_application;
using testing::standard_texts;

namespace {

const Catalog& catalog() {
    static const Catalog loaded = *Catalog::load(standard_texts()).catalog;
    return loaded;
}

Command application(int person, const std::string& key = {}) {
    return {standard_application(std::to_string(person)),
            Actor::the_applicant(),
            CommandKey(key),
            {},
            {}};
}

/// Fails every n-th commit, as a store does whose write was refused: nothing of it is kept.
class RefusingStore final : public testing::PassingStore {
public:
    RefusingStore(std::unique_ptr<Store> inner, int every)
        : PassingStore(std::move(inner)), every_(every) {}
    void commit() override {
        if (++commits_ % every_ == 0) {
            rollback();
            throw StoreError("refused for the test");
        }
        PassingStore::commit();
    }

private:
    int every_, commits_ = 0;
};

/// What became of submitted commands.
struct Answers {
    std::mutex mutex;
    std::vector<CaseNumber> opened;
    int refused = 0, failed = 0, at_once = 0, most_at_once = 0;
    std::string words;  // of the last refusal or failure

    auto taker() {
        return [this](Expected<Answer> answer, const std::exception_ptr& failure) {
            {
                const std::lock_guard lock(mutex);
                most_at_once = std::max(most_at_once, ++at_once);
            }
            std::this_thread::yield();
            const std::lock_guard lock(mutex);
            --at_once;
            if (failure) {
                ++failed;
                try {
                    std::rethrow_exception(failure);
                } catch (const std::exception& error) {
                    words = error.what();
                }
            } else if (!answer) {
                ++refused;
                words = answer.refusal().message;
            } else {
                opened.push_back(answer.value().number);
            }
        };
    }
};

}  // namespace

TEST_CASE("answers come one at a time, in the order of the commits") {
    const testing::TemporaryFolder folder;
    Engine engine(catalog(), make_store((folder / "hall.db").string()));
    Answers answers;
    for (int i = 0; i < 500; ++i) engine.submit({}, application(i), answers.taker());
    engine.drain();
    REQUIRE(answers.opened.size() == 500);
    CHECK(answers.most_at_once == 1);
    CHECK(std::is_sorted(answers.opened.begin(), answers.opened.end()));
}

TEST_CASE("what was decided ahead is decided anew when somebody else has written meanwhile") {
    const testing::TemporaryFolder folder;
    Engine one(catalog(), make_store((folder / "hall.db").string()));
    Engine two(catalog(), make_store((folder / "hall.db").string()));
    Answers of_one, of_two;
    std::thread other([&] {
        for (int i = 0; i < 300; ++i) {
            two.submit({}, application(1000 + i), of_two.taker());
            if (i % 20 == 0) two.drain();
        }
        two.drain();
    });
    for (int i = 0; i < 300; ++i) {
        one.submit({}, application(i), of_one.taker());
        if (i % 7 == 0) (void)one.perform({}, application(5000 + i)).value();
    }
    one.drain();
    other.join();
    // Had one of them gone by what it remembered, a number or a key would have been there twice.
    CHECK(of_one.failed + of_one.refused + of_two.failed + of_two.refused == 0);
    std::set<CaseNumber> all(of_one.opened.begin(), of_one.opened.end());
    all.insert(of_two.opened.begin(), of_two.opened.end());
    CHECK(all.size() == 600);
    const auto report = one.administration().verify();
    CHECK(report.cases == 643);
    CHECK(report.intact());
}

TEST_CASE("one key opens one case, however many commands with it are under way") {
    const testing::TemporaryFolder folder;
    Engine engine(catalog(), make_store((folder / "hall.db").string()));
    Answers answers;
    for (int i = 0; i < 400; ++i)
        engine.submit({}, application(i % 40, "key-" + std::to_string(i % 40)), answers.taker());
    engine.drain();
    INFO(answers.words);
    CHECK(answers.opened.size() == 400);
    CHECK(std::set<CaseNumber>(answers.opened.begin(), answers.opened.end()).size() == 40);
    CHECK(engine.administration().verify().cases == 40);
}

TEST_CASE("a group that could not be written takes nothing of the next one with it") {
    const testing::TemporaryFolder folder;
    Engine engine(catalog(),
                  std::make_unique<RefusingStore>(make_store((folder / "hall.db").string()), 3));
    Answers answers;
    for (int i = 0; i < 600; ++i) {
        engine.submit({}, application(i), answers.taker());
        if (i % 25 == 0) engine.drain();
    }
    engine.drain();
    CHECK(answers.failed > 0);
    CHECK(answers.refused == 0);
    CHECK(answers.opened.size() + static_cast<std::size_t>(answers.failed) == 600);
    const std::set<CaseNumber> numbers(answers.opened.begin(), answers.opened.end());
    CHECK(numbers.size() == answers.opened.size());
    // Exactly what was answered is there, without a hole in the serials.
    std::set<CaseNumber> kept;
    for (const auto& view : engine.reader().cases({})) kept.insert(view.number);
    CHECK(kept == numbers);
    CHECK(kept.rbegin()->text.ends_with(std::to_string(numbers.size())));
    CHECK(engine.administration().verify().intact());
}

TEST_CASE("commands of many cases run through in flight as they do one by one") {
    const testing::TemporaryFolder folder;
    Engine::Options options;
    options.cached_cases = 16;  // most must be read again from the store
    Engine engine(catalog(), make_store((folder / "hall.db").string()), options);
    Answers answers;
    for (int i = 0; i < 200; ++i) engine.submit({}, application(i), answers.taker());
    engine.drain();
    const auto opened = answers.opened;
    REQUIRE(opened.size() == 200);
    for (const auto& number : opened) {
        engine.submit(number, {ClaimTask{TaskNumber{1}}, Actor::of(OfficerId("lin")), {}, {}, {}},
                      answers.taker());
        engine.submit(number, {ClaimTask{TaskNumber{1}}, Actor::of(OfficerId("sun")), {}, {}, {}},
                      answers.taker());
    }
    engine.drain();
    CHECK(answers.failed == 0);
    CHECK(answers.refused == 200);
    TaskFilter filter;
    filter.holder = OfficerId("lin");
    CHECK(engine.reader().tasks(filter).size() == 200);
    CHECK(engine.administration().verify().intact());
}

}  // namespace workflow::testing::pipeline_test
