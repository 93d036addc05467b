/** Beyond the nation: groups of places, what cities hold, and what partner cities and companies there gain. */
import type { Atlas } from "../atlas";
import { h } from "../dom";
import type { Benefit, Group } from "../format";
import { chance, count, interval, points, sig } from "../numbers";
import { benefits_heading, goal_name, urban_sentence } from "../sentences";
import { show_data } from "./data_table";
import type { Cell } from "./data_table";

function heads(...names: [string, number?][]): HTMLElement {
  return h("thead", {}, h("tr", {}, names.map(([name, num]) => h("th", { scope: "col", class: num ? "num" : null }, name))));
}

function group_row(g: Group, runs: number, first_year: number, last_year: number): HTMLElement {
  const last = interval(g.last);
  return h("tr", {},
    h("td", { class: "strong" }, g.name),
    h("td", { class: "num inline", "data-label": "places" }, count(g.places)),
    h("td", { class: "num inline", "data-label": "million people" }, sig(g.people)),
    h("td", { class: "num inline", "data-label": `Mt in ${first_year}` }, sig(g.first.mid)),
    h("td", { class: "num inline", "data-label": `Mt in ${last_year}` }, `${last.mid} (${last.range})`),
    h("td", {}, g.targets.map((t) => h("div", {}, h("b", {}, String(t.year)), ` ${t.label}: `,
      t.p === null ? `not assessable, ${t.reason}` : `${chance(t.p, runs)}${t.pRef === null ? "" : `, ${points(t.p - t.pRef, runs)}`}`))));
}

function groups(atlas: Atlas): HTMLElement[] {
  const list = atlas.report.groups;
  if (list.length === 0) return [];
  return [
    h("h3", {}, "Groups of places"),
    h("table", { class: "list" },
      heads(["Group"], ["Places", 1], ["People, M", 1], [`${atlas.first_year}, Mt`, 1], [`${atlas.last_year}, Mt (90%)`, 1], ["What membership implies: chance"]),
      h("tbody", {}, list.map((g) => group_row(g, atlas.report.meta.runs, atlas.first_year, atlas.last_year)))),
  ];
}

const amount = (x: number): string => (Number.isInteger(x) ? count(x) : sig(x));

function benefit_value(b: Benefit): string {
  if (b.value.p05 === b.value.p95) return amount(b.value.mid);
  const t = interval(b.value);
  return `${t.mid} (${t.range})`;
}

function benefits_table(atlas: Atlas): HTMLElement[] {
  const { benefits: list } = atlas.report;
  if (list.length === 0) return [];
  const of = (to: Benefit["to"], who: string): HTMLElement[] => list.filter((b) => b.to === to).map((b) => h("tr", {},
    h("td", { class: "strong" }, b.label),
    h("td", { class: "inline" }, who),
    h("td", { class: "num inline", "data-label": "delivered" }, benefit_value(b)),
    h("td", { class: "num inline", "data-label": "reference" }, b.ref === null ? "" : amount(b.ref)),
    h("td", { class: "inline" }, b.unit === "places" ? "partner places" : "Mt CO₂e a year")));
  return [
    h("h3", {}, "Benefits of city-to-city projects"),
    h("table", { class: "list" },
      heads(["Benefit"], ["For"], [`In ${atlas.last_year} (90%)`, 1], [atlas.has_reference ? "Reference" : "", 1], ["Counted in"]),
      h("tbody", {}, of("partner_city", "partner city"), of("local_company", "companies there"))),
    h("p", { class: "note" }, "The seven and five benefits are the guidebook’s (its Tables 1 and 2), which counts none of them. How a run tells that one is delivered is a guess: ",
      h("code", {}, "partnership_benefits"), " in the data pack. One number without a range: the same in every run."),
  ];
}

function goals(atlas: Atlas): HTMLElement[] {
  const list = atlas.report.goals;
  if (list.length === 0) return [];
  return [
    h("h3", {}, "Sustainable Development Goals"),
    h("table", { class: "list short" },
      heads(["Goal"], [`People served by ${atlas.last_year}, M (90%)`, 1]),
      h("tbody", {}, list.map((g) => {
        const t = interval(g.people);
        return h("tr", {}, h("td", { class: "strong inline" }, goal_name(g.goal)), h("td", { class: "num inline" }, `${t.mid} (${t.range})`));
      }))),
    h("p", { class: "note" }, "People whose whole demand for a service the units added since the start would meet at the country’s average need. Of a goal’s technologies the one that serves most people of a country counts, and never more than live there. Who is served by several goals counts for each, so goals do not add up."),
  ];
}

export function benefits(atlas: Atlas): HTMLElement | null {
  const { report } = atlas;
  const parts = [report.groups, report.benefits, report.goals];
  if (parts.some((p) => !Array.isArray(p)) || parts.every((p) => p.length === 0)) return null;
  const cities = urban_sentence(report.urban);
  return h("section", { id: "benefits", "aria-labelledby": "benefits-title" },
    h("p", { class: "eyebrow" }, "Beyond the nation"),
    h("h2", { id: "benefits-title" }, benefits_heading(report.groups, report.benefits, atlas.last_year)),
    cities && h("p", { class: "lead" }, cities),
    groups(atlas), benefits_table(atlas), goals(atlas),
    show_data("benefits", () => ({
      name: "benefits", columns: ["for", "benefit", "unit", "median", "p05", "p95", "reference"],
      rows: report.benefits.map((b): Cell[] => [b.to, b.label, b.unit, b.value.mid, b.value.p05, b.value.p95, b.ref]),
    })),
    show_data("urban_shares", () => ({
      name: "urban_shares", columns: ["region", "cities", "share_of_people", "share_of_emissions"],
      rows: report.urban.map((u): Cell[] => [u.name, u.cities, u.people, u.emissions]),
    })));
}
