#include <algorithm>
#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "input.hpp"

namespace workflow::batch {
namespace {

/// Builds a Value from the events of the JSON parser. Numbers are taken as written: never doubles.
class ValueBuilder {
public:
    using Json = nlohmann::json;

    std::optional<Value> result;
    std::string mistake;

    bool null() { return put(Value()); }
    bool boolean(bool value) { return put(Value(value)); }
    bool number_integer(Json::number_integer_t value) { return put(Value(decimal_of(value))); }
    bool number_unsigned(Json::number_unsigned_t value) {
        const auto number = parse_decimal(std::to_string(value));
        return put(Value(*number));
    }
    bool number_float(Json::number_float_t, const std::string& text) {
        const auto number = parse_decimal(text);
        return number ? put(Value(*number)) : fail("a number is out of range");
    }
    bool string(std::string& text) { return put(Value(std::move(text))); }
    bool binary(Json::binary_t&) { return fail("binary content"); }
    bool start_object(std::size_t) { return open(true); }
    bool key(std::string& name) {
        open_.back().names.push_back(std::move(name));
        return true;
    }
    bool end_object() {
        auto done = std::move(open_.back());
        open_.pop_back();
        Context context;
        for (std::size_t i = 0; i < done.values.size(); ++i)
            context.emplace_back(std::move(done.names[i]), std::move(done.values[i]));
        return put(Value(std::move(context)));
    }
    bool start_array(std::size_t) { return open(false); }
    bool end_array() {
        auto done = std::move(open_.back());
        open_.pop_back();
        return put(Value(std::move(done.values)));
    }
    bool parse_error(std::size_t position, const std::string&, const Json::exception&) {
        return fail(fmt::format("no JSON at column {}", position));
    }

private:
    struct Open {
        std::vector<std::string> names;
        List values;
    };

    bool open(bool) {
        if (open_.size() >= 32) return fail("nested more than 32 deep");
        open_.emplace_back();
        return true;
    }
    bool put(Value value) {
        if (open_.empty())
            result = std::move(value);
        else
            open_.back().values.push_back(std::move(value));
        return true;
    }
    bool fail(std::string why) {
        mistake = std::move(why);
        return false;
    }

    std::vector<Open> open_;
};

class JsonLinesInput final : public Input {
public:
    explicit JsonLinesInput(const std::filesystem::path& file) : path_(file.string()) {
        size_ = std::filesystem::exists(file) ? std::filesystem::file_size(file) : 0;
        // Which columns there are is known only after all lines: they are read twice.
        open();
        Value value;
        std::string mistake;
        while (read(value, mistake)) {
            const auto* entries = value.as<Context>();
            for (const auto& [name, unused] : entries ? *entries : Context()) {
                auto column = column_name(name);
                if (std::find(columns_.begin(), columns_.end(), column) == columns_.end())
                    columns_.push_back(std::move(column));
                if (columns_.size() > 1000)
                    throw InputError(fmt::format("{}:{}: more than 1,000 columns", path_, line_));
            }
        }
        open();
    }

    [[nodiscard]] const std::vector<std::string>& columns() const override { return columns_; }
    bool next(Row& row) override {
        Value value;
        if (!read(value, row.mistake)) return false;
        row.line = line_;
        row.cells.assign(columns_.size(), Value());
        if (!row.mistake.empty()) return true;
        const auto* entries = value.as<Context>();
        if (!entries) {
            row.mistake = "the line is no JSON object";
            return true;
        }
        for (const auto& [name, cell] : *entries) {
            const auto column = std::find(columns_.begin(), columns_.end(), column_name(name));
            if (column != columns_.end())
                row.cells[static_cast<std::size_t>(column - columns_.begin())] = cell;
        }
        return true;
    }
    [[nodiscard]] double share() const override {
        return size_ == 0 ? 1 : static_cast<double>(bytes_) / static_cast<double>(size_);
    }

private:
    void open() {
        in_ = std::ifstream(path_, std::ios::binary);
        if (!in_) throw InputError(fmt::format("{} cannot be read", path_));
        line_ = bytes_ = 0;
    }
    bool read(Value& value, std::string& mistake) {
        mistake.clear();
        std::string text;
        do {
            if (!std::getline(in_, text)) return false;
            ++line_;
            bytes_ += text.size() + 1;
        } while (text.find_first_not_of(" \t\r") == std::string::npos);
        ValueBuilder builder;
        if (!nlohmann::json::sax_parse(text, &builder) || !builder.result)
            mistake = builder.mistake.empty() ? "no JSON" : builder.mistake;
        value = builder.result.value_or(Value());
        return true;
    }

    std::string path_;
    std::ifstream in_;
    std::uintmax_t size_ = 0;
    std::uint64_t line_ = 0, bytes_ = 0;
    std::vector<std::string> columns_;
};

}  // namespace

std::unique_ptr<Input> open_json_lines(const std::filesystem::path& file) {
    return std::make_unique<JsonLinesInput>(file);
}

}  // namespace workflow::batch
