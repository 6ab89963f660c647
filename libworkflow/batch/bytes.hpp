#pragma once

/// The bytes of an input, read sequentially, decompressed if the file is gzip.

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace workflow::batch {

/// Holds one piece of the file at a time. Not thread-safe.
class Bytes {
public:
    static constexpr int end = -1;

    /// Throws InputError when the file cannot be opened.
    explicit Bytes(const std::filesystem::path& file);
    /// Reads the bytes of a text, which must outlive this object.
    explicit Bytes(std::string_view text);
    ~Bytes();
    Bytes(const Bytes&) = delete;
    Bytes& operator=(const Bytes&) = delete;

    /// Returns the next byte, or `end`. Throws InputError when reading fails.
    int take() {
        const int c = peek();
        if (c == end) return c;
        ++at_;
        if (c == '\n') ++line_;
        return c;
    }
    int peek() {
        if (at_ == size_ && !refill()) return end;
        return static_cast<unsigned char>(data_[at_]);
    }
    /// Reads the next line without its line break, keeping at most `longest` bytes. Returns false
    /// at the end.
    bool line(std::string& text, std::size_t longest);
    /// Returns the line, from 1, of the next byte.
    [[nodiscard]] std::uint64_t line() const { return line_; }
    /// Returns the fraction of the file that has been read, 0 to 1.
    [[nodiscard]] double share() const;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    struct File;
    bool refill();

    std::string path_;
    std::unique_ptr<File> file_;  // nullptr: a text
    const char* data_ = nullptr;
    std::size_t at_ = 0, size_ = 0;
    std::uint64_t line_ = 1;
};

/// Skips a UTF-8 byte order mark.
void skip_byte_order_mark(Bytes& bytes);

}  // namespace workflow::batch
