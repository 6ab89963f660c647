#pragma once

/// What stands between every text that the program prints and the terminal that shows it.

#include <streambuf>
#include <string>

namespace workflow::presentation {

/// Begins the program's own control sequences, in place of the escape character. Made at random
/// for each process, so that no text from outside contains it.
const std::string& own_escape();

/// Passes text on as `printable` leaves it, and the program's own control sequences as they are.
/// Not thread-safe.
class TerminalText : public std::streambuf {
public:
    explicit TerminalText(std::streambuf& sink) : sink_(sink) {}
    ~TerminalText() override;
    TerminalText(const TerminalText&) = delete;
    TerminalText& operator=(const TerminalText&) = delete;

protected:
    int_type overflow(int_type c) override;
    std::streamsize xsputn(const char* text, std::streamsize size) override;
    int sync() override;

private:
    bool pass_on(const std::string& text);
    std::streambuf& sink_;
    std::string held_;  // the beginning of a character, or of `own_escape`
};

}  // namespace workflow::presentation
