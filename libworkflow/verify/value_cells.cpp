#include "value_cells.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>

#include "../feel/constant_tests.hpp"
#include "../process/branches.hpp"

namespace workflow::verify {
namespace {

using process::Process;

constexpr std::uint32_t most_combinations = 64;

}  // namespace

ValueCells::ValueCells(const Process& process) : process_(process) {
    add_fields();
    all_ = count_ == 64 ? ~ValueSet{0} : bit(count_) - 1;
    limit_values();
    limit_opening();
    for (const auto& transition : process.transitions) {
        const auto known = transition.guard ? where(transition.guard) : all_;
        may_.push_back(known.value_or(all_));
        must_.push_back(known.value_or(0));
    }
}

void ValueCells::add_fields() {
    std::map<std::uint32_t, std::vector<decision::Cell>> read;  // by slot: the tests that read it
    const auto add = [&](const feel::Expression& condition) {
        const auto regions = feel::constant_condition(condition);
        if (!regions) return;
        for (const auto& region : *regions)
            for (const auto& [slot, pieces] : region)
                if (slot < process_.fields.size() &&
                    process_.fields[slot].type != definition::FieldType::strings)
                    read[slot].emplace_back(pieces);
    };
    for (const auto& transition : process_.transitions) add(transition.guard);
    for (std::size_t slot = 0; slot < process_.fields.size(); ++slot)
        if (read.contains(static_cast<std::uint32_t>(slot))) add(process_.fields[slot].check);
    std::vector<std::pair<std::size_t, std::uint32_t>> order;
    for (const auto& [slot, cells] : read) order.emplace_back(cells.size(), slot);
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [times, slot] : order) {
        std::vector<const decision::Cell*> cells;
        for (const auto& one : read[slot]) cells.push_back(&one);
        const auto& info = process_.fields[slot];
        Field field{slot, decision::Axis(process::domain_of(info), cells),
                    !(info.required && info.origin == definition::FieldOrigin::applicant), 0, 0};
        field.cells = field.axis.size() + (field.null ? 1 : 0);
        if (field.cells == 0 || count_ * field.cells > most_combinations) continue;
        field.stride = count_;
        count_ *= field.cells;
        fields_.push_back(std::move(field));
    }
}

ValueSet ValueCells::where_null(const Field& field) const {
    ValueSet without = 0;
    if (field.null)
        for (std::uint32_t i = 0; i < count_; ++i)
            if (is_null(field, i)) without |= bit(i);
    return without;
}

void ValueCells::limit_values() {
    allowed_ = all_;
    for (const auto& field : fields_) {
        const auto& info = process_.fields[field.slot];
        if (!info.check) continue;
        if (const auto good = where(info.check)) allowed_ &= *good | where_null(field);
    }
}

void ValueCells::limit_opening() {
    at_opening_ = allowed_;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        const auto& field = fields_[i];
        const auto& info = process_.fields[field.slot];
        if (info.origin == definition::FieldOrigin::applicant) {
            of_applicant_ |= Fields{1} << i;
            if (info.initial) at_opening_ &= ~where_null(field);
            continue;
        }
        const auto sets_it = [&](const process::Transition& transition) {
            return std::any_of(transition.sets.begin(), transition.sets.end(),
                               [&](const auto& set) { return set.field == field.slot; });
        };
        // The engine fills in a computed field that no outcome sets.
        if (info.origin == definition::FieldOrigin::computed &&
            std::none_of(process_.transitions.begin(), process_.transitions.end(), sets_it))
            continue;
        std::optional<std::uint32_t> first;
        if (info.initial && !info.initial->is_null())
            first = field.axis.segment_of(*info.initial);
        else if (field.null)
            first = field.cells - 1;
        if (!first) continue;
        for (std::uint32_t one = 0; one < count_; ++one)
            if (cell(field, one) != *first) at_opening_ &= ~bit(one);
    }
}

ValueCells::Fields ValueCells::fields_in(std::span<const std::uint16_t> slots) const {
    Fields found = 0;
    for (std::size_t i = 0; i < fields_.size(); ++i)
        if (std::find(slots.begin(), slots.end(), fields_[i].slot) != slots.end())
            found |= Fields{1} << i;
    return found;
}

ValueSet ValueCells::rewritten(ValueSet some, Fields fields) const {
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        if ((fields >> i & 1) == 0) continue;
        const auto& field = fields_[i];
        ValueSet made = 0;
        for (auto left = some; left != 0; left &= left - 1) {
            const auto from = static_cast<std::uint32_t>(std::countr_zero(left));
            const auto rest = from - cell(field, from) * field.stride;
            for (std::uint32_t to = 0; to < field.cells; ++to)
                made |= bit(rest + to * field.stride);
        }
        some = made;
    }
    return some & allowed_;
}

std::optional<ValueSet> ValueCells::where(const feel::Expression& condition) const {
    // Only then does the condition not distinguish the values of a cell.
    if (!feel::constant_condition(condition)) return {};
    const auto reads = condition.reads();
    for (const auto slot : reads)
        if (std::none_of(fields_.begin(), fields_.end(),
                         [&](const auto& field) { return field.slot == slot; }))
            return {};
    std::vector<Value> values(process_.slots());
    ValueSet found = 0;
    for (std::uint32_t i = 0; i < count_; ++i) {
        for (const auto& field : fields_) {
            auto& value = values[field.slot];
            value = is_null(field, i) ? Value() : field.axis.witness(cell(field, i));
            if (value.is_null() && !is_null(field, i)) return {};
        }
        const auto answer = condition.evaluate(values, feel::Moment{});
        const auto* truth = answer.as<bool>();
        if (truth && *truth) found |= bit(i);
    }
    return found;
}

ValueSet ValueCells::after(ValueSet before, const process::Transition& transition) const {
    for (const auto& set : transition.sets) {
        const auto field = std::find_if(fields_.begin(), fields_.end(),
                                        [&](const auto& one) { return one.slot == set.field; });
        if (field == fields_.end()) continue;
        std::optional<std::uint32_t> one;
        if (const auto value = set.value.constant()) {
            if (value->is_null() && field->null) one = field->cells - 1;
            if (!value->is_null()) one = field->axis.segment_of(*value);
        }
        ValueSet made = 0;
        for (auto left = before; left != 0; left &= left - 1) {
            const auto from = static_cast<std::uint32_t>(std::countr_zero(left));
            const auto rest = from - cell(*field, from) * field->stride;
            for (std::uint32_t to = 0; to < field->cells; ++to)
                if (!one || *one == to) made |= bit(rest + to * field->stride);
        }
        before = made;
    }
    return before & allowed_;
}

ValueSet ValueCells::before(ValueSet values, const process::Transition& transition) const {
    if (transition.sets.empty()) return values;
    ValueSet found = 0;
    for (std::uint32_t i = 0; i < count_; ++i)
        if ((after(bit(i), transition) & values) != 0) found |= bit(i);
    return found;
}

std::string ValueCells::words(ValueSet some) const {
    const auto one = static_cast<std::uint32_t>(std::countr_zero(some));
    std::string text;
    for (const auto& field : fields_) {
        const auto here = cell(field, one);
        const auto rest = one - here * field.stride;
        bool matters = false;
        for (std::uint32_t to = 0; to < field.cells; ++to)
            matters = matters || (some & bit(rest + to * field.stride)) == 0;
        if (!matters) continue;
        text +=
            fmt::format("{}{} = {}", text.empty() ? "" : ", ", process_.fields[field.slot].id.text,
                        is_null(field, one) ? "null" : to_string(field.axis.witness(here)));
    }
    return text;
}

}  // namespace workflow::verify
