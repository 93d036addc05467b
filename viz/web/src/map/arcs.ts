/** Agreements as arcs. */
import type { Atlas } from "../atlas";
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

/** The live partners of a place, for its card. */
export function partners(atlas: Atlas, place: number, year: number): { name: string; since: number | null; added: boolean }[] {
  const name = (end: number | OffMapEnd): string => (typeof end === "number" ? atlas.place_name(end) : end.name);
  return atlas.report.links
    .filter((l) => is_live(l, year) && (l.a === place || l.b === place))
    .map((l) => ({ name: name(l.a === place ? l.b : l.a), since: l.from === null ? null : Math.floor(l.from), added: l.added }));
}
