/** A place: its stages, emissions, causes, and how much sooner than in the reference. */
import { area, line } from "d3-shape";
import type { Atlas } from "../atlas";
import { BAND90, INK, INK3, REFERENCE, SCENARIO } from "../colours";
import { draw_to_width, h, s } from "../dom";
import { STAGES } from "../format";
import { partners } from "../map/arcs";
import { chance, people, percent, tonnes, tonnes_unit } from "../numbers";
import { sooner_sentence } from "../sentences";
import type { ChoiceStore } from "../state";
import { damaged } from "./boxes";
import { tile } from "./glyphs";

export interface CardHooks {
  highlight: (cause: number | null, place: number) => void;
}

function subtitle(atlas: Atlas, i: number, year: number): string {
  const parts = [atlas.place_country(i)];
  if (atlas.places.ok) {
    const admin1 = atlas.report.places.admin1[atlas.places.data.admin1Of[i]!];
    if (admin1 && admin1 !== atlas.place_name(i)) parts.unshift(admin1);
    parts.push(`${people(atlas.places.data.pop[i]!)} people`);
  }
  const live = partners(atlas, i, year);
  const first = live[0];
  if (first) parts.push(`with ${first.name}${first.since === null ? "" : ` since ${first.since}`}${live.length > 1 ? ` and ${live.length - 1} more` : ""}`);
  return parts.filter(Boolean).join(" · ");
}

function stages(atlas: Atlas, i: number, year: number): HTMLElement {
  if (!atlas.stages.ok) return damaged(`The stages of places: ${atlas.stages.damage}.`, "Chances on the map are intact.");
  const { runs } = atlas.report.meta;
  return h("table", {},
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Stage reached"), h("th", { scope: "col", class: "num" }, "median year"), h("th", { scope: "col", class: "num" }, `chance by ${year}`))),
    h("tbody", {}, STAGES.map((stage, k) => {
      const p = atlas.stage_chance(i, k, year);
      const [median] = atlas.stage_years(i, k);
      const certain = stage === "engaged" && p !== null && p > 0.995;
      return h("tr", { class: p !== null && p > 0.66 ? "reached" : null },
        h("td", {}, tile(p ?? 0), stage.charAt(0).toUpperCase() + stage.slice(1)),
        h("td", { class: "num" }, median === null ? `after ${atlas.last_year}` : String(median)),
        h("td", { class: "num" }, p === null ? "unknown" : certain ? "signed" : chance(p, runs)));
    })));
}

/** Fan of emissions with the reference, the year marked. */
function emissions(atlas: Atlas, i: number, year: number): HTMLElement | null {
  const years = atlas.years();
  const read = (which: "e05" | "e50" | "e95" | "ref50"): (number | null)[] => years.map((y) => atlas.emissions(i, y, which));
  const [low, mid, high, ref] = [read("e05"), read("e50"), read("e95"), read("ref50")];
  const top = Math.max(...[...high, ...ref, ...mid].map((v) => v ?? 0));
  if (top <= 0) return null;
  const unit = tonnes_unit(top);
  const holder = h("div", { style: "min-height:96px" });
  draw_to_width(holder, (width) => {
    const [right, height] = [98, 96];
    const x = (y: number): number => 1 + ((y - atlas.first_year) / Math.max(1, atlas.year_count - 1)) * (width - right);
    const y = (t: number): number => 12 + (1 - t / top) * 58;
    const at = (values: (number | null)[]): string => line<number | null>().defined((v) => v !== null).x((_, k) => x(years[k]!)).y((v) => y(v!))(values) ?? "";
    const band = area<number>().defined((k) => low[k] != null && high[k] != null).x((k) => x(years[k]!)).y0((k) => y(low[k]!)).y1((k) => y(high[k]!));
    const last = years.length - 1;
    const end_mid = mid[last] ?? null;
    const end_ref = ref[last] ?? null;
    const now = mid[year - atlas.first_year] ?? null;
    let y_mid = end_mid === null ? 0 : y(end_mid) + 4;
    let y_ref = end_ref === null ? 0 : y(end_ref) + 4;
    if (end_ref !== null && Math.abs(y_mid - y_ref) < 15) {
      const sign = y_ref <= y_mid ? 1 : -1;
      const middle = (y_mid + y_ref) / 2;
      [y_ref, y_mid] = [middle - sign * 7.5, middle + sign * 7.5];
    }
    holder.replaceChildren(s("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label":
      `Emissions of ${atlas.place_name(i)}: ${now === null ? "unknown" : `${tonnes(now, unit)} ${unit} in ${year}`}${end_mid === null ? "" : `, ${tonnes(end_mid, unit)} ${unit} in ${atlas.last_year}`}` },
      s("path", { d: band(years.map((_, k) => k)) ?? "", fill: BAND90 }),
      s("path", { d: at(ref), fill: "none", stroke: REFERENCE, "stroke-width": 2 }),
      s("path", { d: at(mid), fill: "none", stroke: SCENARIO, "stroke-width": 2.2 }),
      s("line", { x1: 0, x2: width - right + 2, y1: 72, y2: 72, stroke: INK }),
      s("line", { x1: x(year), x2: x(year), y1: 4, y2: 72, stroke: INK, "stroke-width": 0.8 }),
      now !== null && s("circle", { cx: x(year), cy: y(now), r: 3.2, fill: SCENARIO }),
      end_ref !== null && s("text", { x: width - right + 8, y: y_ref, "font-size": 12, fill: INK3 }, `${tonnes(end_ref, unit)} ref.`),
      end_mid !== null && s("text", { x: width - right + 8, y: y_mid, "font-size": 12, "font-weight": 600, fill: SCENARIO }, `${tonnes(end_mid, unit)} scenario`),
      x(year) > 48 && s("text", { x: 0, y: 90, "font-size": 11.5, fill: INK3 }, String(atlas.first_year)),
      x(year) < width - right - 48 && s("text", { x: width - right, y: 90, "font-size": 11.5, fill: INK3, "text-anchor": "end" }, String(atlas.last_year)),
      s("text", { x: Math.min(Math.max(x(year), 14), width - right), y: 90, "font-size": 11.5, "font-weight": 600, fill: INK, "text-anchor": "middle" }, String(year))));
  });
  return h("div", {}, h("p", { class: "cap" }, `Emissions, ${unit} CO₂e a year, with 90% of runs`), holder);
}

/** The place behind a cause: the source with the largest share. */
export function source_of(atlas: Atlas, place: number, cause: number): string | null {
  if (!atlas.events.ok) return null;
  const { cause: causes, source } = atlas.events.data;
  const found = atlas.events_at(place, "place").find((e) => causes[e] === cause && source[e]! < atlas.n);
  return found === undefined ? null : atlas.place_name(source[found]!);
}

function causes(atlas: Atlas, i: number, hooks: CardHooks): HTMLElement | null {
  if (!atlas.shares.ok) return damaged(`The causes of commitments: ${atlas.shares.damage}.`, "The rest of this card is intact.");
  const shares = atlas.cause_shares(i);
  if (!shares) return h("p", { class: "cap" }, "Does not commit in any run.");
  const listed = shares.map((p, k) => ({ p, k })).filter((x) => x.p >= 0.005).sort((a, b) => b.p - a.p);
  const named = listed.slice(0, 3).sort((a, b) => a.k - b.k);
  const others = 1 - named.reduce((sum, x) => sum + x.p, 0);
  const label = (k: number): string => {
    const style = atlas.causes[k]!;
    const source = style.passed_on ? source_of(atlas, i, k) : null;
    return source ? `${style.short} ${style.short === "agreement" ? "with" : "by"} ${source}` : style.short;
  };
  const top = listed[0]?.k;
  return h("div", {},
    h("p", { class: "cap" }, "What triggered the commitment, share of the runs in which it commits"),
    h("div", { class: "shares", "aria-hidden": "true" }, shares.map((p, k) => p > 0 && h("span", {
      style: `flex:${p.toFixed(4)} 1 0;background:${atlas.causes[k]!.fill}`, title: `${atlas.causes[k]!.name} ${percent(p)}`,
      onpointerenter: () => hooks.highlight(k, i), onpointerleave: () => hooks.highlight(null, i),
    }))),
    h("div", { class: "causes" },
      named.map(({ p, k }) => h("span", { style: `color:${atlas.causes[k]!.text}${k === top ? ";font-weight:600" : ""}` }, `${label(k)} ${percent(p)}`)),
      others > 0.005 && h("span", {}, `others ${percent(others)}`)));
}

function explain(atlas: Atlas, i: number): HTMLElement {
  const { runs } = atlas.report.meta;
  const body = h("ul", {});
  const details = h("details", { class: "explain" }, h("summary", {}, "Explain this place"), body);
  details.addEventListener("toggle", () => {
    if (!details.open || !atlas.events.ok) return;
    const e = atlas.events.data;
    const item = (k: number, other: number, verb: string): HTMLElement => {
      const style = atlas.causes[e.cause[k]!];
      const who = other < atlas.n ? ` ${verb} ${atlas.place_name(other)}` : "";
      return h("li", { style: `color:${style?.text ?? INK}` }, `${style?.name ?? "Unknown cause"}${who}, ${chance(e.share[k]! / 200, runs)} of runs, ${atlas.first_year + e.year[k]!}`);
    };
    const came = atlas.events_at(i, "place").slice(0, 6).map((k) => item(k, e.source[k]!, "from"));
    const went = atlas.events_at(i, "source").slice(0, 6).map((k) => item(k, e.place[k]!, "to"));
    const title = (t: string): HTMLElement => h("li", {}, h("b", {}, t));
    body.replaceChildren(
      ...(came.length > 0 ? [title("What set it off"), ...came] : [title("No event on record for this place")]),
      ...(went.length > 0 ? [title("What it set off"), ...went] : []),
      h("li", {}, "In full: ", h("code", {}, `domino explain RESULTS ${atlas.report.places.id[i] ?? ""}`)));
  });
  return details;
}

export function card(atlas: Atlas, store: ChoiceStore, i: number, hooks: CardHooks): HTMLElement[] {
  const { year } = store.now;
  const sooner = atlas.sooner(i);
  const said = sooner && sooner_sentence(sooner);
  const local = atlas.report.places.local[i];
  const out: (HTMLElement | null | false)[] = [
    h("button", { class: "close", type: "button", "aria-label": "Close", onclick: () => store.set({ place: null }) }, "×"),
    h("h3", {}, atlas.place_name(i), local ? ` ${local}` : ""),
    h("p", { class: "sub" }, subtitle(atlas, i, year)),
    stages(atlas, i, year),
    emissions(atlas, i, year),
    causes(atlas, i, hooks),
    h("div", { class: "sooner" }, said ? h("p", {}, h("b", {}, said.lead), said.text) : null, explain(atlas, i)),
  ];
  return out.filter((e): e is HTMLElement => Boolean(e));
}

