#include "csv.hpp"

#include <fstream>

#include <fmt/format.h>

#include "input.hpp"

namespace workflow::batch {

CsvReader::CsvReader(std::istream& in) : in_(in) {
    for (const char mark : {'\xEF', '\xBB', '\xBF'}) {
        if (in_.peek() != static_cast<unsigned char>(mark)) break;
        take();
    }
}

int CsvReader::take() {
    const int c = in_.rdbuf()->sbumpc();
    if (c != std::char_traits<char>::eof()) ++bytes_;
    if (c == '\n') ++next_line_;
    return c;
}

bool CsvReader::next(std::vector<std::string>& fields, std::string& mistake) {
    constexpr int end = std::char_traits<char>::eof();
    fields.clear();
    mistake.clear();
    int c = take();
    while (c == '\n' || c == '\r') c = take();
    if (c == end) return false;
    line_ = next_line_;
    fields.emplace_back();
    bool quoted = false, closed = false;
    std::size_t size = 0;
    for (;; c = take()) {
        if (++size > longest_record && mistake.empty())
            mistake = fmt::format("the record is longer than {} bytes", longest_record);
        auto& field = fields.back();
        if (quoted) {
            if (c == end) {
                mistake = "a quote is not closed";
                return true;
            }
            if (c != '"') {
                if (mistake.empty()) field += static_cast<char>(c);
            } else if (in_.rdbuf()->sgetc() == '"') {
                take();
                field += '"';
            } else {
                quoted = false;
                closed = true;
            }
            continue;
        }
        if (c == end || c == '\n') break;
        if (c == '\r' && in_.rdbuf()->sgetc() == '\n') continue;
        if (c == ',') {
            fields.emplace_back();
            closed = false;
        } else if (c == '"' && field.empty() && !closed) {
            quoted = true;
        } else if (closed || c == '"') {
            if (mistake.empty())
                mistake = fmt::format("a quote inside column {} is neither doubled nor at its ends",
                                      fields.size());
        } else if (c == 0) {
            mistake = "a NUL byte";
        } else if (mistake.empty()) {
            field += static_cast<char>(c);
        }
    }
    return true;
}

std::string csv_field(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
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
    explicit CsvInput(const std::filesystem::path& file)
        : in_(file, std::ios::binary), reader_(in_), path_(file.string()) {
        if (!in_) throw InputError(fmt::format("{} cannot be read", path_));
        size_ = std::filesystem::file_size(file);
        std::string mistake;
        if (!reader_.next(fields_, mistake))
            throw InputError(fmt::format("{} is empty: its first line names the columns", path_));
        if (!mistake.empty()) throw InputError(fmt::format("{}:1: {}", path_, mistake));
        for (const auto& field : fields_) {
            auto name = column_name(field);
            for (const auto& other : columns_)
                if (other == name)
                    throw InputError(fmt::format("{}:1: two columns are named `{}`", path_, name));
            columns_.push_back(std::move(name));
        }
    }

    [[nodiscard]] const std::vector<std::string>& columns() const override { return columns_; }
    bool next(Row& row) override {
        if (!reader_.next(fields_, row.mistake)) {
            if (in_.bad()) throw InputError(fmt::format("{} cannot be read to its end", path_));
            return false;
        }
        row.line = reader_.line();
        row.cells.assign(columns_.size(), Value());
        if (row.mistake.empty() && fields_.size() != columns_.size())
            row.mistake = fmt::format("the row has {} fields, the first line names {} columns",
                                      fields_.size(), columns_.size());
        for (std::size_t i = 0; i < fields_.size() && i < columns_.size(); ++i)
            row.cells[i] = std::move(fields_[i]);
        return true;
    }
    [[nodiscard]] double share() const override {
        return size_ == 0 ? 1 : static_cast<double>(reader_.bytes()) / static_cast<double>(size_);
    }

private:
    std::ifstream in_;
    CsvReader reader_;
    std::string path_;
    std::uintmax_t size_ = 0;
    std::vector<std::string> columns_, fields_;
};

}  // namespace

std::unique_ptr<Input> open_csv(const std::filesystem::path& file) {
    return std::make_unique<CsvInput>(file);
}

}  // namespace workflow::batch
