#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace domino::viz {

/// A file written through a buffer, every write checked: a full disk is an error at the line that met it,
/// never a short file. Throws WriteError naming the path.
class CheckedFile {
 public:
    /// Creates or replaces @p path.
    explicit CheckedFile(std::filesystem::path path);
    ~CheckedFile();
    CheckedFile(const CheckedFile&) = delete;
    CheckedFile& operator=(const CheckedFile&) = delete;

    void write(std::string_view bytes);

    /// Hands over what is buffered and closes; a file not closed was not written.
    void close();

 private:
    void flush();
    [[noreturn]] void fail(const char* what, int error) const;

    std::filesystem::path path_;
    std::string buffer_;
    int descriptor_ = -1;
};

/// Writes @p bytes as the whole of @p path.
void write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace domino::viz
