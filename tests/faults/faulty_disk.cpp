#include "faults/faulty_disk.hpp"

#include <algorithm>
#include <fstream>
#include <new>

namespace workflow::testing {
namespace {

using Kind = FaultyDisk::Operation::Kind;

/// Lies before the real VFS's file in the memory that SQLite gives for one.
struct File {
    sqlite3_file base;
    FaultyDisk* disk;
    const char* path;
};
// The real file that follows is aligned like SQLite's own structures.
static_assert(sizeof(File) % alignof(std::max_align_t) == 0 || sizeof(File) % 8 == 0);

File& own(sqlite3_file* file) {
    return *reinterpret_cast<File*>(file);
}
sqlite3_file* real(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(&own(file) + 1);
}
std::string name_of(const char* path) {
    return path ? std::filesystem::path(path).filename().string() : "temporary";
}
int meet(sqlite3_file* file, Kind kind, std::int64_t offset = 0, std::string bytes = {}) {
    return own(file).disk->meet({kind, name_of(own(file).path), offset, std::move(bytes)});
}

int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
    const auto& disk = *own(file).disk;
    std::string bytes;
    if (disk.logs) bytes.assign(static_cast<const char*>(data), static_cast<std::size_t>(size));
    const int code = meet(file, Kind::write, offset, std::move(bytes));
    if (code == SQLITE_OK) return real(file)->pMethods->xWrite(real(file), data, size, offset);
    // A disk that fills up, or breaks, has often taken a part.
    real(file)->pMethods->xWrite(real(file), data, size / 2, offset);
    return code;
}

constexpr sqlite3_io_methods methods{
    3,
    [](sqlite3_file* f) { return real(f)->pMethods ? real(f)->pMethods->xClose(real(f)) : 0; },
    [](sqlite3_file* f, void* data, int size, sqlite3_int64 offset) {
        return real(f)->pMethods->xRead(real(f), data, size, offset);
    },
    write,
    [](sqlite3_file* f, sqlite3_int64 size) {
        const int code = meet(f, Kind::truncate, size);
        return code ? code : real(f)->pMethods->xTruncate(real(f), size);
    },
    [](sqlite3_file* f, int flags) {
        const int code = meet(f, Kind::sync);
        return code ? code : real(f)->pMethods->xSync(real(f), flags);
    },
    [](sqlite3_file* f, sqlite3_int64* size) {
        return real(f)->pMethods->xFileSize(real(f), size);
    },
    [](sqlite3_file* f, int level) { return real(f)->pMethods->xLock(real(f), level); },
    [](sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); },
    [](sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); },
    [](sqlite3_file* f, int what, void* argument) {
        return real(f)->pMethods->xFileControl(real(f), what, argument);
    },
    [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); },
    [](sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); },
    [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
        return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
    },
    [](sqlite3_file* f, int offset, int n, int flags) {
        return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
    },
    [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); },
    [](sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); },
    [](sqlite3_file* f, sqlite3_int64 offset, int size, void** out) {
        return real(f)->pMethods->xFetch(real(f), offset, size, out);
    },
    [](sqlite3_file* f, sqlite3_int64 offset, void* page) {
        return real(f)->pMethods->xUnfetch(real(f), offset, page);
    }};

FaultyDisk& disk_of(sqlite3_vfs* vfs) {
    return *static_cast<FaultyDisk*>(vfs->pAppData);
}

int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    auto& disk = disk_of(vfs);
    new (file) File{{nullptr}, &disk, path};
    const int code = disk.real()->xOpen(disk.real(), path, real(file), flags, out_flags);
    if (real(file)->pMethods) file->pMethods = &methods;
    return code;
}

int remove(sqlite3_vfs* vfs, const char* path, int sync_folder) {
    auto& disk = disk_of(vfs);
    const int code = disk.meet({Kind::remove, name_of(path), 0, {}});
    return code ? code : disk.real()->xDelete(disk.real(), path, sync_folder);
}

}  // namespace

FaultyDisk::FaultyDisk() : real_(sqlite3_vfs_find(nullptr)), vfs_(*real_) {
    static int made = 0;
    name_ = "faulty-" + std::to_string(++made);
    vfs_.zName = name_.c_str();
    vfs_.pAppData = this;
    vfs_.pNext = nullptr;
    vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
    vfs_.xOpen = open;
    vfs_.xDelete = remove;
    vfs_.xAccess = [](sqlite3_vfs* vfs, const char* path, int flags, int* out) {
        auto* below = disk_of(vfs).real();
        return below->xAccess(below, path, flags, out);
    };
    vfs_.xFullPathname = [](sqlite3_vfs* vfs, const char* path, int size, char* out) {
        auto* below = disk_of(vfs).real();
        return below->xFullPathname(below, path, size, out);
    };
    sqlite3_vfs_register(&vfs_, 0);
}

FaultyDisk::~FaultyDisk() {
    sqlite3_vfs_unregister(&vfs_);
}

void FaultyDisk::fail_at(std::uint64_t operation, int code, bool lasting) {
    failing_ = operation;
    code_ = code;
    lasting_ = lasting;
}

int FaultyDisk::meet(Operation operation) {
    const auto number = operations++;
    if (operation.kind == Kind::sync) ++syncs;
    if (failing_ && (number == *failing_ || (lasting_ && number > *failing_))) {
        failed = true;
        // Only writing can find the disk full.
        if (code_ == SQLITE_FULL && operation.kind != Kind::write) return SQLITE_IOERR;
        return code_;
    }
    if (logs) log.push_back(std::move(operation));
    return SQLITE_OK;
}

void DiskImage::carry_out(const FaultyDisk::Operation& operation, std::string& bytes) {
    const auto offset = static_cast<std::size_t>(operation.offset);
    if (operation.kind == Kind::truncate) return bytes.resize(offset);
    if (bytes.size() < offset + operation.bytes.size())
        bytes.resize(offset + operation.bytes.size());
    bytes.replace(offset, operation.bytes.size(), operation.bytes);
}

void DiskImage::take(const FaultyDisk::Operation& operation) {
    switch (operation.kind) {
        case Kind::acknowledged:
            return;
        case Kind::remove:
            files_.erase(operation.file);
            return;
        case Kind::sync: {
            if (lying_) return;
            auto& file = files_[operation.file];
            for (const auto& one : file.pending) carry_out(one, file.durable);
            file.pending.clear();
            return;
        }
        case Kind::write:
        case Kind::truncate:
            files_[operation.file].pending.push_back(operation);
            return;
    }
}

void DiskImage::cut_power(const std::filesystem::path& folder, std::uint64_t chance) const {
    // splitmix64: what is kept follows from `chance` alone.
    const auto next = [&chance] {
        auto z = chance += 0x9e3779b97f4a7c15U;
        z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
        z = (z ^ z >> 27) * 0x94d049bb133111ebU;
        return z ^ z >> 31;
    };
    for (const auto& [name, file] : files_) {
        auto bytes = file.durable;
        const auto kept_of_four = next() % 5;  // none, some, most or all
        for (const auto& operation : file.pending) {
            if (operation.kind == Kind::truncate) {
                if (next() % 4 < kept_of_four) carry_out(operation, bytes);
                continue;
            }
            const auto& all = operation.bytes;
            for (std::size_t at = 0; at < all.size();) {
                // Pieces end where the disk's sectors end.
                const auto offset = static_cast<std::size_t>(operation.offset) + at;
                const auto size = std::min(512 - offset % 512, all.size() - at);
                if (next() % 4 < kept_of_four)
                    carry_out({Kind::write, name, static_cast<std::int64_t>(offset),
                               all.substr(at, size)},
                              bytes);
                at += size;
            }
        }
        std::ofstream(folder / name, std::ios::binary) << bytes;
    }
}

}  // namespace workflow::testing
