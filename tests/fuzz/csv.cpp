#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "batch/csv.hpp"

using namespace workflow::batch;

namespace {

/// What is read of the record that is written of these fields.
std::vector<std::string> read_again(const std::vector<std::string>& fields, Formulas formulas) {
    std::string text;
    for (const auto& field : fields) {
        if (&field != &fields.front()) text += ',';
        text += csv_field(field, formulas);
    }
    if (text.empty() || text.starts_with("\xEF")) return fields;
    text += '\n';
    Bytes written{std::string_view(text)};
    CsvReader reader(written);
    std::vector<std::string> again;
    std::string mistake;
    if (!reader.next(again, mistake) || !mistake.empty()) std::abort();
    if (formulas == Formulas::neutral)
        for (auto& field : again) field = without_apostrophe(std::move(field));
    return again;
}

}  // namespace

// Reading any bytes as CSV ends, and what was read without a mistake is read the same from what is
// written of it, as it is and with formulas made harmless.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Bytes bytes(std::string_view(reinterpret_cast<const char*>(data), size));
    CsvReader reader(bytes);
    std::vector<std::string> fields;
    std::string mistake;
    while (reader.next(fields, mistake))
        if (mistake.empty() && (read_again(fields, Formulas::raw) != fields ||
                                read_again(fields, Formulas::neutral) != fields))
            std::abort();
    return 0;
}
