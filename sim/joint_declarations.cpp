#include "sim/joint_declarations.h"

#include <algorithm>

#include "sim/random.h"

namespace domino::sim {
namespace {

constexpr std::uint32_t most_in_a_year = 255;

}  // namespace

std::vector<JointDeclaration> draw_joint_declarations(const PreparedWorld& prepared, const MemberDraws& draws,
                                                      MemberId id) {
    const World& world = *prepared.world;
    std::vector<JointDeclaration> list;
    for (std::size_t a = 0; a < prepared.admin1_places.size(); ++a) {
        if (prepared.admin1_places[a].empty()) continue;
        const std::uint16_t country = world.places[prepared.admin1_places[a].front()].country;
        const double rate = draws.countries[country].block_rate_per_year;
        if (!(rate > 0.0)) continue;
        for (int y = 0; y < world.calendar.touched_years(); ++y) {
            const int year = world.calendar.first.year() + y;
            double passed = 0.0;
            for (std::uint32_t n = 0; n < most_in_a_year; ++n) {
                passed += standard_exponential({id.seed, Process::block_shock, 0, id.member, year,
                                                world.admin1_keys[a].value, n}) /
                          rate;
                if (passed >= 1.0) break;
                const int month = make_month(year, 1).value + static_cast<int>(passed * 12.0);
                if (month < world.calendar.first.value || month >= world.calendar.end().value) continue;
                const std::int32_t step = world.calendar.step_start(month - world.calendar.first.value);
                if (!list.empty() && list.back().step == step && list.back().admin1 == a) {
                    ++list.back().count;
                } else {
                    list.push_back({step, static_cast<std::uint16_t>(a), 1});
                }
            }
        }
    }
    std::stable_sort(list.begin(), list.end(),
                     [](const JointDeclaration& a, const JointDeclaration& b) { return a.step < b.step; });
    return list;
}

}  // namespace domino::sim
