#pragma once

#include <string>
#include <vector>

#include "scenarios/built_world.h"
#include "scenarios/scenario.h"
#include "sim/graph/multiplex.h"

namespace domino::scenarios {

/// A layer whose ties a table or a rule gives: meetings, examples shown to many. Its coefficient has the
/// prior of networks, drawn for itself.
struct ExampleLayer {
    std::string name;
    std::vector<sim::DatedEdge> edges;
    std::vector<Link> links = {};
    sim::Response response = sim::Response::exposure;
    OnOff coercion = OnOff::off;
};

/// An example: a place that others look at from a month on.
struct Example {
    std::uint32_t place = 0;
    sim::Month from;

    friend bool operator==(const Example&, const Example&) = default;
};

/// Each example acts on each target with 1/n, n the number of examples, from its month up to but not
/// including
/// @p to: exposure is the share of the examples that have committed. An example does not act on itself.
void add_broadcast(const std::vector<Example>& examples, const std::vector<std::uint32_t>& targets,
                   sim::Month to, std::vector<sim::DatedEdge>& edges);

}  // namespace domino::scenarios
