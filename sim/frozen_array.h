#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace domino::sim {

/// An array that was filled once: copies share its storage, so they cost next to nothing, and nobody can
/// change what others read.
template <class T>
class FrozenArray {
 public:
    FrozenArray() = default;
    /// Takes the values over and gives back what room they had left.
    FrozenArray(std::vector<T> values) {  // NOLINT(google-explicit-constructor): a vector that is done
        values.shrink_to_fit();
        values_ = std::make_shared<const std::vector<T>>(std::move(values));
        data_ = values_->data();
        size_ = values_->size();
    }

    const T& operator[](std::size_t n) const { return data_[n]; }
    const T* data() const { return data_; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    const T* begin() const { return data_; }
    const T* end() const { return data_ + size_; }

    friend bool operator==(const FrozenArray& a, const FrozenArray& b) {
        return a.data_ == b.data_ ? a.size_ == b.size_ : std::equal(a.begin(), a.end(), b.begin(), b.end());
    }

 private:
    std::shared_ptr<const std::vector<T>> values_;
    const T* data_ = nullptr;
    std::size_t size_ = 0;
};

}  // namespace domino::sim
