/** Names on the map: the largest places, and large countries outside the scenario. */
import { is_narrow, s } from "../dom";
import type { Box } from "./labels";
import { place_labels } from "./labels";
import type { Sheet } from "./sheet";

const MOST_CANDIDATES = 1500;

/** What places are called and how large their circles are. */
export interface Named {
  name(i: number): string;
  radius(i: number): number;
}

/** Names of the first of `order` that find room, at most `most` before zooming in. */
export function place_names(
  sheet: Sheet, places: Named, order: readonly number[], most_names: number, covered: readonly Box[], measure: (text: string) => number,
): SVGElement[] {
  const candidates = order.slice(0, MOST_CANDIDATES).map((i) => ({ text: places.name(i), ...sheet.position(i), r: places.radius(i) }));
  const narrow = is_narrow();
  const most = most_names * Math.min(2, sheet.transform.k);
  return place_labels(candidates, covered, sheet.width, sheet.height, most, narrow ? 46 : 62, measure)
    .map((l) => s("text", { x: l.x, y: l.y, "text-anchor": l.anchor }, l.text));
}

/** For orientation, where there is room. */
export function country_names(sheet: Sheet, covered: readonly Box[]): SVGElement[] {
  if (is_narrow()) return [];
  const least = (sheet.width * sheet.height) / 30 / sheet.transform.k ** 2;
  return sheet.neighbours
    .map((o) => ({ ...o, ...sheet.zoomed(o.centre) }))
    .filter((o) => o.area > least && sheet.holds(o, -40))
    .filter((o) => !covered.some((b) => o.x > b.x - 30 && o.x < b.x + b.w + 30 && o.y > b.y && o.y < b.y + b.h))
    .map((o) => s("text", { class: "soft", x: o.x, y: o.y, "text-anchor": "middle" }, o.name));
}
