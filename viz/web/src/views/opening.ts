/** Masthead, checks, headline, key figures. */
import type { Atlas } from "../atlas";
import { h, with_subscripts } from "../dom";
import { count, interval } from "../numbers";
import * as say from "../sentences";
import { interval_bar, logo, mark } from "./glyphs";

export interface Anchor {
  id: string;
  name: string;
}

export function invented_band(atlas: Atlas): HTMLElement | null {
  if (!atlas.report.meta.invented) return null;
  return h("div", { class: "band", role: "note" }, h("div", { class: "page" }, h("b", {}, "Invented numbers."), " This page tests the report; nothing on it is a result."));
}

export function masthead(atlas: Atlas, anchors: Anchor[]): HTMLElement {
  const { meta } = atlas.report;
  const links = (): HTMLElement => h("ul", {}, anchors.map((a) => h("li", {}, h("a", { href: `#${a.id}` }, a.name))));
  const name = (meta.hashes.run ?? meta.hashes.scenario ?? "").slice(0, 8);
  const menu = h("details", { class: "contents" }, h("summary", {}, "≡ Contents"), h("nav", { "aria-label": "Contents" }, links()));
  menu.addEventListener("click", (e) => {
    if ((e.target as Element).closest("a")) menu.open = false;
  });
  return h("header", { class: "masthead" },
    h("a", { class: "brand", href: "#top", "aria-label": "domino, to the top" }, logo(), "domino"),
    h("nav", { class: "wide", "aria-label": "Sections" }, links()),
    h("p", { class: "run" }, `${count(meta.runs)} runs · ${atlas.first_year}–${atlas.last_year}${name ? ` · run ${name}` : ""}`),
    menu);
}

function checks(atlas: Atlas): HTMLElement | null {
  const { meta, past } = atlas.report;
  const lines = [say.past_line(past ?? [], (c) => atlas.country_name(c)), say.evidence_line(meta.evidence)].filter((l) => l !== null);
  if (lines.length === 0) return null;
  return h("div", { class: "checks" }, lines.map((l) => h("p", { class: l.lead.startsWith("Evidence") ? "check" : "check miss" }, mark("guessed"), h("span", {}, h("b", {}, l.lead), ` ${l.text}`))));
}

function where_to_look(anchors: Anchor[]): HTMLElement | null {
  const has = (id: string): boolean => anchors.some((a) => a.id === id);
  const entries: [string, string, string][] = [];
  if (has("changed")) entries.push(["changed", "Planning a city?", "Places that changed, and why"]);
  else if (has("map")) entries.push(["map", "Planning a city?", "The map, place by place"]);
  if (has("strategies")) entries.push(["strategies", "Choosing where to fund?", "Strategies side by side"]);
  else if (has("strategy")) entries.push(["strategy", "Choosing where to fund?", "Whom the strategy supports, and why"]);
  else if (has("targets")) entries.push(["targets", "Following a national target?", "Chance of each, and what moved"]);
  entries.push([has("evidence") ? "evidence" : "credits", "Checking the work?", "Evidence, data, how to rerun"]);
  return h("nav", { class: "look", "aria-label": "Where to look" },
    h("p", { class: "eyebrow" }, "Where to look"),
    h("ul", {}, entries.map(([id, who, what]) => h("li", {}, h("a", { href: `#${id}` }, h("b", {}, who), `${what} →`)))));
}

/** The lead draws on several sections; damage in one of them must not take the headline. */
function lead_or_nothing(atlas: Atlas): string {
  try {
    return say.lead(atlas.report);
  } catch {
    return "";
  }
}

export function opening(atlas: Atlas, anchors: Anchor[]): HTMLElement {
  const { report } = atlas;
  const heading = say.headline(report);
  const lead = lead_or_nothing(atlas);
  return h("div", { id: "top" },
    checks(atlas),
    h("div", { class: "opening" },
      h("div", {},
        h("h1", {}, with_subscripts(heading.strong), " ", heading.soft && h("span", { class: "soft" }, with_subscripts(heading.soft))),
        lead && h("p", { class: "lead lead-large" }, with_subscripts(lead))),
      where_to_look(anchors)),
    report.figures.length > 0 && h("dl", { class: "figures", id: "figures" }, report.figures.slice(0, 4).map((f) =>
      h("div", {},
        h("dt", {}, say.figure_label(report, f)),
        h("dd", {},
          h("span", { class: "value" }, f.value && interval(f.value).mid, h("span", { class: f.value ? "unit" : "unit bare" }, f.value ? say.figure_unit(f) : "not stated")),
          f.value && interval_bar(f.value),
          h("p", { class: "range" }, say.figure_range(f)))))));
}
