/** A map to look around on: canvas below, SVG above, zoom by wheel, fingers, buttons and keys, and a line about the place pointed at. */
import { select } from "d3-selection";
import "d3-transition";
import type { ZoomBehavior, ZoomTransform } from "d3-zoom";
import { zoom, zoomIdentity } from "d3-zoom";
import type { Child } from "../dom";
import { h, prefers_reduced_motion, s } from "../dom";
import type { MapSettings } from "../format";
import type { Country } from "./land";
import type { Margin } from "./projection";
import type { Ground, Point } from "./sheet";
import { Sheet } from "./sheet";

/** What a map shows and does. */
export interface MapContent {
  /** Takes away what does not move with the map. */
  moving(): void;
  /** Draws what does, once a frame. */
  moved(): void;
  /** Draws everything. */
  redraw(): void;
  /** Whether a place can be pointed at now. */
  shows(i: number): boolean;
  radius(i: number): number;
  /** What the box beside a place says. */
  tip(i: number): Child[];
  /** The same for a screen reader, in a line. */
  line(i: number): string;
  hovered(i: number | null): void;
  chosen(i: number): void;
}

export class MapFrame {
  readonly element = h("div", { class: "map", tabindex: 0, role: "group" });
  readonly canvas = h("canvas", { "aria-hidden": "true" });
  readonly svg = s("svg", { role: "group", "aria-label": "Places" });
  sheet: Sheet | null = null;
  /** The place pointed at. */
  pointed: number | null = null;
  /** Told of every zoom that comes from here. */
  on_zoom: (to: ZoomTransform) => void = () => undefined;
  private readonly tip = h("div", { class: "tip hidden", "aria-hidden": "true" });
  private readonly zooming: ZoomBehavior<SVGSVGElement, unknown>;
  private frame = 0;
  private following = false;
  private readonly stops = new Map<number, SVGCircleElement>();

  /** `layers` are drawn in their order; `stops` are places the Tab key visits. */
  constructor(
    private readonly ground: Ground, private readonly settings: MapSettings, private readonly countries: Country[],
    private readonly content: MapContent, layers: SVGElement[], stops: readonly number[],
  ) {
    const stop_layer = s("g");
    this.svg.append(...layers, stop_layer);
    this.element.append(this.canvas, this.svg, this.zoom_buttons(), this.tip);
    this.zooming = this.make_zoom();
    for (const i of stops) this.make_stop(i, stop_layer);
    this.listen();
  }

  lay_out(width: number, height: number, margin: Margin): void {
    this.sheet = new Sheet(this.ground, this.settings, this.countries, width, height, margin);
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

  /** Looks at what another map looks at. */
  follow(transform: ZoomTransform): void {
    this.following = true;
    select(this.svg).call(this.zooming.transform, transform);
    this.following = false;
  }

  /** Points at a place, as the pointer does. */
  point_at(i: number | null): void {
    if (i === this.pointed) return;
    this.pointed = i;
    this.tip.classList.toggle("hidden", i === null);
    this.svg.style.cursor = i === null ? "" : "pointer";
    if (i !== null) this.place_tip(i);
    this.content.hovered(i);
  }

  /** Puts stops where their places are, with what they say now. */
  update_stops(): void {
    this.place_stops();
    for (const [i, stop] of this.stops) stop.setAttribute("aria-label", this.content.line(i));
  }

  private place_tip(i: number): void {
    const p = this.position(i);
    this.tip.replaceChildren(h("div", {}, this.content.tip(i)));
    const { width, height } = this.sheet ?? { width: 0, height: 0 };
    this.tip.style.left = `${Math.min(Math.max(8, p.x + 16), Math.max(8, width - 250))}px`;
    this.tip.style.top = `${Math.max(8, Math.min(p.y + 16, height - 70))}px`;
  }

  private schedule(): void {
    if (this.frame !== 0) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      this.content.moved();
      this.place_stops();
    });
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
        this.content.moving();
        if (!this.following) this.on_zoom(e.transform);
        this.schedule();
      })
      .on("end", () => this.content.redraw());
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
    this.svg.addEventListener("pointermove", (e) => this.point_at(e.pointerType === "touch" ? null : this.nearest(e)));
    this.svg.addEventListener("pointerleave", () => this.point_at(null));
    this.svg.addEventListener("click", (e) => {
      const i = this.nearest(e);
      if (i !== null) this.content.chosen(i);
    });
  }

  private nearest(e: MouseEvent): number | null {
    const box = this.svg.getBoundingClientRect();
    const [x, y] = [e.clientX - box.left, e.clientY - box.top];
    let best: number | null = null;
    let least = Infinity;
    for (let i = 0; i < this.ground.n; i++) {
      if (!this.content.shows(i)) continue;
      const p = this.position(i);
      const d = Math.hypot(p.x - x, p.y - y);
      if (d >= least || d > 40) continue;
      if (d <= Math.max(this.content.radius(i), "pointerType" in e && e.pointerType === "touch" ? 22 : 9)) {
        least = d;
        best = i;
      }
    }
    return best;
  }

  private make_stop(i: number, layer: SVGElement): void {
    const stop = s("circle", { class: "stop", r: 12, tabindex: 0, role: "button" });
    stop.addEventListener("focus", () => this.point_at(i));
    stop.addEventListener("blur", () => this.point_at(null));
    stop.addEventListener("keydown", (e) => {
      if (e.key !== "Enter" && e.key !== " ") return;
      e.preventDefault();
      e.stopPropagation();
      this.content.chosen(i);
    });
    this.stops.set(i, stop);
    layer.append(stop);
  }

  private place_stops(): void {
    for (const [i, stop] of this.stops) {
      const p = this.position(i);
      stop.setAttribute("cx", String(p.x));
      stop.setAttribute("cy", String(p.y));
    }
  }
}
