#pragma once

/// Filters every text that the program prints before the terminal displays it.

#include <streambuf>
#include <string>

namespace workflow::presentation {

/// Returns the beginning of the program's own control sequences, in place of the escape character.
/// It is random for each process, so that no text from outside contains it.
const std::string& own_escape();

/// Passes text on as filtered by `printable`, and the program's own control sequences unchanged.
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
