#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "../base/bounds.hpp"
#include "bytes.hpp"
#include "input.hpp"

namespace workflow::batch {
namespace {

/// Builds a Value from the events of the JSON parser. Numbers are read as written, never as
/// doubles.
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
        if (!open_.back().taken.insert(name).second)
            return fail(fmt::format("the key `{}` is given twice", name.substr(0, 80)));
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
        return fail(fmt::format("invalid JSON at column {}", position));
    }

private:
    struct Open {
        std::vector<std::string> names;
        std::unordered_set<std::string> taken;
        List values;
    };

    bool open(bool) {
        if (open_.size() >= bounds::json_depth)
            return fail(fmt::format("nested more than {} deep", bounds::json_depth));
        open_.emplace_back();
        return true;
    }
    bool put(Value value) {
        if (++values_ > bounds::json_values)
            return fail(fmt::format("it has more than {} values", bounds::json_values));
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
    std::size_t values_ = 0;
};

class JsonLinesInput final : public Input {
public:
    explicit JsonLinesInput(const std::filesystem::path& file) : file_(file) {
        // The columns are known only after all lines, so they are read twice.
        open();
        Value value;
        std::string mistake;
        while (read(value, mistake))
            if (const auto* entries = value.as<Context>())
                for (const auto& entry : *entries) add_column(columns_, column_name(entry.first));
        for (std::size_t i = 0; i < columns_.size(); ++i) slots_.emplace(columns_[i], i);
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
            row.mistake = "the line is not a JSON object";
            return true;
        }
        for (const auto& [name, cell] : *entries)
            if (const auto column = slots_.find(column_name(name)); column != slots_.end())
                row.cells[column->second] = cell;
        return true;
    }
    [[nodiscard]] double share() const override { return bytes_->share(); }

private:
    void open() {
        bytes_ = std::make_unique<Bytes>(file_);
        skip_byte_order_mark(*bytes_);
    }
    bool read(Value& value, std::string& mistake) {
        mistake.clear();
        value = Value();
        do {
            line_ = bytes_->line();
            if (!bytes_->line(text_, bounds::record_bytes + 1)) return false;
        } while (text_.find_first_not_of(" \t") == std::string::npos);
        if (text_.size() > bounds::record_bytes) {
            mistake = fmt::format("the line is longer than {} bytes", bounds::record_bytes);
            return true;
        }
        ValueBuilder builder;
        if (!nlohmann::json::sax_parse(text_, &builder) || !builder.result)
            mistake = builder.mistake.empty() ? "invalid JSON" : builder.mistake;
        else
            value = std::move(*builder.result);
        return true;
    }

    std::filesystem::path file_;
    std::unique_ptr<Bytes> bytes_;
    std::uint64_t line_ = 0;
    std::string text_;
    std::vector<std::string> columns_;
    std::unordered_map<std::string, std::size_t> slots_;
};

}  // namespace

std::unique_ptr<Input> open_json_lines(const std::filesystem::path& file) {
    return std::make_unique<JsonLinesInput>(file);
}

}  // namespace workflow::batch
