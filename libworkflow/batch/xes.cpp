// Event logs in XES (IEEE 1849-2016): each trace is a row. Its attributes are columns. `events` is
// a list of contexts with the events' attributes. Names are FEEL names: `concept:name` becomes
// concept_name.

#include <unordered_map>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "../base/source.hpp"
#include "../feel/temporal.hpp"
#include "bytes.hpp"
#include "input.hpp"
#include "xml_pieces.hpp"

namespace workflow::batch {
namespace {

Value read_attribute(const pugi::xml_node& node) {
    const std::string_view kind = node.name();
    const std::string text = node.attribute("value").value();
    if (kind == "date") {
        const auto moment = feel::parse_date_time(text);
        return moment ? Value(*moment) : Value();
    }
    if (kind == "int" || kind == "float") {
        const auto number = parse_decimal(text);
        return number ? Value(*number) : Value();
    }
    if (kind == "boolean") return text == "true";
    return text;
}

bool is_attribute(const pugi::xml_node& node) {
    const std::string_view kind = node.name();
    return kind == "string" || kind == "date" || kind == "int" || kind == "float" ||
           kind == "boolean" || kind == "id";
}

/// A column of that name holds the events. A trace attribute of that name becomes `events_`.
constexpr std::string_view events_name = "events";

std::string trace_column(const pugi::xml_node& node) {
    auto name = column_name(node.attribute("key").value());
    return name == events_name ? name + '_' : name;
}

class XesInput final : public Input {
public:
    explicit XesInput(const std::filesystem::path& file) : file_(file) {
        // The columns are known only after all traces, so they are read twice.
        open();
        while (pieces_->next("trace", piece_))
            if (parse())
                for (const auto node : document_.child("trace").children())
                    if (is_attribute(node)) add_column(columns_, trace_column(node));
        columns_.emplace_back(events_name);
        for (std::size_t i = 0; i < columns_.size(); ++i) slots_.emplace(columns_[i], i);
        open();
    }

    [[nodiscard]] const std::vector<std::string>& columns() const override { return columns_; }

    bool next(Row& row) override {
        if (!pieces_->next("trace", piece_)) return false;
        row.line = pieces_->line();
        row.mistake.clear();
        row.cells.assign(columns_.size(), Value());
        if (!pieces_->latin1() && first_invalid_utf8(piece_) != std::string::npos)
            row.mistake = "the trace is not UTF-8";
        else if (const auto parsed = parse(); !parsed)
            row.mistake = fmt::format("the trace is not XML: {}", parsed.description());
        if (!row.mistake.empty()) return true;
        List events;
        for (const auto node : document_.child("trace").children()) {
            if (std::string_view(node.name()) == "event") {
                Context entries;
                entries.emplace_back("position",
                                     decimal_of(static_cast<std::int64_t>(events.size()) + 1));
                for (const auto attribute : node.children())
                    if (is_attribute(attribute))
                        entries.emplace_back(column_name(attribute.attribute("key").value()),
                                             read_attribute(attribute));
                events.emplace_back(std::move(entries));
            } else if (is_attribute(node)) {
                row.cells[slots_.at(trace_column(node))] = read_attribute(node);
            }
        }
        row.cells.back() = std::move(events);
        return true;
    }

    [[nodiscard]] double share() const override { return bytes_->share(); }

private:
    void open() {
        bytes_ = std::make_unique<Bytes>(file_);
        pieces_ = std::make_unique<XmlPieces>(*bytes_, "log");
    }
    pugi::xml_parse_result parse() {
        return document_.load_buffer_inplace(
            piece_.data(), piece_.size(), pugi::parse_default,
            pieces_->latin1() ? pugi::encoding_latin1 : pugi::encoding_utf8);
    }

    std::filesystem::path file_;
    std::unique_ptr<Bytes> bytes_;
    std::unique_ptr<XmlPieces> pieces_;
    std::string piece_;
    pugi::xml_document document_;  // refers to piece_
    std::vector<std::string> columns_;
    std::unordered_map<std::string, std::size_t> slots_;
};

}  // namespace

std::unique_ptr<Input> open_xes(const std::filesystem::path& file) {
    return std::make_unique<XesInput>(file);
}

}  // namespace workflow::batch
