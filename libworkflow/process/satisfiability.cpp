#include "satisfiability.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

namespace workflow::process {
namespace {

constexpr std::size_t most_attempts = 400'000;
/// Up to this many contested roles, the smallest conflict is found by trying all sets.
constexpr int most_for_smallest = 16;

constexpr RoleSet bit(std::size_t role) {
    return RoleSet{1} << role;
}

/// A pattern states which roles are played by the same person, not by whom. Blocks of roles are
/// matched with persons incrementally, so that an infeasible pattern is abandoned at once.
class Search {
public:
    Search(const Authorization& authorization, RoleSet roles) : apart_(authorization.apart) {
        for (std::size_t role = 0; role < most_roles; ++role)
            if (roles & bit(role)) order_.push_back(role);
        words_ = (authorization.persons.size() + 63) / 64;
        may_.resize(most_roles * words_);
        std::array<std::size_t, most_roles> count{};
        for (std::size_t person = 0; person < authorization.persons.size(); ++person)
            for (auto left = authorization.persons[person] & roles; left != 0; left &= left - 1) {
                const auto role = static_cast<std::size_t>(std::countr_zero(left));
                may_[role * words_ + person / 64] |= std::uint64_t{1} << person % 64;
                ++count[role];
            }
        std::sort(order_.begin(), order_.end(),
                  [&](std::size_t a, std::size_t b) { return count[a] < count[b]; });
        const auto depth = order_.size();
        could_.resize(depth * words_);
        before_.resize(depth * words_);
        taken_.resize((depth + 1) * words_);
    }

    std::optional<bool> run() {
        const bool found = place(0);
        if (!found && attempts_ > most_attempts) return {};
        return found;
    }

private:
    struct Block {
        RoleSet roles = 0;
        std::size_t person = 0;
    };

    [[nodiscard]] bool has(const std::uint64_t* set, std::size_t person) const {
        return (set[person / 64] >> person % 64 & 1) != 0;
    }
    std::uint64_t* could(std::size_t block) { return could_.data() + block * words_; }

    /// Finds a person for `block`. Other blocks may be reassigned.
    bool match(std::size_t block, std::uint64_t& asked) {
        auto* const free = taken_.data();
        for (std::size_t w = 0; w < words_; ++w)
            if (const auto left = could(block)[w] & ~free[w]; left != 0) {
                blocks_[block].person = w * 64 + static_cast<std::size_t>(std::countr_zero(left));
                free[w] |= left & (~left + 1);
                return true;
            }
        asked |= bit(block);
        for (std::size_t other = 0; other < blocks_.size(); ++other) {
            const auto person = blocks_[other].person;
            if ((asked & bit(other)) || !has(could(block), person)) continue;
            if (!match(other, asked)) continue;
            blocks_[block].person = person;
            return true;
        }
        return false;
    }

    /// The matching as it was before an attempt.
    struct Kept {
        std::array<std::uint16_t, most_roles> persons;
    };
    void keep(std::size_t depth, Kept& kept) {
        for (std::size_t block = 0; block < blocks_.size(); ++block)
            kept.persons[block] = static_cast<std::uint16_t>(blocks_[block].person);
        std::copy_n(taken_.begin(), words_, taken_.begin() + offset(depth));
    }
    void restore(std::size_t depth, const Kept& kept) {
        for (std::size_t block = 0; block < blocks_.size(); ++block)
            blocks_[block].person = kept.persons[block];
        std::copy_n(taken_.begin() + offset(depth), words_, taken_.begin());
    }
    [[nodiscard]] std::ptrdiff_t offset(std::size_t depth) const {
        return static_cast<std::ptrdiff_t>((depth + 1) * words_);
    }

    bool place(std::size_t depth) {
        if (depth == order_.size()) return true;
        if (++attempts_ > most_attempts) return false;
        const auto role = order_[depth];
        const auto* may = may_.data() + role * words_;
        Kept kept;
        keep(depth, kept);

        blocks_.push_back({bit(role), 0});
        std::copy_n(may, words_, could(blocks_.size() - 1));
        std::uint64_t asked = 0;
        if (match(blocks_.size() - 1, asked) && place(depth + 1)) return true;
        blocks_.pop_back();
        restore(depth, kept);

        auto* const before = before_.data() + depth * words_;
        for (std::size_t block = 0; block < blocks_.size(); ++block) {
            if (blocks_[block].roles & apart_[role]) continue;
            std::copy_n(could(block), words_, before);
            for (std::size_t w = 0; w < words_; ++w) could(block)[w] &= may[w];
            blocks_[block].roles |= bit(role);
            if (rematch(block) && place(depth + 1)) return true;
            blocks_[block].roles &= ~bit(role);
            std::copy_n(before, words_, could(block));
            restore(depth, kept);
        }
        return false;
    }

    /// The block has another role to play, so its person may no longer qualify.
    bool rematch(std::size_t block) {
        const auto person = blocks_[block].person;
        if (has(could(block), person)) return true;
        taken_[person / 64] &= ~(std::uint64_t{1} << person % 64);
        std::uint64_t asked = 0;
        return match(block, asked);
    }

    const std::vector<RoleSet>& apart_;
    std::vector<std::size_t> order_;  // roles, those with the fewest candidates first
    std::size_t words_ = 0;
    std::vector<std::uint64_t> may_;     // by role: the persons
    std::vector<std::uint64_t> could_;   // by block: the persons who may play all of its roles
    std::vector<std::uint64_t> before_;  // by depth
    std::vector<std::uint64_t> taken_;   // persons of blocks; then, by depth, earlier states
    std::vector<Block> blocks_;
    std::size_t attempts_ = 0;
};

Authorization without_names(const Authorization& authorization, RoleSet roles) {
    Authorization smaller{{}, authorization.apart};
    for (const auto may : authorization.persons)
        if (may & roles) smaller.persons.push_back(may & roles);
    return smaller;
}

}  // namespace

RoleSet contested(const Authorization& authorization, RoleSet roles) {
    std::array<int, most_roles> persons{};
    for (const auto may : authorization.persons)
        for (auto left = may & roles; left != 0; left &= left - 1)
            ++persons[static_cast<std::size_t>(std::countr_zero(left))];
    for (bool less = true; less;) {
        less = false;
        for (auto left = roles; left != 0; left &= left - 1) {
            const auto role = static_cast<std::size_t>(std::countr_zero(left));
            if (persons[role] <= std::popcount(authorization.apart[role] & roles)) continue;
            roles &= ~bit(role);
            less = true;
        }
    }
    return roles;
}

Staffed staffed(const Authorization& authorization, RoleSet roles) {
    const auto left = contested(authorization, roles);
    if (left == 0) return Staffed::yes;
    const auto found = Search(authorization, left).run();
    if (!found) return Staffed::unknown;
    return *found ? Staffed::yes : Staffed::no;
}

RoleSet smallest_conflict(const Authorization& given, RoleSet roles) {
    const auto left = contested(given, roles);
    const auto authorization = without_names(given, left);
    if (left == 0 || staffed(authorization, left) != Staffed::no) return 0;
    // No role can be left out, but a smaller conflict with other roles may exist.
    auto conflict = left;
    for (auto rest = left; rest != 0; rest &= rest - 1) {
        const auto without = conflict & ~(rest & (~rest + 1));
        if (staffed(authorization, without) == Staffed::no) conflict = without;
    }
    if (std::popcount(left) > most_for_smallest) return conflict;
    for (int size = 1; size < std::popcount(conflict); ++size)
        for (auto some = left; some != 0; some = (some - 1) & left)
            if (std::popcount(some) == size && staffed(authorization, some) == Staffed::no)
                return some;
    return conflict;
}

}  // namespace workflow::process
