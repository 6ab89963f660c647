#pragma once

/// The children of an XML document's element, one at a time, so that a document of any length is
/// read in the memory of its largest child.

#include <cstdint>
#include <string>
#include <string_view>

#include "bytes.hpp"

namespace workflow::batch {

/// Finds where elements start and end. The content of a piece is left to an XML parser. Not
/// thread-safe.
class XmlPieces {
public:
    /// `root`: the required name of the document's element.
    XmlPieces(Bytes& bytes, std::string_view root);

    /// Reads the text of the next child of the root named `wanted`. Returns false when there is
    /// none. Throws InputError when the document cannot be read further, has a DOCTYPE, exceeds the
    /// size or nesting bounds of traces, or has an encoding other than UTF-8 and ISO 8859-1.
    bool next(std::string_view wanted, std::string& piece);
    [[nodiscard]] std::uint64_t line() const { return line_; }  ///< start of the last piece
    [[nodiscard]] bool latin1() const { return latin1_; }

private:
    [[noreturn]] void fail(std::string_view what) const;
    int take();
    void skip_past(std::string_view close);
    void comment_or_data();
    void declaration();
    /// A tag whose `<` has been read: its name; whether it closes, or opens and closes.
    struct Tag {
        std::string name;
        bool closes = false, whole = false;
    };
    Tag tag();

    Bytes& bytes_;
    std::string root_;
    std::string* kept_ = nullptr;  // where the bytes of a piece go
    std::size_t depth_ = 0;
    std::uint64_t line_ = 0;
    bool ended_ = false, latin1_ = false;
};

}  // namespace workflow::batch
