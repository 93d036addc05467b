/** Agreements as arcs. */
import type { Atlas } from "../atlas";
import { ARC } from "../colours";
import { s } from "../dom";
import type { Link, OffMapEnd } from "../format";
import type { Choice } from "../state";
import type { Point, Sheet } from "./sheet";

/** Live at any time in the calendar year. */
export const is_live = (l: Link, year: number): boolean => (l.from === null || l.from < year + 1) && (l.to === null || l.to > year);

export const off_map_end = (l: Link): OffMapEnd | null =>
  typeof l.a === "object" ? l.a : typeof l.b === "object" ? l.b : null;

/** A gentle bow from a to b, to the left of the way. */
export function bow(a: Point, b: Point): string {
  const bend = 0.16;
  const mx = (a.x + b.x) / 2 + (b.y - a.y) * bend;
  const my = (a.y + b.y) / 2 - (b.x - a.x) * bend;
  return `M${a.x.toFixed(1)},${a.y.toFixed(1)}Q${mx.toFixed(1)},${my.toFixed(1)} ${b.x.toFixed(1)},${b.y.toFixed(1)}`;
}

/** A dashed bow to the edge of the map, for a partner that is not on it. */
export function arrow_off(from: Point, heading: Point, name: string, line_width: number, width: number, height: number): SVGElement[] {
  const length = Math.hypot(heading.x, heading.y) || 1;
  const [dx, dy] = [heading.x / length, heading.y / length];
  const edge = 8;
  const reach = Math.max(0, Math.min(
    dx > 0 ? (width - edge - from.x) / dx : dx < 0 ? (edge - from.x) / dx : Infinity,
    dy > 0 ? (height - edge - from.y) / dy : dy < 0 ? (edge - from.y) / dy : Infinity,
  ));
  const end = { x: from.x + dx * reach, y: from.y + dy * reach };
  const bend = { x: (from.x + end.x) / 2 + dy * reach * 0.08, y: (from.y + end.y) / 2 - dx * reach * 0.08 };
  const angle = (Math.atan2(end.y - bend.y, end.x - bend.x) * 180) / Math.PI;
  const right = end.x > width / 2;
  return [
    s("path", { d: `M${from.x},${from.y}Q${bend.x},${bend.y} ${end.x},${end.y}`, fill: "none", stroke: ARC, "stroke-width": line_width, "stroke-dasharray": "4 3" }),
    s("path", { d: "M2,0L-7,-4L-7,4Z", fill: ARC, transform: `translate(${end.x},${end.y}) rotate(${angle})` }),
    s("text", { class: "arc", x: end.x + (right ? -12 : 12), y: Math.min(height - 8, Math.max(16, end.y - 10)), "text-anchor": right ? "end" : "start" }, `to ${name}`),
  ];
}

const ADDED_WIDTH = 2;
const EXISTING_WIDTH = 1.1;
const MOST_EVENT_LINES = 300;

const arc = (a: Point, b: Point, l: Link): SVGElement =>
  s("path", { d: bow(a, b), fill: "none", stroke: ARC, "stroke-width": l.added ? ADDED_WIDTH : EXISTING_WIDTH, "stroke-opacity": l.added ? 0.95 : 0.8 });

const end_mark = (p: Point): SVGElement => s("circle", { cx: p.x, cy: p.y, r: 2.4, fill: ARC, stroke: "#fff", "stroke-width": 0.8 });

/** The agreements live in the chosen year; in the reference, without those the scenario adds. */
export function agreement_arcs(sheet: Sheet, atlas: Atlas, c: Choice): SVGElement[] {
  const arcs: SVGElement[] = [];
  const ends: SVGElement[] = [];
  for (const l of atlas.report.links) {
    if (!is_live(l, c.year) || (c.view === "reference" && l.added)) continue;
    const near = [l.a, l.b].filter((e): e is number => typeof e === "number" && e < atlas.n);
    const off = off_map_end(l);
    const [a, b] = near.map((i) => sheet.position(i));
    const there = off && sheet.locate([off.lon, off.lat]);
    if (a && b) {
      arcs.push(arc(a, b, l));
      ends.push(end_mark(a), end_mark(b));
    } else if (a && off && there) {
      arcs.push(arc(a, there, l));
      ends.push(end_mark(a), end_mark(there), s("text", { x: there.x + 6, y: there.y + 4 }, off.name));
    } else if (a && off) {
      const heading = sheet.heading(near[0]!, [off.lon, off.lat]);
      arcs.push(...arrow_off(a, heading, off.name, l.added ? ADDED_WIDTH : EXISTING_WIDTH, sheet.width, sheet.height));
    }
  }
  return [...arcs, ...ends];
}

/** From source to place for every event of a cause, the most frequent first; of one place, or of all. */
export function event_lines(sheet: Sheet, atlas: Atlas, cause: number, place: number | null): SVGElement[] {
  const style = atlas.causes[cause];
  if (!atlas.events.ok || !style) return [];
  const e = atlas.events.data;
  const lines: SVGElement[] = [];
  for (let k = 0; k < e.place.length && lines.length < MOST_EVENT_LINES; k++) {
    if (e.cause[k] !== cause || e.source[k]! >= atlas.n || (place !== null && e.place[k] !== place)) continue;
    lines.push(s("path", {
      d: bow(sheet.position(e.source[k]!), sheet.position(e.place[k]!)), fill: "none", stroke: style.fill,
      "stroke-width": Math.max(0.8, (e.share[k]! / 200) * 6), "stroke-opacity": 0.85,
    }));
  }
  return lines;
}

/** The live partners of a place, for its card. */
export function partners(atlas: Atlas, place: number, year: number): { name: string; since: number | null; added: boolean }[] {
  const name = (end: number | OffMapEnd): string => (typeof end === "number" ? atlas.place_name(end) : end.name);
  return atlas.report.links
    .filter((l) => is_live(l, year) && (l.a === place || l.b === place))
    .map((l) => ({ name: name(l.a === place ? l.b : l.a), since: l.from === null ? null : Math.floor(l.from), added: l.added }));
}
