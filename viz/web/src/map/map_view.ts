/** The map of places: canvas for land and circles, SVG above for arcs, names and selection. */
import type { Atlas } from "../atlas";
import { INK } from "../colours";
import type { Child } from "../dom";
import { h, is_compact, is_narrow, s } from "../dom";
import type { MapSettings } from "../format";
import type { ChoiceStore } from "../state";
import { agreement_arcs, event_lines } from "./arcs";
import { paint } from "./canvas_layer";
import type { Box } from "./labels";
import type { Country } from "./land";
import { MapFrame } from "./map_frame";
import type { MapContent } from "./map_frame";
import { country_names, place_names } from "./name_layer";
import type { Margin } from "./projection";
import { plan_rings } from "./plan_rings";
import type { Point, Sheet } from "./sheet";
import { SizeScale, value_text } from "./symbols";

const KEYBOARD_STOPS = 20;
const NARROW = 720;
const NARROW_MARGIN: Margin = { left: 14, right: 26, top: 26, bottom: 20 };
const WORLD_MARGIN: Margin = { left: 12, right: 12, top: 12, bottom: 12 };
/** The card stands on the right. */
const WIDE_MARGIN: Margin = { left: 50, right: 230, top: 40, bottom: 36 };

export type Medium = "screen" | "page";

export class MapView implements MapContent {
  size: SizeScale;
  private readonly frame: MapFrame;
  private readonly layers = {
    arcs: s("g"), plan: s("g", { class: "plan" }), events: s("g"), names: s("g", { "aria-hidden": "true" }), selection: s("g"),
  };
  private medium: Medium = "screen";
  private readonly by_population: number[];

  constructor(
    private readonly atlas: Atlas,
    private readonly store: ChoiceStore,
    private readonly settings: MapSettings,
    countries: Country[],
    /** Boxes over the map that labels keep clear of, in its own pixels. */
    private readonly covered: () => Box[],
  ) {
    this.size = new SizeScale(atlas, 24);
    const cities = Array.from({ length: atlas.n }, (_, i) => i).filter((i) => !atlas.is_rest(i));
    const pop = atlas.places.ok ? atlas.places.data.pop : new Uint32Array(0);
    this.by_population = cities.slice().sort((a, b) => pop[b]! - pop[a]! || a - b);
    const e = (i: number): number => atlas.emissions(i, atlas.first_year) ?? 0;
    const stops = cities.sort((a, b) => e(b) - e(a) || a - b).slice(0, KEYBOARD_STOPS);
    this.frame = new MapFrame(atlas, settings, countries, this, Object.values(this.layers), stops);
  }

  get element(): HTMLElement {
    return this.frame.element;
  }

  /** Lays the map out for a width; the height follows. On paper nothing covers the map. */
  resize(width: number, medium: Medium = "screen"): void {
    this.medium = medium;
    const narrow = width < NARROW;
    const ratio = medium === "page" ? 0.74 : narrow ? 1.07 : 0.607;
    const height = Math.round(Math.max(360, width * ratio));
    const margin = this.settings.projection === "equal_earth" ? WORLD_MARGIN : medium === "page" || is_compact() ? NARROW_MARGIN : WIDE_MARGIN;
    this.size = new SizeScale(this.atlas, narrow ? 14 : 24);
    this.frame.lay_out(width, height, margin);
  }

  /** Draws everything again for the current choice. */
  redraw(): void {
    this.draw_canvas();
    this.draw_arcs();
    this.draw_names();
    this.draw_selection();
    this.frame.update_stops();
  }

  position(i: number): Point {
    return this.frame.position(i);
  }

  go_to(i: number): void {
    this.frame.go_to(i);
  }

  moving(): void {
    this.layers.names.replaceChildren();
    this.end_highlight();
  }

  moved(): void {
    this.draw_canvas();
    this.draw_arcs();
    this.draw_selection();
  }

  shows(i: number): boolean {
    return !this.atlas.is_rest(i) || this.store.now.rest;
  }

  radius(i: number): number {
    return this.size.radius(this.atlas.emissions(i, this.store.now.year));
  }

  tip(i: number): Child[] {
    return [h("b", {}, this.atlas.place_name(i)), `${this.atlas.place_country(i)}: ${value_text(this.atlas, this.store.now, i)}`];
  }

  line(i: number): string {
    return `${this.atlas.place_name(i)}, ${this.atlas.place_country(i)}: ${value_text(this.atlas, this.store.now, i)}`;
  }

  hovered(): void {
    this.draw_selection();
  }

  chosen(i: number): void {
    this.store.set({ place: i });
  }

  /** Lines of the events of one cause, for one place or for all. */
  highlight(cause: number, place: number | null): void {
    const lines = this.sheet ? event_lines(this.sheet, this.atlas, cause, place) : [];
    this.layers.events.replaceChildren(...lines);
    if (lines.length > 0) this.layers.arcs.setAttribute("opacity", "0.15");
  }

  end_highlight(): void {
    this.layers.events.replaceChildren();
    this.layers.arcs.removeAttribute("opacity");
  }

  private get sheet(): Sheet | null {
    return this.frame.sheet;
  }

  private draw_canvas(): void {
    if (this.sheet) paint(this.frame.canvas, this.sheet, this.atlas, this.store.now, this.size);
  }

  private draw_arcs(): void {
    const arcs = this.sheet && this.store.now.agreements ? agreement_arcs(this.sheet, this.atlas, this.store.now) : [];
    this.layers.arcs.replaceChildren(...arcs);
    this.layers.plan.replaceChildren(...(this.sheet ? plan_rings(this.sheet, this.atlas, this.store.now, this.size) : []));
  }

  private draw_names(): void {
    const context = this.frame.canvas.getContext("2d");
    if (!context || !this.sheet) return;
    context.font = `12px ${getComputedStyle(this.element).fontFamily}`;
    const measure = (text: string): number => context.measureText(text).width;
    const covered = this.boxes();
    this.layers.names.replaceChildren(
      ...country_names(this.sheet, covered),
      ...place_names(this.sheet, { name: (i) => this.atlas.place_name(i), radius: (i) => this.radius(i) }, this.by_population, is_narrow() ? 9 : 26, covered, measure));
  }

  private boxes(): Box[] {
    return this.medium === "page" ? [] : this.covered();
  }

  private draw_selection(): void {
    const made: SVGElement[] = [];
    const ring = (i: number, width: number): void => {
      const p = this.position(i);
      const r = Math.max(9, this.size.radius(this.atlas.emissions(i, this.store.now.year)) + 3);
      made.push(s("circle", { cx: p.x, cy: p.y, r: r + 1.5, fill: "none", stroke: "#fff", "stroke-width": width + 2 }));
      made.push(s("circle", { cx: p.x, cy: p.y, r: r + 1.5, fill: "none", stroke: INK, "stroke-width": width }));
    };
    const pinned = this.store.now.place;
    const { pointed } = this.frame;
    if (pointed !== null && pointed !== pinned) ring(pointed, 1.2);
    if (pinned !== null && pinned < this.atlas.n) {
      const p = this.position(pinned);
      const card = this.boxes()[0];
      const beside = card && !is_compact() && p.y > card.y && p.y < card.y + card.h;
      if (beside && p.x < card.x) made.push(s("line", { x1: p.x + 12, y1: p.y, x2: card.x, y2: p.y, stroke: INK, "stroke-width": 1 }));
      if (beside && p.x > card.x + card.w) made.push(s("line", { x1: p.x - 12, y1: p.y, x2: card.x + card.w, y2: p.y, stroke: INK, "stroke-width": 1 }));
      ring(pinned, 2.4);
    }
    this.layers.selection.replaceChildren(...made);
  }
}
