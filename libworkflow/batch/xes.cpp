// Event logs in XES (IEEE 1849-2016): each trace is a row. Its attributes are columns; `events` is
// a list of contexts with the events' attributes. Names are FEEL names: `concept:name` is
// concept_name.

#include <zlib.h>

#include <algorithm>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "../feel/temporal.hpp"
#include "input.hpp"

namespace workflow::batch {
namespace {

constexpr std::size_t largest_log = std::size_t{1} << 30;

/// The whole file, unpacked when it is gzip.
std::string read_all(const std::filesystem::path& file) {
    const auto handle = gzopen(file.c_str(), "rb");
    if (!handle) throw InputError(fmt::format("{} cannot be read", file.string()));
    std::string text;
    char part[1 << 16];
    int size = 0;
    while ((size = gzread(handle, part, sizeof part)) > 0 && text.size() < largest_log)
        text.append(part, static_cast<std::size_t>(size));
    const bool broken = size < 0;
    gzclose(handle);
    if (broken) throw InputError(fmt::format("{} is a broken gzip file", file.string()));
    if (text.size() >= largest_log)
        throw InputError(fmt::format("{} is larger than 1 GiB", file.string()));
    return text;
}

Value read_attribute(const pugi::xml_node& node) {
    const std::string kind = node.name();
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

class XesInput final : public Input {
public:
    explicit XesInput(const std::filesystem::path& file) {
        auto text = read_all(file);
        if (text.find("<!DOCTYPE") != std::string::npos)
            throw InputError(
                fmt::format("{} has a DOCTYPE, which an event log never needs", file.string()));
        const auto parsed = document_.load_buffer(text.data(), text.size());
        if (!parsed)
            throw InputError(fmt::format("{}: no XML at byte {}: {}", file.string(), parsed.offset,
                                         parsed.description()));
        const auto log = document_.child("log");
        if (!log)
            throw InputError(fmt::format("{} is no XES log: there is no <log>", file.string()));
        for (const auto trace : log.children("trace")) {
            ++traces_;
            for (const auto node : trace.children())
                if (is_attribute(node)) add_column(column_name(node.attribute("key").value()));
        }
        events_column_ = columns_.size();
        columns_.emplace_back("events");
        trace_ = log.child("trace");
    }

    [[nodiscard]] const std::vector<std::string>& columns() const override { return columns_; }

    bool next(Row& row) override {
        if (!trace_) return false;
        row.line = ++read_;
        row.mistake.clear();
        row.cells.assign(columns_.size(), Value());
        List events;
        for (const auto node : trace_.children()) {
            if (std::string_view(node.name()) == "event") {
                Context entries;
                for (const auto attribute : node.children())
                    if (is_attribute(attribute))
                        entries.emplace_back(column_name(attribute.attribute("key").value()),
                                             read_attribute(attribute));
                events.emplace_back(std::move(entries));
            } else if (is_attribute(node)) {
                const auto column = std::find(columns_.begin(), columns_.end(),
                                              column_name(node.attribute("key").value()));
                row.cells[static_cast<std::size_t>(column - columns_.begin())] =
                    read_attribute(node);
            }
        }
        row.cells[events_column_] = std::move(events);
        trace_ = trace_.next_sibling("trace");
        return true;
    }

    [[nodiscard]] double share() const override {
        return traces_ == 0 ? 1 : static_cast<double>(read_) / static_cast<double>(traces_);
    }

private:
    void add_column(std::string name) {
        if (name == "events") name = "events_";
        if (std::find(columns_.begin(), columns_.end(), name) == columns_.end())
            columns_.push_back(std::move(name));
    }

    pugi::xml_document document_;
    pugi::xml_node trace_;
    std::vector<std::string> columns_;
    std::size_t events_column_ = 0;
    std::uint64_t traces_ = 0, read_ = 0;
};

}  // namespace

std::unique_ptr<Input> open_xes(const std::filesystem::path& file) {
    return std::make_unique<XesInput>(file);
}

}  // namespace workflow::batch
