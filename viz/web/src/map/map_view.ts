/** The map: canvas for land and circles, SVG above for arcs, labels, selection and keyboard stops. */
import type { GeoProjection } from "d3-geo";
import { geoInterpolate, geoPath } from "d3-geo";
import { select } from "d3-selection";
import "d3-transition";
import type { ZoomBehavior, ZoomTransform } from "d3-zoom";
import { zoom, zoomIdentity } from "d3-zoom";
import type { Atlas } from "../atlas";
import { ARC, INK, LAND_IN, LAND_OUT, SEA } from "../colours";
import { h, is_narrow, prefers_reduced_motion, s } from "../dom";
import type { Link, MapSettings, OffMapEnd } from "../format";
import type { ChoiceStore } from "../state";
import { arrow_off, bow, is_live, off_map_end } from "./arcs";
import type { Point } from "./arcs";
import type { Box } from "./labels";
import { place_labels } from "./labels";
import type { Country, LandPaths } from "./land";
import { draw_land } from "./land";
import { make_projection } from "./projection";
import { SizeScale, colour_of, value_text } from "./symbols";

const KEYBOARD_STOPS = 20;
const NARROW = 720;
const NARROW_MARGIN = { left: 14, right: 26, top: 26, bottom: 20 };
const WORLD_MARGIN = { left: 12, right: 12, top: 12, bottom: 12 };
/** The card stands on the right. */
const WIDE_MARGIN = { left: 50, right: 230, top: 40, bottom: 36 };
const MOST_EVENT_LINES = 300;
const DARK = new Set(["#0F4467", "#3D89AA", "#1F5F2E", "#5F9A4B", "#8C4A1A"]);

export type Medium = "screen" | "page";

export class MapView {
  readonly element = h("div", { class: "map", tabindex: 0, role: "group" });
  size: SizeScale;
  private readonly canvas = h("canvas", { "aria-hidden": "true" });
  private readonly svg = s("svg", { role: "group", "aria-label": "Places" });
  private readonly layers = {
    arcs: s("g"), events: s("g"), labels: s("g", { "aria-hidden": "true" }), selection: s("g"), stops: s("g"),
  };
  private readonly tip = h("div", { class: "tip hidden", "aria-hidden": "true" });
  private readonly zooming: ZoomBehavior<SVGSVGElement, unknown>;
  private transform: ZoomTransform = zoomIdentity;
  private width = 0;
  private height = 0;
  private projection: GeoProjection | null = null;
  private land: LandPaths | null = null;
  /** Projected places before zoom. */
  private xy = new Float32Array(0);
  /** Countries outside the scenario: name, and size and centre before zoom. */
  private neighbours: { name: string; area: number; centre: [number, number] }[] = [];
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
    this.width = width;
    const narrow = width < NARROW;
    this.height = medium === "page" ? Math.round(width * 0.74) : narrow ? Math.round(Math.max(360, width * 1.07)) : Math.round(width * 0.607);
    this.element.style.height = `${this.height}px`;
    this.size = new SizeScale(this.atlas, narrow ? 14 : 24);
    const ratio = Math.min(3, Math.max(2, window.devicePixelRatio || 1));
    this.canvas.width = width * ratio;
    this.canvas.height = this.height * ratio;
    this.projection = make_projection(this.settings, width, this.height, this.settings.projection === "equal_earth" ? WORLD_MARGIN : narrow ? NARROW_MARGIN : WIDE_MARGIN);
    this.project_places();
    const codes = new Set(this.atlas.report.countries.map((c) => c.iso3));
    this.land = draw_land(this.countries, (iso3) => codes.has(iso3), this.projection);
    const path = geoPath(this.projection);
    this.neighbours = this.countries
      .filter((c) => !codes.has(String(c.id ?? "")) && c.properties?.name)
      .map((c) => ({ name: c.properties.name ?? "", area: path.area(c), centre: path.centroid(c) }));
    const room = 0.25;
    this.zooming
      .extent([[0, 0], [width, this.height]])
      .translateExtent([[-width * room, -this.height * room], [width * (1 + room), this.height * (1 + room)]]);
    this.svg.setAttribute("viewBox", `0 0 ${width} ${this.height}`);
    select(this.svg).call(this.zooming.transform, zoomIdentity);
  }

  /** Draws everything again for the current choice. */
  redraw(): void {
    this.draw_canvas();
    this.draw_arcs();
    this.draw_labels();
    this.draw_selection();
    this.update_stops();
  }

  /** Where a place stands on the map, in its pixels. */
  position(i: number): Point {
    return { x: this.transform.applyX(this.xy[2 * i]!), y: this.transform.applyY(this.xy[2 * i + 1]!) };
  }

  /** Brings a place into view if it is outside or the map is zoomed out far. */
  go_to(i: number): void {
    const p = this.position(i);
    const inside = p.x > 20 && p.y > 20 && p.x < this.width - 20 && p.y < this.height - 20;
    if (inside) return;
    const { k } = this.transform;
    const target = zoomIdentity.translate(this.width / 2 - k * this.xy[2 * i]!, this.height / 2 - k * this.xy[2 * i + 1]!).scale(k);
    this.animate(target);
  }

  /** Lines of the events of one cause, for one place or for all; null removes them. */
  highlight(cause: number | null, place: number | null = null): void {
    this.layers.events.replaceChildren();
    if (cause === null || !this.atlas.events.ok) return;
    const e = this.atlas.events.data;
    const style = this.atlas.causes[cause];
    let drawn = 0;
    for (let k = 0; k < e.place.length && drawn < MOST_EVENT_LINES && style; k++) {
      if (e.cause[k] !== cause || e.source[k]! >= this.atlas.n || (place !== null && e.place[k] !== place)) continue;
      drawn++;
      this.layers.events.append(s("path", {
        d: bow(this.position(e.source[k]!), this.position(e.place[k]!)), fill: "none", stroke: style.fill,
        "stroke-width": Math.max(0.8, (e.share[k]! / 200) * 6), "stroke-opacity": 0.85,
      }));
    }
    this.layers.arcs.setAttribute("opacity", "0.15");
    if (drawn === 0) this.layers.arcs.removeAttribute("opacity");
  }

  end_highlight(): void {
    this.highlight(null);
    this.layers.arcs.removeAttribute("opacity");
  }

  private project_places(): void {
    if (!this.atlas.places.ok || !this.projection) return;
    const { lon, lat } = this.atlas.places.data;
    this.xy = new Float32Array(2 * this.atlas.n);
    for (let i = 0; i < this.atlas.n; i++) {
      const p = this.projection([lon[i]!, lat[i]!]) ?? [-1e4, -1e4];
      this.xy[2 * i] = p[0];
      this.xy[2 * i + 1] = p[1];
    }
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
    const context = this.canvas.getContext("2d");
    if (!context || !this.land || this.width === 0) return;
    const ratio = this.canvas.width / this.width;
    const { x, y, k } = this.transform;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = SEA;
    context.fillRect(0, 0, this.width, this.height);
    context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
    context.lineWidth = 0.7 / k;
    context.strokeStyle = "#DCE4E8";
    context.stroke(this.land.graticule);
    context.fillStyle = LAND_OUT;
    context.fill(this.land.outside);
    context.fillStyle = LAND_IN;
    context.fill(this.land.inside);
    context.strokeStyle = "#FFFFFF";
    context.lineWidth = 0.8 / k;
    context.stroke(this.land.outside);
    context.stroke(this.land.inside);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.draw_circles(context);
  }

  private draw_circles(context: CanvasRenderingContext2D): void {
    const c = this.store.now;
    const which = c.view === "reference" && c.variable === "commitment" ? "ref50" : "e50";
    const order: { i: number; r: number; x: number; y: number }[] = [];
    for (let i = 0; i < this.atlas.n; i++) {
      if (this.atlas.is_rest(i) && !c.rest) continue;
      const { x, y } = this.position(i);
      if (x < -60 || y < -60 || x > this.width + 60 || y > this.height + 60) continue;
      order.push({ i, x, y, r: this.size.radius(this.atlas.emissions(i, c.year, which)) });
    }
    order.sort((a, b) => b.r - a.r || a.i - b.i);
    for (const { i, x, y, r } of order) {
      const colour = colour_of(this.atlas, c, i);
      context.beginPath();
      context.arc(x, y, r, 0, 2 * Math.PI);
      if (this.atlas.is_rest(i)) {
        context.lineWidth = 1.2;
        context.strokeStyle = DARK.has(colour) ? colour : "#8F979E";
      } else {
        context.fillStyle = colour;
        context.fill();
        context.lineWidth = r < 2 ? 0.45 : 0.7;
        context.strokeStyle = DARK.has(colour) ? "rgba(255,255,255,0.65)" : "rgba(30,70,95,0.6)";
      }
      context.stroke();
    }
  }

  private draw_arcs(): void {
    const c = this.store.now;
    if (!c.agreements || !this.atlas.places.ok) {
      this.layers.arcs.replaceChildren();
      return;
    }
    const live = this.atlas.report.links.filter((l) => is_live(l, c.year) && (c.view !== "reference" || !l.added));
    const made: SVGElement[] = [];
    const ends: SVGElement[] = [];
    for (const l of live) {
      const width = l.added ? 2 : 1.1;
      const off = off_map_end(l);
      const here = [l.a, l.b].filter((e): e is number => typeof e === "number" && e < this.atlas.n).map((e) => this.position(e));
      const there = off && this.on_map(off);
      if (off && there && here[0]) {
        made.push(s("path", { d: bow(here[0], there), fill: "none", stroke: ARC, "stroke-width": width, "stroke-opacity": l.added ? 0.95 : 0.8 }));
        ends.push(s("circle", { cx: there.x, cy: there.y, r: 2.4, fill: ARC, stroke: "#fff", "stroke-width": 0.8 }), s("text", { x: there.x + 6, y: there.y + 4 }, off.name));
      } else if (off && here[0]) made.push(...arrow_off(here[0], this.heading(l, off), off.name, width, this.width, this.height));
      else if (here[0] && here[1]) {
        made.push(s("path", { d: bow(here[0], here[1]), fill: "none", stroke: ARC, "stroke-width": width, "stroke-opacity": l.added ? 0.95 : 0.8 }));
        for (const p of here) ends.push(s("circle", { cx: p.x, cy: p.y, r: 2.4, fill: ARC, stroke: "#fff", "stroke-width": 0.8 }));
      }
    }
    this.layers.arcs.replaceChildren(...made, ...ends);
  }

  /** Where a place outside the scenario stands, if that is on the map. */
  private on_map(end: OffMapEnd): Point | null {
    const p = this.projection?.([end.lon, end.lat]);
    if (!p) return null;
    const [x, y] = [this.transform.applyX(p[0]), this.transform.applyY(p[1])];
    return x > 0 && y > 0 && x < this.width && y < this.height ? { x, y } : null;
  }

  /** The way a great circle to the far end sets out, in pixels; from the near end. */
  private heading(l: Link, far: OffMapEnd): Point {
    const near = typeof l.a === "number" ? l.a : typeof l.b === "number" ? l.b : 0;
    if (!this.atlas.places.ok || !this.projection) return { x: 1, y: 0 };
    const start: [number, number] = [this.atlas.places.data.lon[near]!, this.atlas.places.data.lat[near]!];
    const a = this.projection(start) ?? [0, 0];
    const b = this.projection(geoInterpolate(start, [far.lon, far.lat])(0.05)) ?? [1, 0];
    return { x: b[0] - a[0], y: b[1] - a[1] };
  }

  private draw_labels(): void {
    const context = this.canvas.getContext("2d");
    if (!context || !this.atlas.places.ok || this.width === 0) return;
    const family = getComputedStyle(this.element).fontFamily;
    context.font = `12px ${family}`;
    const year = this.store.now.year;
    const candidates = this.by_population.slice(0, 1500).map((i) => ({
      text: this.atlas.place_name(i), ...this.position(i), r: this.size.radius(this.atlas.emissions(i, year)),
    }));
    const narrow = is_narrow();
    const most = (narrow ? 9 : 26) * Math.min(2, this.transform.k);
    const placed = place_labels(candidates, this.boxes(), this.width, this.height, most, narrow ? 46 : 62,
      (text) => context.measureText(text).width);
    this.layers.labels.replaceChildren(
      ...this.country_labels(),
      ...placed.map((l) => s("text", { x: l.x, y: l.y, "text-anchor": l.anchor }, l.text)));
  }

  /** Names of large countries outside the scenario, for orientation. */
  private country_labels(): SVGElement[] {
    if (is_narrow()) return [];
    const least = (this.width * this.height) / 30 / this.transform.k ** 2;
    return this.neighbours
      .map((o) => ({ ...o, x: this.transform.applyX(o.centre[0]), y: this.transform.applyY(o.centre[1]) }))
      .filter((o) => o.area > least && o.x > 40 && o.y > 20 && o.x < this.width - 40 && o.y < this.height - 20)
      .filter((o) => !this.boxes().some((b) => o.x > b.x - 30 && o.x < b.x + b.w + 30 && o.y > b.y && o.y < b.y + b.h))
      .map((o) => s("text", { class: "soft", x: o.x, y: o.y, "text-anchor": "middle" }, o.name));
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
      const beside = card && !is_narrow() && p.y > card.y && p.y < card.y + card.h;
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
        if ("touches" in e && e.touches.length < 2 && this.transform.k === 1) return false;
        return !(e as MouseEvent).button && (!e.ctrlKey || e.type === "wheel");
      })
      .on("zoom", (e: { transform: ZoomTransform }) => {
        this.transform = e.transform;
        this.svg.style.touchAction = this.transform.k === 1 ? "pan-y" : "none";
        this.layers.labels.replaceChildren();
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
        select(this.svg).call(this.zooming.translateBy, dx / this.transform.k, dy / this.transform.k);
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
      this.tip.style.left = `${Math.min(Math.max(8, p.x + 16), Math.max(8, this.width - 250))}px`;
      this.tip.style.top = `${Math.max(8, Math.min(p.y + 16, this.height - 70))}px`;
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
