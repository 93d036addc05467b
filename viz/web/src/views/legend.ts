/** What the map's colours and sizes mean: a box on the map, and a strip below the slider when it is narrow. */
import type { Atlas } from "../atlas";
import { ARC, INK, INK2, PLAN } from "../colours";
import { h, s } from "../dom";
import type { MapView } from "../map/map_view";
import { live_places } from "../map/plan_rings";
import { steps_for, variable_name } from "../map/symbols";
import type { ChoiceStore } from "../state";

function sizes(map: MapView): SVGSVGElement {
  let x = 1;
  const marks: SVGElement[] = [];
  const values = map.size.round_sizes();
  const unit = values[2]! >= 1e6 ? "Mt" : "kt";
  const tallest = map.size.radius(values[0]!);
  const base = 2 * tallest + 2;
  values.forEach((t, k) => {
    const r = map.size.radius(t);
    const text = String(Number((t / (unit === "Mt" ? 1e6 : 1e3)).toPrecision(2))) + (k === values.length - 1 ? ` ${unit} a year` : "");
    marks.push(s("circle", { cx: x + r, cy: base - r, r, fill: "none", stroke: INK, "stroke-width": 0.8 }));
    marks.push(s("text", { x: x + 2 * r + 4, y: base - 1, "font-size": 11.5, fill: INK2 }, text));
    x += 2 * r + 10 + text.length * 7.4;
  });
  return s("svg", { class: "sizes", width: 210, height: base + 3, viewBox: `0 0 210 ${base + 3}`, "aria-hidden": "true" }, marks);
}

/** Two widths of line: what the scenario adds, and what stands without it. */
function arc_key(with_added: boolean): SVGSVGElement {
  const row = (y: number, width: number, text: string): SVGElement[] => [
    s("line", { x1: 1, x2: 25, y1: y, y2: y, stroke: ARC, "stroke-width": width }),
    s("text", { x: 33, y: y + 4, "font-size": 11.5, fill: INK2 }, text),
  ];
  const height = with_added ? 36 : 18;
  return s("svg", { class: "arcs", width: 210, height, viewBox: `0 0 210 ${height}`, "aria-hidden": "true" },
    row(9, 1.1, "existing agreement"), with_added && row(27, 2, "added by this scenario"));
}

/** The ring of a place that the strategy supports. */
function plan_key(): SVGSVGElement {
  return s("svg", { class: "plan", width: 210, height: 18, viewBox: "0 0 210 18", "aria-hidden": "true" },
    s("circle", { cx: 13, cy: 9, r: 6, fill: "none", stroke: PLAN, "stroke-width": 2.4 }),
    s("text", { x: 33, y: 13, "font-size": 11.5, fill: INK2 }, "chosen by the strategy"));
}

export function legend(atlas: Atlas, store: ChoiceStore, map: MapView): { box: HTMLElement; strip: HTMLElement; update: () => void } {
  const box = h("div", { class: "legend" });
  const strip = h("div", { class: "strip", "aria-hidden": "true" });
  const emits_more = (): boolean => {
    if (!atlas.cells.ok || !atlas.places.ok) return false;
    const { ab } = atlas.cells.data;
    const { ascale } = atlas.places.data;
    for (let i = 0; i < atlas.n; i++) {
      for (let y = 0; y < atlas.year_count; y++) {
        const raw = ab[i * atlas.year_count + y]!;
        if (raw !== -32768 && raw * ascale[i]! < -1e3) return true;
      }
    }
    return false;
  };
  const more = emits_more();
  const any_added = atlas.report.links.some((l) => l.added);
  const any_planned = live_places(atlas.report.plan, null).size > 0;
  const update = (): void => {
    const c = store.now;
    const steps = steps_for(c).filter((st) => st.word !== "Emits more" || more);
    const title = variable_name(c, atlas.report.cells.abBasis);
    box.replaceChildren(
      h("p", { class: "title" }, title),
      h("ul", {}, steps.map((st) => h("li", {}, h("i", { style: `background:${st.colour}` }), h("span", {}, st.word), h("span", {}, st.figures)))),
      sizes(map), c.agreements && any_added ? arc_key(c.view !== "reference") : "",
      any_planned && c.view !== "reference" ? plan_key() : "");
    strip.replaceChildren(
      h("p", { class: "title" }, title),
      h("ol", {}, steps.map((st) => h("i", { style: `background:${st.colour}` }))),
      h("div", { class: "bounds" }, steps.map((st) => h("span", {}, st.figures))),
      h("div", { class: "ends" }, h("span", {}, steps[0]!.word.toLowerCase()), h("span", {}, steps[steps.length - 1]!.word.toLowerCase())));
  };
  return { box, strip, update };
}
