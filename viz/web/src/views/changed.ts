/** The places that changed most against the reference, and why. */
import { line } from "d3-shape";
import type { Atlas } from "../atlas";
import { REFERENCE, RULE, SCENARIO } from "../colours";
import { h, s } from "../dom";
import type { Interval } from "../format";
import { chance, count, interval } from "../numbers";
import type { ChoiceStore } from "../state";
import { source_of } from "./card";
import { show_data } from "./data_table";

const ROWS = 8;

/** Places by how much sooner they commit; the reverse for those that commit later. */
export function most_changed(atlas: Atlas): { i: number; sooner: Interval }[] {
  const found: { i: number; sooner: Interval }[] = [];
  for (let i = 0; i < atlas.n; i++) {
    const sooner = atlas.sooner(i);
    if (sooner && sooner.mid !== 0 && !atlas.is_rest(i)) found.push({ i, sooner });
  }
  return found.sort((a, b) => Math.abs(b.sooner.mid) - Math.abs(a.sooner.mid) || a.i - b.i);
}

function spark(atlas: Atlas, i: number): SVGSVGElement {
  const years = atlas.years();
  const x = (k: number): number => (k / Math.max(1, years.length - 1)) * 180 + 1;
  const path = (of: "scenario" | "reference"): string =>
    line<number | null>().defined((p) => p !== null).x((_, k) => x(k)).y((p) => 25 - p! * 22)(years.map((y) => atlas.commitment(i, y, of))) ?? "";
  return s("svg", { width: 182, height: 28, viewBox: "0 0 182 28", "aria-hidden": "true" },
    s("line", { x1: 0, x2: 182, y1: 26, y2: 26, stroke: RULE }),
    s("path", { d: path("reference"), fill: "none", stroke: REFERENCE, "stroke-width": 1.8 }),
    s("path", { d: path("scenario"), fill: "none", stroke: SCENARIO, "stroke-width": 2 }));
}

function largest_cause(atlas: Atlas, i: number): HTMLElement | string {
  const shares = atlas.cause_shares(i);
  if (!shares) return "";
  const k = shares.indexOf(Math.max(...shares));
  const style = atlas.causes[k]!;
  const source = style.passed_on ? source_of(atlas, i, k) : null;
  return h("span", { style: `color:${style.text}` }, h("i", { class: "swatch", style: `background:${style.fill}` }), style.name + (source ? ` (${source})` : ""));
}

const span = (atlas: Atlas, years: (number | null)[]): string => {
  const [, low, high] = years;
  if (low == null) return `after ${atlas.last_year}`;
  return `${low} to ${high ?? `after ${atlas.last_year}`}`;
};

export function changed(atlas: Atlas, store: ChoiceStore): HTMLElement | null {
  if (!atlas.has_reference || !atlas.stages.ok || !atlas.cells.ok) return null;
  const all = most_changed(atlas);
  const { runs } = atlas.report.meta;
  const head = h("thead");
  const body = h("tbody");
  const update = (): void => {
    const { year } = store.now;
    const th = (text: string, num = false): HTMLElement => h("th", { scope: "col", class: num ? "num" : null }, text);
    head.replaceChildren(h("tr", {}, th("Place"), th("Country"), th("Commits in", true), th("90% of runs", true), th("Sooner by", true),
      th(`Chance by ${year}`, true), th("Largest cause"), th(`Chance of commitment, ${atlas.first_year}–${atlas.last_year} (grey: reference)`)));
    body.replaceChildren(...all.slice(0, ROWS).map(({ i, sooner }) => {
      const years = atlas.commitment_years(i);
      const t = interval(sooner);
      const p = atlas.commitment(i, year);
      return h("tr", {},
        h("td", { class: "strong inline" }, h("button", { type: "button", onclick: () => store.set({ place: i }) }, atlas.place_name(i))),
        h("td", { class: "inline" }, ` ${atlas.place_country(i)}`),
        h("td", { class: "num strong wide-only" }, years[0] === null ? `after ${atlas.last_year}` : String(years[0])),
        h("td", { class: "num", "data-label": `${years[0] ?? `after ${atlas.last_year}`} (90%:`, "data-after": ")" }, span(atlas, years)),
        h("td", { class: "num strong", "data-after": " sooner" }, `${t.mid} years`, h("span", { class: "aside" }, ` (90% of runs: ${t.range})`)),
        h("td", { class: "num", "data-after": ` by ${year}` }, p === null ? "unknown" : chance(p, runs)),
        h("td", {}, largest_cause(atlas, i)),
        h("td", { class: "wide-only" }, spark(atlas, i)));
    }));
  };
  store.on_change((now, before) => {
    if (now.year !== before.year) update();
  });
  update();
  const year_or_more = all.filter((x) => Math.abs(x.sooner.mid) >= 1).length;
  if (all.length === 0) return h("div", { class: "changed", id: "changed" }, h("h3", {}, "No place commits sooner or later than in the reference"));
  return h("div", { class: "changed", id: "changed" },
    h("h3", {}, "Places that changed most, and why"),
    h("p", { class: "note" }, "Median year of commitment; how much sooner than in the reference, run by run, on average; the cause with the largest share."),
    h("table", { class: "list" }, head, body),
    h("p", { class: "note foot" }, `${count(year_or_more)} ${year_or_more === 1 ? "place" : "places"} changed by a year or more. All of them are in `, h("code", {}, "places.csv"), "."),
    show_data("places that changed", () => ({
      name: "places_changed",
      columns: ["place_id", "name", "country", "commits_median", "commits_p05", "commits_p95", "years_sooner_mean", "p05", "p95", "largest_cause"],
      rows: all.map(({ i, sooner }) => {
        const [m, a, b] = atlas.commitment_years(i);
        const shares = atlas.cause_shares(i);
        const k = shares ? shares.indexOf(Math.max(...shares)) : -1;
        return [atlas.report.places.id[i] ?? "", atlas.place_name(i), atlas.place_country(i), m, a, b, Number(sooner.mid.toFixed(1)), Number(sooner.p05.toFixed(1)), Number(sooner.p95.toFixed(1)), atlas.causes[k]?.name ?? ""];
      }),
    })));
}
