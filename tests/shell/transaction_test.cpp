// The states of a unit of work.

#include "shell/transaction.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "shell/executor.hpp"
#include "support/passing_store.hpp"
#include "support/standard_item.hpp"

namespace workflow::testing::transaction_test {

using shell::EngineContext;
using shell::Executor;
using shell::Transaction;
using State = Transaction::State;

namespace {

/// Refuses to commit as long as it is told to.
class StubbornStore final : public PassingStore {
public:
    explicit StubbornStore(bool& stubborn)
        : PassingStore(open_store(":memory:")), stubborn_(stubborn) {}
    void commit() override {
        if (stubborn_) throw StoreError("not today");
        PassingStore::commit();
    }

private:
    bool& stubborn_;
};

struct Workplace {
    bool stubborn = false;
    EngineContext context{
        *Catalog::load(standard_texts()).catalog, std::make_unique<StubbornStore>(stubborn), {}};

    static Expected<Answer> open(Transaction& unit, int person) {
        return Executor(unit).perform(
            CaseNumber(),
            {standard_application(std::to_string(person)), Actor::the_applicant(), {}, {}, {}});
    }
    std::uint64_t cases() { return context.store->counts().cases; }
};

}  // namespace

TEST_CASE("a unit of work stays in memory for as long as nothing must be looked up") {
    Workplace workplace;
    {
        Transaction first(workplace.context);
        CHECK(first.state() == State::deciding_in_memory);
        REQUIRE(Workplace::open(first, 1));
        CHECK(first.state() == State::in_store);  // serials, keys and revisions were not known yet
        first.commit();
        CHECK(first.state() == State::committed);
    }
    Transaction second(workplace.context);
    REQUIRE(Workplace::open(second, 2));
    CHECK(second.state() == State::deciding_in_memory);
    const auto before = workplace.cases();
    second.commit();
    CHECK(workplace.cases() == before + 1);
}

TEST_CASE(
    "a unit of work that cannot be committed is rolled back, and what rests on it is decided "
    "anew") {
    Workplace workplace;
    {
        Transaction lost(workplace.context);
        REQUIRE(Workplace::open(lost, 1));
        workplace.stubborn = true;
        CHECK_THROWS_AS(lost.commit(), StoreError);
        CHECK(lost.state() == State::rolled_back);
        CHECK_THROWS_AS(lost.begin(), std::logic_error);
    }
    workplace.stubborn = false;
    CHECK(workplace.cases() == 0);
    Transaction next(workplace.context);
    REQUIRE(Workplace::open(next, 1));
    CHECK_THROWS_AS(next.begin(), shell::Outdated);
    CHECK(next.state() == State::in_store);
    CHECK(Workplace::open(next, 1)->number.text.ends_with("000001"));
    next.commit();
}

TEST_CASE("a unit of work that is over takes no more work") {
    Workplace workplace;
    Transaction unit(workplace.context);
    unit.commit();
    CHECK_THROWS_AS(unit.begin(), std::logic_error);
    CHECK_THROWS_AS(unit.commit(), std::logic_error);
    CHECK_THROWS_AS(unit.store(), std::logic_error);
}

TEST_CASE("a unit of work that is left without a commit leaves nothing") {
    Workplace workplace;
    {
        Transaction left(workplace.context);
        left.begin();
        REQUIRE(Workplace::open(left, 1));
    }
    CHECK(workplace.cases() == 0);
    Transaction next(workplace.context);
    next.begin();
    CHECK(Workplace::open(next, 1)->number.text.ends_with("000001"));
    next.commit();
}

}  // namespace workflow::testing::transaction_test
