/** One map of differences: circles by size, colour by what is shown, hatched where it is not sure who emits less. */
import { INK, PLAN } from "../colours";
import type { Child } from "../dom";
import { h, s } from "../dom";
import { paint_land } from "../map/canvas_layer";
import type { Country } from "../map/land";
import { MapFrame } from "../map/map_frame";
import type { MapContent } from "../map/map_frame";
import { place_names } from "../map/name_layer";
import type { Margin } from "../map/projection";
import { settings_for } from "../map/projection";
import type { Difference, Differences } from "./differences";
import { same, unsure } from "./differences";
import type { Measure } from "./marks";
import { MIDDLE, Marks, words_of } from "./marks";

const MARGIN: Margin = { left: 14, right: 14, top: 14, bottom: 14 };
const KEYBOARD_STOPS = 15;
const MOST_NAMES = 10;
/** Circles smaller than this are hollow instead of hatched. */
const LEAST_HATCHED = 4;

/** Lines of a colour on white. */
function hatch(context: CanvasRenderingContext2D, colour: string, pixels: number): CanvasPattern | string {
  const size = 5 * pixels;
  const tile = h("canvas", { width: size, height: size });
  const c = tile.getContext("2d");
  if (!c) return colour;
  c.fillStyle = "#FFFFFF";
  c.fillRect(0, 0, size, size);
  c.strokeStyle = colour;
  c.lineWidth = 1.6 * pixels;
  c.beginPath();
  for (const x of [-size, 0, size]) {
    c.moveTo(x, size);
    c.lineTo(x + size, 0);
  }
  c.stroke();
  const pattern = context.createPattern(tile, "repeat");
  pattern?.setTransform(new DOMMatrix().scale(1 / pixels));
  return pattern ?? colour;
}

/** What a map shows: a scenario by number, a measure. */
export interface Shown {
  scenario: number;
  measure: Measure;
}

export class DifferenceMap implements MapContent {
  readonly frame: MapFrame;
  marks: Marks;
  private readonly layers = { plan: s("g", { class: "plan" }), names: s("g", { "aria-hidden": "true" }), selection: s("g") };
  private readonly largest_first: number[];

  constructor(
    private readonly differences: Differences, countries: Country[], private readonly shown: () => Shown, private readonly year: () => number,
    private readonly pinned: () => number | null, private readonly pin: (i: number) => void, private readonly point: (i: number | null) => void,
  ) {
    this.marks = new Marks(differences, 20);
    this.largest_first = differences.by_size();
    const places = Array.from({ length: differences.n }, (_, i) => differences.lonlat(i));
    const settings = differences.maps.map ?? settings_for({ lon: places.map((p) => p[0]), lat: places.map((p) => p[1]) });
    this.frame = new MapFrame(differences, settings, countries, this, Object.values(this.layers), this.largest_first.slice(0, KEYBOARD_STOPS));
  }

  resize(width: number): void {
    this.marks = new Marks(this.differences, width < 420 ? 16 : 22);
    const ratio = this.differences.maps.map?.projection === "equal_earth" ? 0.56 : 0.72;
    this.frame.lay_out(width, Math.round(Math.max(230, width * ratio)), MARGIN);
  }

  private of(i: number): Difference {
    return this.differences.of(this.shown().scenario, i, this.year());
  }

  moving(): void {
    this.layers.names.replaceChildren();
  }

  moved(): void {
    this.paint();
    this.draw_rings();
  }

  redraw(): void {
    this.paint();
    this.draw_rings();
    this.draw_names();
    this.frame.update_stops();
  }

  shows(): boolean {
    return true;
  }

  radius(i: number): number {
    return this.marks.radius(this.of(i));
  }

  tip(i: number): Child[] {
    return [h("b", {}, this.differences.place_name(i)), `${this.differences.place_country(i)}, ${this.year()}: ${words_of(this.of(i), this.differences.maps.members)}`];
  }

  line(i: number): string {
    return `${this.differences.place_name(i)}, ${this.differences.place_country(i)}, ${this.year()}: ${words_of(this.of(i), this.differences.maps.members)}`;
  }

  hovered(i: number | null): void {
    this.draw_rings();
    this.point(i);
  }

  chosen(i: number): void {
    this.pin(i);
  }

  private paint(): void {
    const { sheet, canvas } = this.frame;
    const context = canvas.getContext("2d");
    if (!context || !sheet) return;
    const pixels = canvas.width / sheet.width;
    paint_land(context, sheet, pixels);
    const hatches = new Map<string, CanvasPattern | string>();
    const order = Array.from({ length: this.differences.n }, (_, i) => ({ i, d: this.of(i), p: sheet.position(i) }))
      .filter((o) => sheet.holds(o.p, 40))
      .sort((a, b) => Math.abs(b.d.mean) - Math.abs(a.d.mean) || a.i - b.i);
    const { measure } = this.shown();
    for (const { d, p } of order) {
      const colour = same(d) ? "#B9BFC4" : this.marks.colour(d, measure);
      // Thousands of places that hardly change must not cover those that do.
      const faint = measure === "tonnes" && colour === MIDDLE;
      const r = same(d) ? 1 : faint ? 1.5 : this.marks.radius(d);
      context.beginPath();
      context.arc(p.x, p.y, r, 0, 2 * Math.PI);
      const hatched = !same(d) && unsure(d);
      if (hatched && r >= LEAST_HATCHED) {
        if (!hatches.has(colour)) hatches.set(colour, hatch(context, colour, pixels));
        context.fillStyle = hatches.get(colour)!;
      } else {
        context.fillStyle = hatched ? "#FFFFFF" : colour;
      }
      context.fill();
      if (same(d)) continue;
      context.lineWidth = hatched ? 1.1 : 0.7;
      context.strokeStyle = hatched ? colour : "rgba(23,33,43,0.55)";
      if (faint || (hatched && colour === MIDDLE)) context.strokeStyle = "rgba(23,33,43,0.4)";
      if (faint) context.lineWidth = 0.5;
      context.stroke();
    }
  }

  private draw_rings(): void {
    const { sheet } = this.frame;
    if (!sheet) return;
    const ring = (i: number, more: number, stroke: string, width: number): SVGElement => {
      const p = sheet.position(i);
      return s("circle", { cx: p.x, cy: p.y, r: Math.max(5, this.radius(i)) + more, fill: "none", stroke, "stroke-width": width });
    };
    this.layers.plan.replaceChildren(...[...this.differences.supported(this.shown().scenario, this.year())].map((i) => ring(i, 1.5, PLAN, 2.2)));
    const chosen = [this.pinned(), this.frame.pointed].filter((i): i is number => i !== null);
    this.layers.selection.replaceChildren(...chosen.flatMap((i, k) => [ring(i, 4, "#fff", 4), ring(i, 4, INK, k === 0 && this.pinned() !== null ? 2.4 : 1.4)]));
  }

  private draw_names(): void {
    const { sheet, canvas, element } = this.frame;
    const context = canvas.getContext("2d");
    if (!context || !sheet) return;
    context.font = `12px ${getComputedStyle(element).fontFamily}`;
    const covered = [{ x: 0, y: 0, w: 56, h: 118 }];
    this.layers.names.replaceChildren(...place_names(
      sheet, { name: (i) => this.differences.place_name(i), radius: (i) => this.radius(i) }, this.largest_first, MOST_NAMES, covered,
      (text) => context.measureText(text).width));
  }
}
