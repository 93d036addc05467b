/** The map: canvas for land and circles, SVG above for arcs, names, selection and keyboard stops. */
import { select } from "d3-selection";
import "d3-transition";
import type { ZoomBehavior, ZoomTransform } from "d3-zoom";
import { zoom, zoomIdentity } from "d3-zoom";
import type { Atlas } from "../atlas";
import { INK } from "../colours";
import { h, is_compact, prefers_reduced_motion, s } from "../dom";
import type { MapSettings } from "../format";
import type { ChoiceStore } from "../state";
import { agreement_arcs, event_lines } from "./arcs";
import { paint } from "./canvas_layer";
import type { Box } from "./labels";
import type { Country } from "./land";
import { country_names, place_names } from "./name_layer";
import type { Margin } from "./projection";
import { plan_rings } from "./plan_rings";
import type { Point } from "./sheet";
import { Sheet } from "./sheet";
import { SizeScale, value_text } from "./symbols";

const KEYBOARD_STOPS = 20;
const NARROW = 720;
const NARROW_MARGIN: Margin = { left: 14, right: 26, top: 26, bottom: 20 };
const WORLD_MARGIN: Margin = { left: 12, right: 12, top: 12, bottom: 12 };
/** The card stands on the right. */
const WIDE_MARGIN: Margin = { left: 50, right: 230, top: 40, bottom: 36 };

export type Medium = "screen" | "page";

export class MapView {
  readonly element = h("div", { class: "map", tabindex: 0, role: "group" });
  size: SizeScale;
  private readonly canvas = h("canvas", { "aria-hidden": "true" });
  private readonly svg = s("svg", { role: "group", "aria-label": "Places" });
  private readonly layers = {
    arcs: s("g"), plan: s("g", { class: "plan" }), events: s("g"), names: s("g", { "aria-hidden": "true" }), selection: s("g"), stops: s("g"),
  };
  private readonly tip = h("div", { class: "tip hidden", "aria-hidden": "true" });
  private readonly zooming: ZoomBehavior<SVGSVGElement, unknown>;
  private sheet: Sheet | null = null;
  private hovered: number | null = null;
  private frame = 0;
  private medium: Medium = "screen";
  private readonly stop_elements: SVGCircleElement[] = [];
  private readonly stop_places: number[];
  private readonly by_population: number[];

  constructor(
    private readonly atlas: Atlas,
    private readonly store: ChoiceStore,
    private readonly settings: MapSettings,
    private readonly countries: Country[],
    /** Boxes over the map that labels keep clear of, in its own pixels. */
    private readonly covered: () => Box[],
  ) {
    this.size = new SizeScale(atlas, 24);
    const cities = Array.from({ length: atlas.n }, (_, i) => i).filter((i) => !atlas.is_rest(i));
    const pop = atlas.places.ok ? atlas.places.data.pop : new Uint32Array(0);
    this.by_population = cities.slice().sort((a, b) => pop[b]! - pop[a]! || a - b);
    const e = (i: number): number => atlas.emissions(i, atlas.first_year) ?? 0;
    this.stop_places = cities.sort((a, b) => e(b) - e(a) || a - b).slice(0, KEYBOARD_STOPS);
    this.svg.append(...Object.values(this.layers));
    this.element.append(this.canvas, this.svg, this.zoom_buttons(), this.tip);
    this.zooming = this.make_zoom();
    this.make_stops();
    this.listen();
  }

  /** Lays the map out for a width; the height follows. On paper nothing covers the map. */
  resize(width: number, medium: Medium = "screen"): void {
    this.medium = medium;
    const narrow = width < NARROW;
    const ratio = medium === "page" ? 0.74 : narrow ? 1.07 : 0.607;
    const height = Math.round(Math.max(360, width * ratio));
    const margin = this.settings.projection === "equal_earth" ? WORLD_MARGIN : medium === "page" || is_compact() ? NARROW_MARGIN : WIDE_MARGIN;
    this.sheet = new Sheet(this.atlas, this.settings, this.countries, width, height, margin);
    this.size = new SizeScale(this.atlas, narrow ? 14 : 24);
    const pixels = Math.min(3, Math.max(2, window.devicePixelRatio || 1));
    this.canvas.width = width * pixels;
    this.canvas.height = height * pixels;
    this.element.style.height = `${height}px`;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const room = 0.25;
    this.zooming
      .extent([[0, 0], [width, height]])
      .translateExtent([[-width * room, -height * room], [width * (1 + room), height * (1 + room)]]);
    select(this.svg).call(this.zooming.transform, zoomIdentity);
  }

  /** Draws everything again for the current choice. */
  redraw(): void {
    this.draw_canvas();
    this.draw_arcs();
    this.draw_names();
    this.draw_selection();
    this.update_stops();
  }

  /** Where a place stands on the map, in its pixels. */
  position(i: number): Point {
    return this.sheet?.position(i) ?? { x: 0, y: 0 };
  }

  /** Brings a place into view if it is outside. */
  go_to(i: number): void {
    const { sheet } = this;
    if (!sheet || sheet.holds(sheet.position(i), -20)) return;
    const { k } = sheet.transform;
    const p = sheet.unzoomed(i);
    this.animate(zoomIdentity.translate(sheet.width / 2 - k * p.x, sheet.height / 2 - k * p.y).scale(k));
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

  private schedule(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.draw_canvas();
      this.draw_arcs();
      this.draw_selection();
      this.place_stops();
    });
  }

  private draw_canvas(): void {
    if (this.sheet) paint(this.canvas, this.sheet, this.atlas, this.store.now, this.size);
  }

  private draw_arcs(): void {
    const arcs = this.sheet && this.store.now.agreements ? agreement_arcs(this.sheet, this.atlas, this.store.now) : [];
    this.layers.arcs.replaceChildren(...arcs);
    this.layers.plan.replaceChildren(...(this.sheet ? plan_rings(this.sheet, this.atlas, this.store.now, this.size) : []));
  }

  private draw_names(): void {
    const context = this.canvas.getContext("2d");
    if (!context || !this.sheet) return;
    context.font = `12px ${getComputedStyle(this.element).fontFamily}`;
    const measure = (text: string): number => context.measureText(text).width;
    const covered = this.boxes();
    this.layers.names.replaceChildren(
      ...country_names(this.sheet, covered),
      ...place_names(this.sheet, this.atlas, this.by_population, this.store.now.year, this.size, covered, measure));
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
    if (this.hovered !== null && this.hovered !== pinned) ring(this.hovered, 1.2);
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

  private make_zoom(): ZoomBehavior<SVGSVGElement, unknown> {
    const behaviour = zoom<SVGSVGElement, unknown>()
      .scaleExtent([1, 40])
      .filter((e: MouseEvent | TouchEvent | WheelEvent) => {
        // One finger scrolls the page until the map is zoomed in.
        if ("touches" in e && e.touches.length < 2 && this.scale() === 1) return false;
        return !(e as MouseEvent).button && (!e.ctrlKey || e.type === "wheel");
      })
      .on("zoom", (e: { transform: ZoomTransform }) => {
        if (this.sheet) this.sheet.transform = e.transform;
        this.svg.style.touchAction = e.transform.k === 1 ? "pan-y" : "none";
        this.layers.names.replaceChildren();
        this.end_highlight();
        this.schedule();
      })
      .on("end", () => this.redraw());
    select(this.svg).call(behaviour).on("dblclick.zoom", null);
    return behaviour;
  }

  private animate(target: ZoomTransform): void {
    const selection = select(this.svg);
    if (prefers_reduced_motion()) selection.call(this.zooming.transform, target);
    else selection.transition().duration(250).call(this.zooming.transform, target);
  }

  private scale(): number {
    return this.sheet?.transform.k ?? 1;
  }

  private zoom_by(factor: number): void {
    select(this.svg).call(this.zooming.scaleBy, factor);
  }

  private reset(): void {
    this.animate(zoomIdentity);
  }

  private zoom_buttons(): HTMLElement {
    const button = (label: string, sign: string, act: () => void): HTMLElement =>
      h("button", { type: "button", "aria-label": label, title: label, onclick: act }, sign);
    return h("div", { class: "zoom" },
      button("Zoom in", "+", () => this.zoom_by(1.6)),
      button("Zoom out", "\u2212", () => this.zoom_by(1 / 1.6)),
      button("Whole map", "⤢", () => this.reset()));
  }

  private listen(): void {
    this.element.addEventListener("keydown", (e) => {
      if (e.ctrlKey || e.metaKey || e.altKey) return;
      const pan = (dx: number, dy: number): void => {
        select(this.svg).call(this.zooming.translateBy, dx / this.scale(), dy / this.scale());
      };
      const acts: Record<string, () => void> = {
        "+": () => this.zoom_by(1.6), "=": () => this.zoom_by(1.6), "-": () => this.zoom_by(1 / 1.6), _: () => this.zoom_by(1 / 1.6),
        "0": () => this.reset(), ArrowLeft: () => pan(60, 0), ArrowRight: () => pan(-60, 0), ArrowUp: () => pan(0, 60), ArrowDown: () => pan(0, -60),
      };
      const act = acts[e.key];
      if (!act) return;
      e.preventDefault();
      act();
    });
    this.svg.addEventListener("pointermove", (e) => this.hover(e.pointerType === "touch" ? null : this.nearest(e)));
    this.svg.addEventListener("pointerleave", () => this.hover(null));
    this.svg.addEventListener("click", (e) => {
      const i = this.nearest(e);
      if (i !== null) this.store.set({ place: i });
    });
  }

  private nearest(e: MouseEvent): number | null {
    const box = this.svg.getBoundingClientRect();
    const [x, y] = [e.clientX - box.left, e.clientY - box.top];
    const c = this.store.now;
    let best: number | null = null;
    let least = Infinity;
    for (let i = 0; i < this.atlas.n; i++) {
      if (this.atlas.is_rest(i) && !c.rest) continue;
      const p = this.position(i);
      const d = Math.hypot(p.x - x, p.y - y);
      if (d >= least || d > 40) continue;
      const r = this.size.radius(this.atlas.emissions(i, c.year));
      if (d <= Math.max(r, "pointerType" in e && e.pointerType === "touch" ? 22 : 9)) {
        least = d;
        best = i;
      }
    }
    return best;
  }

  private hover(i: number | null): void {
    if (i === this.hovered) return;
    this.hovered = i;
    this.tip.classList.toggle("hidden", i === null);
    this.svg.style.cursor = i === null ? "" : "pointer";
    if (i !== null) {
      const p = this.position(i);
      this.tip.replaceChildren(h("b", {}, this.atlas.place_name(i)), `${this.atlas.place_country(i)}: ${value_text(this.atlas, this.store.now, i)}`);
      const { width, height } = this.sheet ?? { width: 0, height: 0 };
      this.tip.style.left = `${Math.min(Math.max(8, p.x + 16), Math.max(8, width - 250))}px`;
      this.tip.style.top = `${Math.max(8, Math.min(p.y + 16, height - 70))}px`;
    }
    this.draw_selection();
  }

  private make_stops(): void {
    for (const i of this.stop_places) {
      const stop = s("circle", { class: "stop", r: 12, tabindex: 0, role: "button" });
      stop.addEventListener("focus", () => this.hover(i));
      stop.addEventListener("blur", () => this.hover(null));
      stop.addEventListener("keydown", (e) => {
        if (e.key !== "Enter" && e.key !== " ") return;
        e.preventDefault();
        e.stopPropagation();
        this.store.set({ place: i });
      });
      this.stop_elements.push(stop);
      this.layers.stops.append(stop);
    }
  }

  private place_stops(): void {
    this.stop_places.forEach((i, k) => {
      const p = this.position(i);
      this.stop_elements[k]!.setAttribute("cx", String(p.x));
      this.stop_elements[k]!.setAttribute("cy", String(p.y));
    });
  }

  private update_stops(): void {
    this.place_stops();
    this.stop_places.forEach((i, k) => {
      const text = `${this.atlas.place_name(i)}, ${this.atlas.place_country(i)}: ${value_text(this.atlas, this.store.now, i)}`;
      this.stop_elements[k]!.setAttribute("aria-label", text);
    });
  }
}
