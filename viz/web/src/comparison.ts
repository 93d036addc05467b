/** The maps of comparison.html: two side by side, with a year, a scenario and a measure for each. */
import { INK, INK2, PLAN } from "./colours";
import type { Differences } from "./compare/differences";
import { open_differences } from "./compare/differences";
import type { Shown } from "./compare/difference_map";
import { DifferenceMap } from "./compare/difference_map";
import type { Measure } from "./compare/marks";
import { round_figure, title_of, words_of } from "./compare/marks";
import { PAGE_WIDTH, draw_to_width, h, s } from "./dom";
import type { Country } from "./map/land";
import { read_land } from "./map/land";
import { tonnes, tonnes_unit } from "./numbers";
import { Store } from "./state";
import { show_data } from "./views/data_table";
import { slider } from "./views/slider";

interface Choice {
  year: number;
  left: string;
  right: string;
  place: number | null;
}

type Side = "left" | "right";

/** A choice of one map as the value of an option. */
const value_of = (x: Shown): string => `${x.scenario}:${x.measure}`;
const read_value = (text: string): Shown => {
  const [scenario, measure] = text.split(":");
  return { scenario: Number(scenario), measure: measure as Measure };
};

function first_choice(differences: Differences): Choice {
  const last = differences.first_year + differences.year_count - 1;
  const two = differences.maps.scenarios.length > 1;
  return {
    year: last, place: null, left: value_of({ scenario: 0, measure: "tonnes" }),
    right: value_of(two ? { scenario: 1, measure: "tonnes" } : { scenario: 0, measure: "chance" }),
  };
}

function chooser(differences: Differences, side: Side, store: Store<Choice>): HTMLElement {
  const { scenarios, base } = differences.maps;
  const options = (measure: Measure, text: (name: string) => string): HTMLElement[] =>
    scenarios.map((x, scenario) => h("option", { value: value_of({ scenario, measure }) }, text(x.name)));
  const select = h("select", {},
    h("optgroup", { label: "Difference in emissions" }, options("tonnes", (name) => `${name} less ${base}`)),
    h("optgroup", { label: "How sure it is" }, options("chance", (name) => `Chance that ${name} emits less than ${base}`)));
  select.value = store.now[side];
  select.addEventListener("change", () => store.set({ [side]: select.value } as Partial<Choice>));
  return h("label", {}, side === "left" ? "Left map" : "Right map", select);
}

function size_key(map: DifferenceMap): SVGSVGElement {
  const values = map.marks.round_sizes();
  const unit = tonnes_unit(values[2]!);
  const radius = (t: number): number => map.marks.radius({ mean: t, p05: t, p95: t, less: 0 });
  const height = 2 * radius(values[0]!) + 4;
  let x = 1;
  const marks = values.flatMap((t, k) => {
    const r = radius(t);
    const text = `${round_figure(t, unit)}${k === values.length - 1 ? ` ${unit} a year` : ""}`;
    const made = [
      s("circle", { cx: x + r, cy: height - 1 - r, r, fill: "none", stroke: INK, "stroke-width": 0.8 }),
      s("text", { x: x + 2 * r + 4, y: height - 2, "font-size": 12, fill: INK2 }, text)];
    x += 2 * r + 14 + text.length * 7;
    return made;
  });
  return s("svg", { class: "sizes", width: x, height, viewBox: `0 0 ${x} ${height}`, "aria-hidden": "true" }, marks);
}

const key = (mark: SVGElement[], text: string): HTMLElement =>
  h("li", {}, s("svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" }, mark), h("span", {}, text), h("span"));

function legend(differences: Differences, map: DifferenceMap, shown: Shown, year: number): HTMLElement[] {
  const lines = [2, 6, 10].map((x) => s("line", { x1: x - 2, y1: 12, x2: x + 6, y2: 2, stroke: INK, "stroke-width": 1 }));
  return [
    h("p", { class: "title" }, title_of(differences, shown.scenario, shown.measure, year)),
    h("ul", {},
      map.marks.steps(shown.measure).map((st) => h("li", {}, h("i", { style: `background:${st.colour}` }), h("span", {}, st.word), h("span", {}, st.figures))),
      key([s("circle", { cx: 7, cy: 7, r: 6, fill: "#fff", stroke: INK, "stroke-width": 1 }), ...lines], "5 to 95 % of members include 0"),
      differences.maps.scenarios[shown.scenario]!.plan.length > 0 &&
        key([s("circle", { cx: 7, cy: 7, r: 5.5, fill: "none", stroke: PLAN, "stroke-width": 2.2 })], "supported by its strategy")),
    h("div", {}, size_key(map))];
}

/** What all scenarios do at the place that was clicked. */
function pinned(differences: Differences, store: Store<Choice>): HTMLElement {
  const element = h("div", { class: "pinned", "aria-live": "polite" });
  const update = (): void => {
    const { place, year } = store.now;
    if (place === null) {
      element.replaceChildren("Point at a place to read its figures; click one to keep it.");
      return;
    }
    element.replaceChildren(
      h("b", {}, `${differences.place_name(place)}, ${differences.place_country(place)}, ${year}, less ${differences.maps.base}`),
      h("button", { type: "button", onclick: () => store.set({ place: null }) }, "Let go"),
      h("table", {}, h("tbody", {}, differences.maps.scenarios.map((x, k) =>
        h("tr", {}, h("th", { scope: "row" }, x.name), h("td", {}, words_of(differences.of(k, place, year), differences.maps.members)))))));
  };
  store.on_change(update);
  update();
  return element;
}

function table_of(differences: Differences, year: number) {
  const round = (t: number): number => Number(t.toPrecision(4));
  const { scenarios, base, places } = differences.maps;
  return {
    name: `differences_${year}`,
    columns: ["place_id", "name", "country", "scenario", "base", "year", "difference_t_co2e_mean", "difference_t_co2e_p05", "difference_t_co2e_p95", "p_emits_less"],
    rows: differences.by_size().flatMap((i) => scenarios.map((x, k) => {
      const d = differences.of(k, i, year);
      return [places.id[i] ?? "", differences.place_name(i), differences.place_country(i), x.name, base, year, round(d.mean), round(d.p05), round(d.p95), d.less];
    })),
  };
}

function countries_of(differences: Differences): Country[] {
  return differences.maps.land ? read_land(differences.maps.land) : [];
}

function show(differences: Differences): HTMLElement[] {
  const store = new Store(first_choice(differences));
  const countries = countries_of(differences);
  const sides: Side[] = ["left", "right"];
  const shown = (side: Side): Shown => read_value(store.now[side]);
  const maps = new Map<Side, DifferenceMap>();
  const keys = new Map(sides.map((side) => [side, h("div", { class: "legend" })]));
  const other = (side: Side): DifferenceMap => maps.get(side === "left" ? "right" : "left")!;
  for (const side of sides) {
    const map = new DifferenceMap(differences, countries, () => shown(side), () => store.now.year, () => store.now.place,
      (place) => store.set({ place }), (i) => other(side).frame.point_at(i));
    maps.set(side, map);
    map.frame.on_zoom = (to) => other(side).frame.follow(to);
  }
  const update = (side: Side): void => {
    const map = maps.get(side)!;
    keys.get(side)!.replaceChildren(...legend(differences, map, shown(side), store.now.year));
    map.frame.element.setAttribute("aria-label",
      `Map. ${title_of(differences, shown(side).scenario, shown(side).measure, store.now.year)}. Plus and minus zoom, arrow keys move, zero shows the whole map, Tab visits the largest differences.`);
    map.redraw();
  };
  const totals = differences.maps.scenarios.map((_, k) => differences.totals(k));
  const time = slider({
    first_year: differences.first_year, bars: () => totals[shown("left").scenario]!,
    title: () => "Tonnes a year by which places differ, left map",
    describe: (t) => `places differ by ${tonnes(t)} ${tonnes_unit(t)} in all`,
  }, store);
  store.on_change((now, before) => {
    if (now.left !== before.left) time.update();
    for (const side of sides) update(side);
  });
  const panels = sides.map((side) => {
    const map = maps.get(side)!;
    draw_to_width(map.frame.element, (width) => {
      map.resize(width);
      update(side);
    }, Math.floor(PAGE_WIDTH / 2) - 10);
    return h("figure", { class: "panel" }, chooser(differences, side, store), map.frame.element, keys.get(side)!);
  });
  const { left_out, base } = differences.maps;
  return [
    h("p", {}, `Each circle is a place. Area is how much more or less it emits than in ${base}, mean over ${differences.maps.members} members on the same draws; all maps and years share one scale. Blue emits less, brown more. Both maps move together.`),
    h("div", { class: "two" }, panels), time.element, pinned(differences, store),
    show_data("places in the chosen year", () => table_of(differences, store.now.year)),
    h("p", { class: "note" }, `Equal-area projection. Boundaries: Natural Earth, de facto lines, no endorsement implied. Pale land is outside the scenarios.${
      left_out > 0 ? ` ${left_out} places with smaller differences are left out; differences.csv has all.` : ""}`)];
}

async function start(): Promise<void> {
  const app = document.getElementById("maps");
  const data = document.getElementById("maps-data")?.textContent;
  if (!app || !data) return;
  try {
    app.replaceChildren(...show(await open_differences(data)));
    document.getElementById("maps-without-script")?.remove();
  } catch (e) {
    console.warn(e);
    app.replaceChildren(h("div", { class: "box error", role: "alert" }, `The maps cannot be drawn: ${e instanceof Error ? e.message : String(e)}. The tables of this page are intact.`));
  }
  document.documentElement.dataset.ready = "true";
}

void start();
