#include "csv.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "../base/bounds.hpp"
#include "../base/source.hpp"
#include "input.hpp"

namespace workflow::batch {

CsvReader::CsvReader(Bytes& bytes, char separator) : bytes_(bytes), separator_(separator) {
    skip_byte_order_mark(bytes_);
}

bool CsvReader::too_long(std::size_t& size, std::string& mistake) {
    if (++size <= bounds::record_bytes) return false;
    if (mistake.empty())
        mistake = fmt::format("the record is longer than {} bytes; check for an unclosed quote",
                              bounds::record_bytes);
    return true;
}

/// Reads the rest of a field whose opening quote has been read. Returns false when the record must
/// end.
bool CsvReader::quoted_field(std::string& field, std::string& mistake, std::size_t& size) {
    const auto opened = bytes_.line();
    for (;;) {
        const int c = bytes_.take();
        if (c == Bytes::end) {
            mistake = fmt::format("the quote opened on line {} is not closed", opened);
            return false;
        }
        if (too_long(size, mistake)) {
            if (c == '\n') return false;
            continue;
        }
        if (c != '"') {
            field += static_cast<char>(c);
        } else if (bytes_.peek() == '"') {
            bytes_.take();
            field += '"';
        } else {
            return true;
        }
    }
}

bool CsvReader::next(std::vector<std::string>& fields, std::string& mistake) {
    mistake.clear();
    while (bytes_.peek() == '\n' || bytes_.peek() == '\r') bytes_.take();
    if (bytes_.peek() == Bytes::end) return false;
    line_ = bytes_.line();
    std::size_t count = 0, size = 0;
    // Fields keep their memory between records.
    const auto fresh = [&]() -> std::string& {
        if (count == fields.size()) fields.emplace_back();
        auto& field = fields[count++];
        field.clear();
        return field;
    };
    auto* field = &fresh();
    bool closed = false;
    for (;;) {
        const int c = bytes_.take();
        if (c == Bytes::end || c == '\n') break;
        if (c == '\r' && (bytes_.peek() == '\n' || bytes_.peek() == Bytes::end)) continue;
        const bool long_already = too_long(size, mistake) || count > bounds::columns;
        if (c == static_cast<unsigned char>(separator_)) {
            if (!long_already) field = &fresh();
            if (count > bounds::columns && mistake.empty())
                mistake = fmt::format("the record has more than {} fields", bounds::columns);
            closed = false;
        } else if (c == '"' && field->empty() && !closed) {
            if (!quoted_field(*field, mistake, size)) break;
            closed = true;
        } else if (closed || c == '"') {
            if (mistake.empty())
                mistake =
                    closed ? fmt::format("text follows the closing quote of field {}", count)
                           : fmt::format("a quote is inside field {}, which is not quoted", count);
            // The written text stays readable in the file of rejected rows.
            if (closed) *field += '"';
            closed = false;
            if (!long_already) *field += static_cast<char>(c);
        } else if (!long_already) {
            *field += static_cast<char>(c);
        }
    }
    fields.resize(count);
    return true;
}

namespace {

bool is_number(std::string_view text) {
    return text.find_first_not_of("+-.0123456789") == std::string_view::npos &&
           text.find_first_of("0123456789") != std::string_view::npos &&
           text.find_first_of("+-", 1) == std::string_view::npos &&
           text.find('.') == text.rfind('.');
}

/// Looks behind apostrophes, the first of which `csv_field` may have written.
bool is_formula(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
    if (text.empty()) return false;
    for (const std::string_view sign : {"＝", "＋", "－", "＠"})
        if (text.starts_with(sign)) return true;
    return std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos &&
           !is_number(text);
}

}  // namespace

std::string without_apostrophe(std::string text) {
    if (text.starts_with('\'') && is_formula(text)) text.erase(0, 1);
    return text;
}

std::string csv_field(std::string_view text, Formulas formulas) {
    if (formulas == Formulas::neutral && is_formula(text))
        return csv_field('\'' + std::string(text), Formulas::raw);
    const bool blanks = text.starts_with(' ') || text.ends_with(' ');
    if (!blanks && text.find_first_of(",;\t\"\r\n") == std::string_view::npos)
        return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

namespace {

class CsvInput final : public Input {
public:
    CsvInput(const std::filesystem::path& file, char separator)
        : bytes_(file), reader_(bytes_, separator) {
        std::string mistake;
        if (!reader_.next(fields_, mistake))
            throw InputError(
                fmt::format("{} is empty: its first line must name the columns", bytes_.path()));
        if (mistake.empty()) mistake = unfit();
        if (!mistake.empty()) throw InputError(fmt::format("{}:1: {}", bytes_.path(), mistake));
        if (fields_.size() > reject_columns.size() &&
            std::equal(reject_columns.begin(), reject_columns.end(), fields_.begin())) {
            rejected_ = true;
            take_back_line();
        }
        for (const auto& field : fields_) {
            const auto before = columns_.size();
            auto name = column_name(field);
            if (name.empty())
                throw InputError(
                    fmt::format("{}:1: column {} has no name", bytes_.path(), before + 1));
            add_column(columns_, name);
            if (columns_.size() == before)
                throw InputError(
                    fmt::format("{}:1: two columns are named `{}`", bytes_.path(), name));
        }
    }

    [[nodiscard]] const std::vector<std::string>& columns() const override { return columns_; }
    bool next(Row& row) override {
        if (!reader_.next(fields_, row.mistake)) return false;
        row.line = reader_.line();
        row.cells.assign(columns_.size(), Value());
        if (rejected_) row.line = take_back_line();
        if (row.mistake.empty()) row.mistake = unfit();
        if (row.mistake.empty() && fields_.size() != columns_.size())
            row.mistake = fmt::format("the row has {} fields, the first line names {} columns",
                                      fields_.size(), columns_.size());
        if (!row.mistake.empty()) {
            row.unreadable = fields_;
            return true;
        }
        for (std::size_t i = 0; i < fields_.size(); ++i)
            if (!fields_[i].empty()) row.cells[i] = fields_[i];
        return true;
    }
    [[nodiscard]] double share() const override { return bytes_.share(); }

private:
    /// Reports content that neither FEEL nor the trail can store.
    [[nodiscard]] std::string unfit() const {
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            if (first_invalid_utf8(fields_[i]) != std::string::npos)
                return fmt::format("field {} is not UTF-8", i + 1);
            if (fields_[i].find('\0') != std::string::npos)
                return fmt::format("field {} holds a NUL byte", i + 1);
        }
        return {};
    }

    /// Restores the fields of the input as they were before the row was rejected. Returns their
    /// line in it, which identifies rows without another key.
    std::uint64_t take_back_line() {
        std::uint64_t line = reader_.line();
        if (fields_.size() > 1) {
            const auto& text = fields_[1];
            std::uint64_t former = 0;
            const auto [end, problem] =
                std::from_chars(text.data(), text.data() + text.size(), former);
            if (problem == std::errc{} && end == text.data() + text.size()) line = former;
        }
        fields_.erase(fields_.begin(),
                      fields_.begin() + static_cast<std::ptrdiff_t>(
                                            std::min(fields_.size(), reject_columns.size())));
        for (auto& field : fields_) field = without_apostrophe(std::move(field));
        return line;
    }

    Bytes bytes_;
    CsvReader reader_;
    std::vector<std::string> columns_, fields_;
    bool rejected_ = false;  // a corrected file of rejected rows
};

}  // namespace

std::unique_ptr<Input> open_csv(const std::filesystem::path& file, char separator) {
    return std::make_unique<CsvInput>(file, separator);
}

}  // namespace workflow::batch
