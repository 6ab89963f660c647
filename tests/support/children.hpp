#pragma once

/// Processes of a test, and memory they share with it.

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <new>
#include <stdexcept>

namespace workflow::testing {

/// Zeroed numbers that the children of a test count in.
template <std::size_t n>
class SharedCounts {
public:
    SharedCounts() {
        void* memory = mmap(nullptr, sizeof(Counts), PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) throw std::bad_alloc();
        counts_ = new (memory) Counts{};
    }
    ~SharedCounts() { munmap(counts_, sizeof(Counts)); }
    SharedCounts(const SharedCounts&) = delete;
    SharedCounts& operator=(const SharedCounts&) = delete;

    std::atomic<std::uint32_t>& operator[](std::size_t i) { return counts_->of[i]; }

private:
    struct Counts {
        std::atomic<std::uint32_t> of[n];
    };
    Counts* counts_;
};

/// A process that does `work` and ends with 0, or with 1 when it throws. It must not use what the
/// parent has opened.
class Child {
public:
    template <class Work>
    explicit Child(Work work) : process_(fork()) {
        if (process_ < 0) throw std::runtime_error("cannot fork");
        if (process_ != 0) return;
        int code = 1;
        try {
            work();
            code = 0;
        } catch (...) {
        }
        _exit(code);
    }
    ~Child() {
        if (process_ > 0) kill();
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    /// Waits for its end and answers its code; -1 when a signal ended it.
    int end() {
        int status = 0;
        waitpid(process_, &status, 0);
        process_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    int kill() {
        ::kill(process_, SIGKILL);
        return end();
    }

private:
    pid_t process_;
};

}  // namespace workflow::testing
