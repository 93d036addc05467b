/** Whom the scenario's strategy supports: when, with whom, at what cost and why. */
import type { Atlas } from "../atlas";
import { h } from "../dom";
import type { Plan, PlanProject } from "../format";
import { count, fixed, sig } from "../numbers";
import { month_text, plan_counts, plan_heading, round_sentence } from "../sentences";
import type { ChoiceStore } from "../state";
import { show_data } from "./data_table";

const SHOWN = 12;

const total = (x: PlanProject): number => x.cost * (x.to - x.from);

function row(atlas: Atlas, store: ChoiceStore, x: PlanProject): HTMLElement {
  const japan = x.japan === null ? "nobody on record" : atlas.place_name(x.japan);
  return h("tr", {},
    h("td", { class: "strong inline" }, h("button", { type: "button", onclick: () => store.set({ place: x.place, year: Math.min(atlas.last_year, Math.max(atlas.first_year, Math.floor(x.from))) }) }, atlas.place_name(x.place))),
    h("td", { class: "inline" }, ` ${atlas.place_country(x.place)}`),
    h("td", { "data-label": "with" }, japan),
    h("td", { class: "num" }, `${month_text(x.from)} to ${month_text(x.to - 1 / 12)}`),
    h("td", { class: "num", "data-after": x.kind === "agreement" ? "" : " phases" }, x.kind === "agreement" ? "agreement" : String(x.phases)),
    h("td", { class: "num", "data-after": " million JPY in all" }, sig(total(x))),
    h("td", {}, x.reason, x.technologies.length > 0 ? h("span", { class: "aside" }, ` About ${x.technologies.map((t) => t.replace(/_/g, " ")).join(", ")}.`) : null));
}

/** The first rows, and a button for the rest. */
function table(atlas: Atlas, store: ChoiceStore, plan: Plan): HTMLElement[] {
  const th = (text: string, num = false): HTMLElement => h("th", { scope: "col", class: num ? "num" : null }, text);
  const body = h("tbody", {}, plan.projects.slice(0, SHOWN).map((x) => row(atlas, store, x)));
  const more = plan.projects.length - SHOWN;
  const button = h("button", { type: "button", class: "linklike more", onclick: () => {
    body.append(...plan.projects.slice(SHOWN).map((x) => row(atlas, store, x)));
    button.remove();
  } }, `Show ${count(more)} more`);
  const head = h("thead", {}, h("tr", {}, th("Place"), th("Country"), th("With"), th("From", true), th("Phases", true), th("Million JPY", true), th("Why it was chosen")));
  return [h("table", { class: "list" }, head, body), ...(more > 0 ? [h("p", {}, button)] : [])];
}

export function plan(atlas: Atlas, store: ChoiceStore): HTMLElement | null {
  const { plan: p } = atlas.report;
  if (!p || p.projects.length === 0) return null;
  const money = p.projects.reduce((sum, x) => sum + total(x), 0) / 1000;
  const among = p.candidates > 0 ? ` Chosen among ${count(p.candidates)} candidates.` : "";
  return h("section", { id: "strategy", "aria-labelledby": "strategy-title" },
    h("p", { class: "eyebrow" }, "Whom the money goes to"),
    h("h2", { id: "strategy-title" }, plan_heading(p, money)),
    h("p", { class: "lead" }, `${plan_counts(p)} with ${fixed(p.budget * 1000, 0)} million JPY a year, ${month_text(p.from)} to ${month_text(p.to - 1 / 12)}.${among} ${p.rounds.filter((x) => x.begins > 0).map(round_sentence).join(" ")}`),
    h("p", { class: "note" }, "What the scenario plans, not what a run comes to: a project is a kind of place and date, no city was asked. Ochre rings on the map; money is nominal."),
    ...table(atlas, store, p),
    show_data("the strategy", () => ({
      name: "strategy",
      columns: ["project_id", "kind", "place_id", "place", "country", "japan", "from", "to", "phases", "million_jpy_per_year", "technologies", "reason"],
      rows: p.projects.map((x) => [x.id, x.kind, atlas.report.places.id[x.place] ?? "", atlas.place_name(x.place), atlas.place_country(x.place), x.japan === null ? "" : atlas.place_name(x.japan), month_text(x.from), month_text(x.to - 1 / 12), x.phases, x.cost, x.technologies.join(";"), x.reason]),
    })));
}
