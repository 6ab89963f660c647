#include "reader.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "../../base/bounds.hpp"

namespace workflow::presentation {

namespace {

/// The position of the parser in the text, for the builder of the value.
class Following {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    Following(const char* at, const char** reached) : at_(at), reached_(reached) {}
    reference operator*() const { return *at_; }
    Following& operator++() {
        *reached_ = ++at_;
        return *this;
    }
    bool operator==(const Following& other) const { return at_ == other.at_; }
    bool operator!=(const Following& other) const { return at_ != other.at_; }

private:
    const char* at_;
    const char** reached_;
};

/// Builds the value. Setting a key in an object of `Json` compares it with every key, so entries
/// are appended instead, and a set contains the keys in use.
class Builder {
public:
    Json result;
    std::string mistake;

    bool null() { return put(Json()); }
    bool boolean(bool value) { return put(Json(value)); }
    bool number_integer(Json::number_integer_t value) { return put(Json(value)); }
    bool number_unsigned(Json::number_unsigned_t value) { return put(Json(value)); }
    bool number_float(Json::number_float_t value, const std::string&) { return put(Json(value)); }
    bool string(std::string& text) { return put(Json(std::move(text))); }
    bool binary(Json::binary_t&) { return fail("binary content is no JSON"); }
    bool start_object(std::size_t) { return open(Json::object()); }
    bool start_array(std::size_t) { return open(Json::array()); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(std::string& name) {
        auto& around = open_.back();
        if (!around.keys.insert(name).second)
            return fail(fmt::format("the key `{}` is given twice", name.substr(0, 80)));
        around.key = std::move(name);
        return true;
    }
    bool parse_error(std::size_t, const std::string&, const Json::exception&) {
        return fail("this is not JSON");
    }

private:
    struct Open {
        Json value;
        std::string key;
        std::unordered_set<std::string> keys;
    };

    bool fail(std::string what) {
        mistake = std::move(what);
        return false;
    }
    bool counted() {
        if (++values_ <= bounds::json_values) return true;
        return fail(fmt::format("it has more than {} values", bounds::json_values));
    }
    bool open(Json value) {
        if (open_.size() >= bounds::json_depth)
            return fail(fmt::format("this is nested more than {} deep", bounds::json_depth));
        open_.push_back({std::move(value), {}, {}});
        return counted();
    }
    bool close() {
        auto done = std::move(open_.back().value);
        open_.pop_back();
        add(std::move(done));
        return true;
    }
    bool put(Json value) {
        add(std::move(value));
        return counted();
    }
    void add(Json value) {
        if (open_.empty()) {
            result = std::move(value);
            return;
        }
        auto& around = open_.back();
        if (around.value.is_array())
            around.value.get_ref<Json::array_t&>().push_back(std::move(value));
        else
            around.value.get_ref<Json::object_t&>().emplace_back(std::move(around.key),
                                                                 std::move(value));
    }

    std::vector<Open> open_;
    std::size_t values_ = 0;
};

NoJson wrong(std::string_view text, std::size_t at, const std::string& name,
             const std::string& what) {
    const auto before = text.substr(0, at);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const auto begin = before.rfind('\n');
    const auto column = begin == std::string_view::npos ? at + 1 : at - begin;
    return NoJson(fmt::format("{}:{}:{}: {}", name, line, std::max<std::size_t>(column, 1), what));
}

}  // namespace

Json read_json(std::string_view text, const std::string& name) {
    if (text.size() > bounds::json_bytes)
        throw NoJson(fmt::format("{} is larger than the {} bytes of JSON that are read", name,
                                 bounds::json_bytes));
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const char* reached = text.data();
    const auto *begin = text.data(), *end = text.data() + text.size();
    Builder builder;
    const bool fine =
        Json::sax_parse(Following(begin, &reached), Following(end, &reached), &builder);
    // The parser has already read the character behind the reported one.
    const auto at = static_cast<std::size_t>(std::max<std::ptrdiff_t>(reached - begin - 1, 0));
    if (!fine) throw wrong(text, at, name, builder.mistake);
    return std::move(builder.result);
}

}  // namespace workflow::presentation
