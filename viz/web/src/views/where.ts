/** The map section: controls, map, slider, legend, card, changed places. */
import type { Atlas } from "../atlas";
import { PAGE_WIDTH, draw_to_width, h, is_compact, is_narrow } from "../dom";
import { read_land } from "../map/land";
import type { Country } from "../map/land";
import { MapView } from "../map/map_view";
import { settings_for } from "../map/projection";
import type { Box } from "../map/labels";
import { sig } from "../numbers";
import type { CommitmentCount } from "../sentences";
import { where_heading } from "../sentences";
import type { ChoiceStore } from "../state";
import { damaged, note_box } from "./boxes";
import { card } from "./card";
import { changed } from "./changed";
import { controls } from "./controls";
import { show_data } from "./data_table";
import { legend } from "./legend";
import { slider } from "./slider";

export interface Where {
  element: HTMLElement;
  /** Events of a cause on the map, for other sections. */
  highlight: (cause: number | null, place?: number) => void;
}

export function commitment_count(atlas: Atlas, year: number): CommitmentCount {
  const by_country = new Map<string, number>();
  let [likely, of] = [0, 0];
  for (let i = 0; i < atlas.n; i++) {
    if (atlas.is_rest(i)) continue;
    const p = atlas.commitment(i, year);
    if (p === null) continue;
    of++;
    if (p <= 0.66) continue;
    likely++;
    const c = atlas.place_country(i);
    by_country.set(c, (by_country.get(c) ?? 0) + 1);
  }
  const sorted = [...by_country].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const top: string[] = [];
  let sum = 0;
  for (const [name, n] of sorted) {
    top.push(name);
    sum += n;
    if (sum > likely / 2) break;
  }
  return { likely, of, top: top.length <= 3 ? top : [], topShare: likely > 0 ? sum / likely : 0 };
}

function lead_text(atlas: Atlas, store: ChoiceStore): string {
  const c = store.now;
  const colour = c.variable === "abatement"
    ? (atlas.report.cells.abBasis === "reference" ? "how much less it emits than in the reference" : "how much the modelled technologies save")
    : c.view === "difference" ? "how many points likelier its commitment is than in the reference"
      : "the chance that it has made a carbon-neutral commitment by then";
  const arcs = c.agreements && atlas.report.links.length > 0 ? " Arcs are agreements between cities." : "";
  return `Each circle is a place; area shows its emissions in ${c.year}, colour ${colour}.${arcs}`;
}

function countries_of(atlas: Atlas): { countries: Country[]; damage: string | null } {
  if (!atlas.report.land) return { countries: [], damage: null };
  try {
    return { countries: read_land(atlas.report.land), damage: null };
  } catch {
    return { countries: [], damage: "The boundaries cannot be read." };
  }
}

export function where(atlas: Atlas, store: ChoiceStore): Where | null {
  if (atlas.n === 0) return null;
  const section = h("section", { id: "map", "aria-labelledby": "map-title" });
  const title = h("h2", { id: "map-title" });
  const lead = h("p", { class: "lead" });
  section.append(h("p", { class: "eyebrow" }, "Where"), title, lead);
  if (!atlas.places.ok || !atlas.cells.ok) {
    const reason = !atlas.places.ok ? atlas.places.damage : !atlas.cells.ok ? atlas.cells.damage : "";
    title.textContent = "The map cannot be drawn";
    lead.remove();
    section.append(damaged(`The results by place: ${reason}.`, "Headline, targets and tables below are intact."));
    return { element: section, highlight: () => undefined };
  }
  const { countries, damage } = countries_of(atlas);
  const card_element = h("aside", { class: "card hidden", "aria-label": "Place" });
  const wrap = h("div", { class: "where" });
  const boxes: HTMLElement[] = [];
  const covered = (): Box[] => {
    const map_box = map.element.getBoundingClientRect();
    return [card_element, ...boxes]
      .map((e) => e.getBoundingClientRect())
      .map((b) => ({ x: b.left - map_box.left, y: b.top - map_box.top, w: b.width, h: b.height }))
      .map((b) => (b.w === 0 || (is_compact() && b.y > map_box.height) ? { x: -1e4, y: -1e4, w: 0, h: 0 } : b));
  };
  const map: MapView = new MapView(atlas, store, atlas.report.map ?? settings_for(atlas.places.data), countries, covered);
  const key = legend(atlas, store, map);
  boxes.push(key.box);
  map.element.append(key.box);
  const highlight = (cause: number | null, place?: number): void => (cause === null ? map.end_highlight() : map.highlight(cause, place ?? null));

  const show_card = (): void => {
    const { place } = store.now;
    card_element.classList.toggle("hidden", place === null);
    if (place !== null) {
      card_element.replaceChildren(...card(atlas, store, place, { highlight }));
      seat_card();
    }
  };
  // Where there is little room the card follows slider and legend, as the order of reading wants; beside a
  // place it would hide it moves to the other side.
  const seat_card = (): void => {
    const { place } = store.now;
    if (is_compact()) key.strip.after(card_element);
    else frame.append(card_element);
    if (place !== null) {
      const right_half = !is_compact() && map.position(place).x > map.element.clientWidth - 350;
      card_element.style.right = right_half ? "auto" : "";
      card_element.style.left = right_half ? "60px" : "";
    }
  };
  const say = (): void => {
    title.textContent = where_heading(store.now.year, commitment_count(atlas, store.now.year));
    lead.textContent = lead_text(atlas, store);
    map.element.setAttribute("aria-label",
      `Map. ${title.textContent}. Plus and minus zoom, arrow keys move, zero shows the whole map, Tab visits the largest places.`);
  };
  const counts = atlas.commitments_by_year() ?? new Array<number>(atlas.year_count).fill(0);
  const time = slider({
    first_year: atlas.first_year, bars: () => counts,
    title: () => (is_narrow() ? "New commitments a year" : "Expected new commitments a year"),
    describe: (expected) => `${sig(expected)} new commitments expected`,
  }, store);
  const frame = h("div", { class: "where" }, h("div", { class: "bleed" }, map.element), card_element);
  wrap.append(frame, time.element, key.strip);
  const licence = atlas.report.credits.find((c) => c.what === "Boundaries")?.source ?? "Natural Earth";
  section.append(
    controls(atlas, store),
    damage ? damaged(damage, "Places and their results are intact.") : "",
    h("figure", { "aria-labelledby": "map-title" }, wrap),
    h("p", { class: "note foot" }, `Equal-area projection. Boundaries: ${licence}, de facto lines, no endorsement implied. Pale land is outside this scenario. Chance: share of runs. Agreements added by the scenario are hypothetical.`),
    show_data("places in the chosen year", () => place_table(atlas, store.now.year)),
    show_data("commitments a year", () => ({
      name: "commitments_by_year",
      columns: ["year", "expected_new_commitments"],
      rows: atlas.years().map((y, k) => [y, Number(counts[k]!.toPrecision(4))]),
    })));
  if (atlas.report.links.length === 0) {
    section.append(note_box("No agreements in this scenario.", "The map shows places without arcs; no commitment can be triggered by an agreement."));
  }
  const table = changed(atlas, store);
  if (table) section.append(table);
  else if (atlas.has_reference && !atlas.stages.ok) section.append(damaged(`The stages of places: ${atlas.stages.damage}.`, "The map is intact."));

  draw_to_width(map.element, (width, medium) => {
    map.resize(width, medium);
    key.update();
    seat_card();
    map.redraw();
  }, PAGE_WIDTH);
  store.on_change((now, before) => {
    say();
    key.update();
    if (now.place !== before.place && now.place !== null) map.go_to(now.place);
    show_card();
    map.redraw();
  });
  say();
  show_card();
  return { element: section, highlight };
}

function place_table(atlas: Atlas, year: number) {
  const round = (t: number | null): number | null => (t === null ? null : Number(t.toPrecision(4)));
  const order = Array.from({ length: atlas.n }, (_, i) => i).sort((a, b) => (atlas.emissions(b, year) ?? 0) - (atlas.emissions(a, year) ?? 0) || a - b);
  return {
    name: `places_${year}`,
    columns: ["place_id", "name", "country", "kind", "lon", "lat", "population", "year", "committed_probability", "committed_probability_reference",
      "emissions_t_co2e_p05", "emissions_t_co2e_p50", "emissions_t_co2e_p95", "avoided_t_co2e_p05", "avoided_t_co2e_p50", "avoided_t_co2e_p95"],
    rows: order.map((i) => {
      const p = atlas.places.ok ? atlas.places.data : null;
      return [atlas.report.places.id[i] ?? "", atlas.place_name(i), atlas.place_country(i), atlas.is_rest(i) ? "rest" : "city",
        p ? Number(p.lon[i]!.toFixed(4)) : null, p ? Number(p.lat[i]!.toFixed(4)) : null, p ? p.pop[i]! : null, year,
        atlas.commitment(i, year), atlas.commitment(i, year, "reference"),
        round(atlas.emissions(i, year, "e05")), round(atlas.emissions(i, year)), round(atlas.emissions(i, year, "e95")),
        round(atlas.abatement(i, year, "ab05")), round(atlas.abatement(i, year)), round(atlas.abatement(i, year, "ab95"))];
    }),
  };
}
