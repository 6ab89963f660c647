#include "bytes.hpp"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "input.hpp"

namespace workflow::batch {

struct Bytes::File {
    gzFile handle = nullptr;
    std::uintmax_t size = 0;
    std::vector<char> piece = std::vector<char>(std::size_t{1} << 16);

    explicit File(const std::filesystem::path& path) {
        std::error_code problem;
        if (!std::filesystem::is_regular_file(path, problem))
            throw InputError(fmt::format("{} is not a file", path.string()));
        size = std::filesystem::file_size(path, problem);
        handle = gzopen(path.c_str(), "rb");
        if (!handle)
            throw InputError(
                fmt::format("{} cannot be read: {}", path.string(), std::strerror(errno)));
    }
    ~File() { gzclose(handle); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
};

Bytes::Bytes(const std::filesystem::path& file)
    : path_(file.string()), file_(std::make_unique<File>(file)) {}

Bytes::Bytes(std::string_view text) : data_(text.data()), size_(text.size()) {}

Bytes::~Bytes() = default;

bool Bytes::refill() {
    if (!file_) return false;
    auto& piece = file_->piece;
    const int got = gzread(file_->handle, piece.data(), static_cast<unsigned>(piece.size()));
    int code = Z_OK;
    const char* why = gzerror(file_->handle, &code);
    if (got < 0 || (got == 0 && code != Z_OK && code != Z_STREAM_END))
        throw InputError(fmt::format("{} cannot be read beyond line {}: {}", path_, line_, why));
    data_ = piece.data();
    at_ = 0;
    size_ = static_cast<std::size_t>(got);
    return got > 0;
}

bool Bytes::line(std::string& text, std::size_t longest) {
    text.clear();
    if (peek() == end) return false;
    while (peek() != end) {
        const auto* begin = data_ + at_;
        const auto* found = static_cast<const char*>(std::memchr(begin, '\n', size_ - at_));
        const auto length = found ? static_cast<std::size_t>(found - begin) : size_ - at_;
        if (text.size() < longest) text.append(begin, std::min(length, longest - text.size()));
        at_ += length;
        if (!found) continue;
        ++at_;
        ++line_;
        break;
    }
    if (text.ends_with('\r')) text.pop_back();
    return true;
}

double Bytes::share() const {
    if (!file_ || file_->size == 0) return 1;
    const auto read = gzoffset(file_->handle);
    return read < 0 ? 1 : static_cast<double>(read) / static_cast<double>(file_->size);
}

void skip_byte_order_mark(Bytes& bytes) {
    for (const char mark : {'\xEF', '\xBB', '\xBF'}) {
        if (bytes.peek() != static_cast<unsigned char>(mark)) return;
        bytes.take();
    }
}

}  // namespace workflow::batch
