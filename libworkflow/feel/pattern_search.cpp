#include <utf8proc.h>

#include <algorithm>
#include <utility>

#include "pattern_program.hpp"

namespace workflow::feel::pattern {

namespace {

constexpr std::uint32_t restore = static_cast<std::uint32_t>(-1);
/// The maximum number of stored alternatives that have not been tried.
constexpr std::size_t most_later = 500'000;

}  // namespace

Search::Decoded Search::decode(std::size_t place) const {
    if (place >= text_.size()) return {};
    const auto first = static_cast<unsigned char>(text_[place]);
    if (first < 0x80) return {first, 1};
    Decoded one;
    const auto read =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text_.data()) + place,
                         static_cast<utf8proc_ssize_t>(text_.size() - place), &one.character);
    one.bytes = read > 0 ? static_cast<std::uint32_t>(read) : 1;
    return one;
}

bool Search::asserted(Operation operation, std::size_t place) const {
    switch (operation) {
        case Operation::text_begin:
            return place == 0;
        case Operation::text_end:
            return place == text_.size();
        case Operation::line_begin:
            return place == 0 || (text_[place - 1] == '\n' && place < text_.size());
        default:
            return place == text_.size() || text_[place] == '\n';
    }
}

bool Search::takes(const Instruction& instruction, Character c) {
    if (c == no_character) return false;
    if (instruction.operation == Operation::character)
        return static_cast<Character>(instruction.first) == c;
    return program_.classes[instruction.first].takes(c, steps_);
}

/// Adds the instructions that accept `next` and are reached from `start` without consuming a
/// character, best first. Returns true if the pattern's end is among them: the following ones have
/// lower precedence.
bool Search::enter(Threads& threads, std::uint32_t start, std::size_t place, Character next) {
    later_.assign(1, {start, 0, 0});
    while (!later_.empty()) {
        const auto one = later_.back();
        later_.pop_back();
        if (one.at == restore) {
            slots_[one.slot] = one.place;
            continue;
        }
        for (auto at = one.at; threads.seen[at] != round_;) {
            threads.seen[at] = round_;
            ++steps_;
            const auto& instruction = program_.code[at];
            if (instruction.operation == Operation::jump) {
                at = instruction.first;
            } else if (instruction.operation == Operation::split ||
                       instruction.operation == Operation::again) {
                later_.push_back(
                    {instruction.rather_leave ? instruction.first : instruction.second, 0, 0});
                at = instruction.rather_leave ? instruction.second : instruction.first;
            } else if (instruction.operation == Operation::save) {
                if (instruction.first < kept_) {
                    later_.push_back({restore, instruction.first, slots_[instruction.first]});
                    slots_[instruction.first] = place;
                }
                ++at;
            } else if (instruction.operation == Operation::found) {
                best_ = slots_;
                return true;
            } else if (instruction.operation == Operation::character ||
                       instruction.operation == Operation::one_of) {
                if (takes(instruction, next)) {
                    threads.at.push_back(at);
                    threads.slots.insert(threads.slots.end(), slots_.begin(), slots_.end());
                    steps_ += kept_ / 8;
                }
                break;
            } else {
                if (!asserted(instruction.operation, place)) break;
                ++at;
            }
        }
    }
    return false;
}

Search::Answer Search::side_by_side(std::size_t from, bool any) {
    bool found = false, cut = false;
    auto place = from;
    auto here = decode(place);
    now_.at.clear();
    now_.slots.clear();
    ++round_;
    while (true) {
        if (++steps_ > most_) return Answer::too_long;
        if (!found && !cut && (!program_.from_the_begin || place == 0)) {
            slots_.assign(kept_, nowhere);
            found = enter(now_, 0, place, here.character);
        }
        if (found && any) return Answer::found;
        const bool stuck = now_.at.empty() && (found || program_.from_the_begin);
        if (stuck || here.character == no_character) break;
        place += here.bytes;
        here = decode(place);
        then_.at.clear();
        then_.slots.clear();
        ++round_;
        cut = false;
        for (std::size_t i = 0; i < now_.at.size() && !cut; ++i) {
            const auto* kept = now_.slots.data() + i * kept_;
            slots_.assign(kept, kept + kept_);
            cut = enter(then_, now_.at[i] + 1, place, here.character);
        }
        found = found || cut;
        std::swap(now_, then_);
    }
    return found ? Answer::found : Answer::none;
}

std::optional<std::size_t> Search::repeats(const Instruction& instruction, std::size_t place) {
    const auto begin = slots_[2 * instruction.first], end = slots_[2 * instruction.first + 1];
    // XPath: a group without a match stands for the empty text.
    if (begin == nowhere || end == nowhere) return 0;
    if (instruction.second == 0) {
        steps_ += (end - begin) / 8;
        const bool same = text_.substr(place).starts_with(text_.substr(begin, end - begin));
        return same ? std::optional(end - begin) : std::nullopt;
    }
    auto at = place;
    for (auto i = begin; i < end;) {
        ++steps_;
        const auto one = decode(i), other = decode(at);
        if (other.character == no_character || (lower(one.character) != lower(other.character) &&
                                                upper(one.character) != upper(other.character)))
            return {};
        i += one.bytes;
        at += other.bytes;
    }
    return at - place;
}

Search::Answer Search::try_from(std::size_t begin) {
    slots_.assign(program_.slots, nowhere);
    later_.assign(1, {0, 0, begin});
    while (!later_.empty()) {
        const auto one = later_.back();
        later_.pop_back();
        if (one.at == restore) {
            slots_[one.slot] = one.place;
            continue;
        }
        auto at = one.at;
        auto place = one.place;
        for (bool on = true; on;) {
            if (++steps_ > most_ || later_.size() > most_later) return Answer::too_long;
            const auto& instruction = program_.code[at];
            switch (instruction.operation) {
                case Operation::jump:
                    at = instruction.first;
                    break;
                case Operation::again:
                    if (slots_[instruction.slot] == place) {
                        at = instruction.second;
                        break;
                    }
                    [[fallthrough]];
                case Operation::split: {
                    const bool leave = instruction.rather_leave;
                    later_.push_back({leave ? instruction.first : instruction.second, 0, place});
                    at = leave ? instruction.second : instruction.first;
                    break;
                }
                case Operation::save:
                    later_.push_back({restore, instruction.first, slots_[instruction.first]});
                    slots_[instruction.first] = place;
                    ++at;
                    break;
                case Operation::found:
                    best_ = slots_;
                    return Answer::found;
                case Operation::reference: {
                    const auto bytes = repeats(instruction, place);
                    on = bytes.has_value();
                    place += bytes.value_or(0);
                    ++at;
                    break;
                }
                case Operation::character:
                case Operation::one_of: {
                    const auto here = decode(place);
                    on = takes(instruction, here.character);
                    place += here.bytes;
                    ++at;
                    break;
                }
                default:
                    on = asserted(instruction.operation, place);
                    ++at;
            }
        }
    }
    return Answer::none;
}

Search::Answer Search::one_by_one(std::size_t from) {
    for (auto place = from;;) {
        const auto answer = try_from(place);
        if (answer != Answer::none || place >= text_.size() || program_.from_the_begin)
            return answer;
        place += decode(place).bytes;
    }
}

Search::Answer Search::next(std::size_t from) {
    if (program_.refers_back) return one_by_one(from);
    kept_ = 2 * (program_.groups + 1);
    now_.seen.resize(program_.code.size(), 0);
    then_.seen.resize(program_.code.size(), 0);
    return side_by_side(from, false);
}

Search::Answer Search::any() {
    if (program_.refers_back) return one_by_one(0);
    kept_ = 0;
    now_.seen.resize(program_.code.size(), 0);
    then_.seen.resize(program_.code.size(), 0);
    return side_by_side(0, true);
}

}  // namespace workflow::feel::pattern
