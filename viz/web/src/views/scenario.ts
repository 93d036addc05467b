/** What was changed, and whether each lever acted. */
import type { Atlas } from "../atlas";
import { h } from "../dom";
import { count } from "../numbers";
import * as say from "../sentences";
import { note_box } from "./boxes";
import { show_data } from "./data_table";

export function scenario(atlas: Atlas): HTMLElement {
  const { report } = atlas;
  const { levers, ref, name, same } = report.scenario;
  const idle = levers.filter(say.has_no_effect).length;
  const tally = levers.length > 0 && ref !== null && h("p", { class: "tally" },
    `${count(levers.length - idle)} of ${count(levers.length)} ${levers.length === 1 ? "lever" : "levers"} changed results. `,
    idle > 0 && h("span", { class: "warn" }, `${count(idle)} had no effect.`));
  const about = ref === null
    ? h("p", { class: "about" }, say.scenario_text(report))
    : h("p", { class: "about" }, "Compared with the reference ", h("b", {}, ref), say.scenario_text(report));
  const rows = levers.map((l) => h("tr", {},
    h("td", { title: l.key }, l.label || l.key),
    h("td", { class: "inline" }, l.from),
    h("td", { class: "strong inline", "data-label": "→" }, l.to),
    h("td", { class: say.has_no_effect(l) ? "warn" : null }, say.lever_effect(l))));
  return h("section", { id: "scenario", class: "scenario" },
    h("div", {},
      h("p", { class: "eyebrow" }, "Scenario"),
      h("h2", {}, name), about, tally,
      same && note_box("These two scenarios give the same result, to the last digit.", levers.map((l) => l.reason).filter(Boolean).join(" "))),
    levers.length === 0
      ? h("div", {}, h("p", { class: "about" }, ref === null ? "" : "No lever differs from the reference."))
      : h("div", {},
        h("table", { class: "levers list" },
          h("thead", {}, h("tr", {}, ["Lever", "Reference", "This scenario", "Did it change anything?"].map((t) => h("th", { scope: "col" }, t)))),
          h("tbody", {}, rows)),
        show_data("levers", () => ({
          name: "levers",
          columns: ["key", "label", "reference", "scenario", "places_changed", "since", "reason"],
          rows: levers.map((l) => [l.key, l.label, l.from, l.to, l.places, l.since, l.reason]),
        }))));
}
