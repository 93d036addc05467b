/** Agreements as arcs. */
import type { Atlas } from "../atlas";
import { ARC } from "../colours";
import { s } from "../dom";
import type { Link, OffMapEnd } from "../format";

export interface Point {
  x: number;
  y: number;
}

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

/** The live partners of a place, for its card. */
export function partners(atlas: Atlas, place: number, year: number): { name: string; since: number | null; added: boolean }[] {
  const name = (end: number | OffMapEnd): string => (typeof end === "number" ? atlas.place_name(end) : end.name);
  return atlas.report.links
    .filter((l) => is_live(l, year) && (l.a === place || l.b === place))
    .map((l) => ({ name: name(l.a === place ? l.b : l.a), since: l.from === null ? null : Math.floor(l.from), added: l.added }));
}
