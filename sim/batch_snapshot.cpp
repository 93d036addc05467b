#include "sim/batch_snapshot.h"

namespace domino::sim {
namespace {

template <class Value>
std::size_t bytes_of(const std::vector<Value>& values) {
    return values.capacity() * sizeof(Value);
}

}  // namespace

std::size_t BatchSnapshot::bytes() const {
    std::size_t sum = commitment.bytes() + capacity.bytes() + stock.bytes() + emissions.bytes();
    for (const CourseSnapshot& course : courses) {
        const MemberOutcome& o = course.outcome;
        sum += bytes_of(course.projects) + bytes_of(course.installed_projects) + bytes_of(o.events) +
               bytes_of(o.stage_step) + bytes_of(o.stock_units) + bytes_of(o.added_units);
    }
    return sum;
}

}  // namespace domino::sim
