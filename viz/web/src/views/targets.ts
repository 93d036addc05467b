/** National pathways as small multiples against their targets, with the chance of each. */
import type { Atlas } from "../atlas";
import { draw_to_width, h } from "../dom";
import type { Pathway, Target } from "../format";
import { chance, count, interval, points } from "../numbers";
import { targets_addition, targets_heading } from "../sentences";
import { damaged } from "./boxes";
import { show_data } from "./data_table";
import type { Cell } from "./data_table";
import { difference_strip, fan_chart, is_mixed } from "./fan";
import type { Frame, Notes } from "./fan";
import { ten_tiles } from "./glyphs";

const SHOWN_FIRST = 8;
const YEARS_OF_PAST = 10;

const with_support = (t: Target): string => (t.cond === "conditional" ? "with support" : t.cond === "combined" ? "combined" : "");

function target_years(t: Target): string {
  const year = `${t.fiscal ? "FY" : ""}${t.year}`;
  return t.yearFrom === null ? year : `${t.yearFrom}–${String(t.year).slice(2)}`;
}

/** Says "unconditional" only where the country has a conditional one as well. */
function goal(t: Target, all: readonly Target[], runs: number): HTMLElement {
  const mixed = all.some((o) => o.cond === "conditional");
  const kind = with_support(t) || (mixed ? "unconditional" : "");
  const words = [t.label, kind].filter(Boolean).join(", ");
  const name = h("span", {}, h("b", {}, target_years(t)), ` ${words}`);
  if (t.status !== "assessed" || t.p === null) {
    return h("li", { class: "goal" }, name, h("span", { class: "p" }, "not assessable"),
      h("span", { class: "why" }, `${t.reason || "No level is on record"}; never counted as met`));
  }
  return h("li", { class: "goal" }, name, h("span", { class: "p" }, chance(t.p, runs)), ten_tiles(t.p),
    h("span", { class: "dp" }, t.pRef === null ? "" : points(t.p - t.pRef, runs)));
}

function path_text(name: string, path: Pathway, last_year: number): string {
  const k = path.q.p50.length - 1;
  const [mid, p05, p95] = [path.q.p50[k], path.q.p05[k], path.q.p95[k]];
  if (mid == null || p05 == null || p95 == null) return `${name}: emissions pathway`;
  const t = interval({ mid, p05, p95 });
  return `${name}: ${t.mid} Mt CO₂e in ${last_year}, 90% of runs ${t.range}`;
}

function multiple(atlas: Atlas, iso3: string, path: Pathway | undefined, targets: readonly Target[], notes: Notes): HTMLElement {
  const name = atlas.country_name(iso3);
  const { runs } = atlas.report.meta;
  const element = h("figure", { class: "multiple", "aria-label": path ? path_text(name, path, atlas.last_year) : name },
    h("h3", {}, name),
    h("p", { class: "acct" }, path ? `${path.acct}${path.fiscal ? "; fiscal years" : ""}${targets.some((t) => t.type === "budget") ? "; budget, so no level drawn" : ""}` : "no pathway"));
  if (path) {
    const charts = h("div", {});
    draw_to_width(charts, (width) => {
      const frame: Frame = { width, first_year: atlas.first_year, last_year: atlas.last_year, from: atlas.first_year - YEARS_OF_PAST };
      const strip = difference_strip(path, frame, `${name}: scenario minus reference`);
      charts.replaceChildren(
        fan_chart(path, targets, frame, path_text(name, path, atlas.last_year), notes),
        ...(strip ? [strip.chart, h("p", { class: "diff" }, strip.text)] : []));
    });
    element.append(charts);
  }
  if (targets.length > 0) element.append(h("ul", { class: "goals" }, targets.map((t) => goal(t, targets, runs))));
  else element.append(h("p", { class: "goals note" }, `No target up to ${atlas.last_year} on record.`));
  return element;
}

/** Japan, then by the size of what changed, else by emissions; countries with a target before those without. */
function order(atlas: Atlas): string[] {
  const { paths, targets } = atlas.report;
  const codes = [...new Set([...Object.keys(paths), ...targets.map((t) => t.iso3)])];
  const weight = (iso3: string): number => {
    const p = paths[iso3];
    if (iso3 === "JPN") return Infinity;
    if (!p) return -1;
    const size = atlas.has_reference ? p.diff?.mid[p.diff.mid.length - 1] : p.q.p50[p.q.p50.length - 1];
    return Math.abs(size ?? 0);
  };
  const has = (iso3: string): number => (targets.some((t) => t.iso3 === iso3) ? 1 : 0);
  return codes.sort((a, b) => has(b) - has(a) || weight(b) - weight(a) || (a < b ? -1 : 1));
}

export function targets(atlas: Atlas): HTMLElement | null {
  const { report } = atlas;
  const all = report.targets;
  if (!Array.isArray(all) || typeof report.paths !== "object" || report.paths === null) {
    return h("section", { id: "targets" }, h("h2", {}, "Targets cannot be shown"), damaged("The national results are not whole.", "The map is intact."));
  }
  const codes = order(atlas);
  if (codes.length === 0) return null;
  const grid = h("div", { class: "multiples" });
  const rest = codes.slice(SHOWN_FIRST);
  const of = (iso3: string): Target[] => all.filter((t) => t.iso3 === iso3).sort((a, b) => a.year - b.year);
  const first_mixed = codes.find((c) => is_mixed(of(c)));
  const make = (iso3: string): HTMLElement => multiple(atlas, iso3, report.paths[iso3], of(iso3), { lines: iso3 === codes[0], support: iso3 === first_mixed });
  grid.append(...codes.slice(0, SHOWN_FIRST).map(make));
  const more = rest.length > 0 && h("button", { class: "linklike more", type: "button", onclick: () => {
    grid.append(...rest.map(make));
    if (more) more.remove();
  } }, `Show all ${count(codes.length)} countries`);
  const differs = atlas.has_reference;
  return h("section", { id: "targets", "aria-labelledby": "targets-title" },
    h("p", { class: "eyebrow" }, "National targets"),
    h("h2", { id: "targets-title" }, `${targets_heading(all) ?? "National pathways"}${targets_addition(all)}`),
    h("p", { class: "lead" },
      "Mt CO₂e a year, in each target’s own accounting. ", h("b", { style: "color:#0F4467" }, "Blue"), ": this scenario, median with 50% and 90% of runs. ",
      differs && "Grey: reference median. ", h("b", {}, "Black bars"), ": targets as filed, outlined where they depend on support; boxes are ranges, grey ones move with GDP or the baseline. Ten tiles show the chance of meeting each",
      differs ? ", then the points added against the reference. The strip under each chart shows scenario minus reference, run by run, at its own scale." : "."),
    grid, more || null,
    h("p", { class: "note foot" }, "Past: national inventories. Targets: national filings as recorded in the data pack; some levels are derived, see ", h("code", {}, "targets.csv"),
      `. Chance: share of ${count(report.meta.runs)} runs at or below the target.`),
    show_data("targets", () => target_table(atlas)), show_data("pathways", () => path_table(atlas)));
}

function target_table(atlas: Atlas) {
  return {
    name: "targets",
    columns: ["country", "year", "label", "type", "condition", "low_mt", "high_mt", "accounting", "rebase_ratio", "status", "probability", "probability_reference", "reason"],
    rows: atlas.report.targets.map((t): Cell[] => [atlas.country_name(t.iso3), t.year, t.label, t.type, t.cond, t.low, t.high, t.acct, t.rebase, t.status, t.p, t.pRef, t.reason]),
  };
}

function path_table(atlas: Atlas) {
  const rows: Cell[][] = [];
  for (const [iso3, p] of Object.entries(atlas.report.paths)) {
    for (const [year, v] of p.hist) if (year < atlas.first_year) rows.push([atlas.country_name(iso3), year, v, null, null, null, null, null, null]);
    const seen = new Map(p.hist);
    p.q.p50.forEach((mid, k) => {
      const year = atlas.first_year + k;
      rows.push([atlas.country_name(iso3), year, seen.get(year) ?? null, p.q.p05[k] ?? null, mid, p.q.p95[k] ?? null, p.ref?.[k] ?? null, p.diff?.mid[k] ?? null, p.diff ? `${p.diff.p05[k] ?? ""} to ${p.diff.p95[k] ?? ""}` : ""]);
    });
  }
  return { name: "pathways", columns: ["country", "year", "observed_mt", "p05_mt", "p50_mt", "p95_mt", "reference_mt", "difference_mt", "difference_90"], rows };
}
