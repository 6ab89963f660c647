#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "batch/csv.hpp"

// Reading any bytes as CSV ends, and what was read without a mistake is read the same from what is
// written of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace workflow::batch;
    Bytes bytes(std::string_view(reinterpret_cast<const char*>(data), size));
    CsvReader reader(bytes);
    std::vector<std::string> fields, again;
    std::string mistake;
    while (reader.next(fields, mistake)) {
        if (!mistake.empty()) continue;
        std::string text;
        for (const auto& field : fields) {
            if (&field != &fields.front()) text += ',';
            text += csv_field(field);
        }
        if (text.empty() || text.starts_with("\xEF")) continue;
        text += '\n';
        Bytes written{std::string_view(text)};
        CsvReader second(written);
        if (!second.next(again, mistake) || !mistake.empty() || again != fields) std::abort();
    }
    return 0;
}
