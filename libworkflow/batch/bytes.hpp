#pragma once

/// The bytes of an input, one after the other, unpacked when the file is gzip.

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace workflow::batch {

/// Holds a piece of the file at a time. Not thread-safe.
class Bytes {
public:
    static constexpr int end = -1;

    /// Throws InputError when the file cannot be opened.
    explicit Bytes(const std::filesystem::path& file);
    /// The bytes of a text, which must outlive this.
    explicit Bytes(std::string_view text);
    ~Bytes();
    Bytes(const Bytes&) = delete;
    Bytes& operator=(const Bytes&) = delete;

    /// The next byte, or `end`. Throws InputError when the file cannot be read on.
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
    /// The next line without its line break, of which at most `longest` bytes are kept; false at
    /// the end.
    bool line(std::string& text, std::size_t longest);
    /// The line, from 1, on which the next byte stands.
    [[nodiscard]] std::uint64_t line() const { return line_; }
    /// The share of the file that has been read, 0 to 1.
    [[nodiscard]] double share() const;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    struct File;
    bool refill();

    std::string path_;
    std::unique_ptr<File> file_;  // nothing: a text
    const char* data_ = nullptr;
    std::size_t at_ = 0, size_ = 0;
    std::uint64_t line_ = 1;
};

/// Passes over a byte order mark of UTF-8.
void skip_byte_order_mark(Bytes& bytes);

}  // namespace workflow::batch
