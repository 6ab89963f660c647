#include "progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "presentation/text/terminal.hpp"
#include "presentation/text/text.hpp"

namespace workflow::tools {

using presentation::grouped;
using presentation::own_escape;

std::string start_of_line() {
    return own_escape() + "[1G" + own_escape() + "[K";
}

Progress::Progress(const Arguments& arguments, Streams& streams, std::string things)
    : streams_(streams),
      things_(std::move(things)),
      visible_(streams.err_terminal && !arguments.quiet()) {}

Progress::~Progress() {
    clear();
}

void Progress::show(std::uint64_t count, double share) {
    const auto now = Clock::now();
    if (!visible_ || now - drawn_ < std::chrono::milliseconds(100)) return;
    drawn_ = now;
    constexpr int width = 30;
    share = std::clamp(share, 0.0, 1.0);
    const int full = static_cast<int>(share * width);
    const double seconds = std::chrono::duration<double>(now - started_).count();
    std::string bar;
    for (int i = 0; i < width; ++i) bar += i < full ? "█" : "░";
    streams_.err << start_of_line()
                 << fmt::format("{} {:3.0f} %  {} {}, {} a second", bar, share * 100,
                                grouped(count), things_,
                                grouped(seconds > 0 ? static_cast<std::uint64_t>(
                                                          static_cast<double>(count) / seconds)
                                                    : 0))
                 << std::flush;
    shown_ = true;
}

void Progress::clear() {
    if (shown_) streams_.err << start_of_line() << std::flush;
    shown_ = false;
}

}  // namespace workflow::tools
