/** Rings round the places that the scenario's strategy has chosen. */
import type { Atlas } from "../atlas";
import { PLAN } from "../colours";
import { s } from "../dom";
import type { Plan } from "../format";
import type { Choice } from "../state";
import type { Sheet } from "./sheet";
import type { SizeScale } from "./symbols";

/** Places with a project or agreement of the plan in force at any time in the calendar year; in any year for null. */
export function live_places(plan: Plan | null, year: number | null): Set<number> {
  const live = (plan?.projects ?? []).filter((x) => year === null || (x.from < year + 1 && x.to > year));
  return new Set(live.map((x) => x.place));
}

export function plan_rings(sheet: Sheet, atlas: Atlas, c: Choice, size: SizeScale): SVGElement[] {
  if (c.view === "reference") return [];
  return [...live_places(atlas.report.plan, c.year)].filter((i) => i < atlas.n).map((i) => {
    const p = sheet.position(i);
    const r = Math.max(5, size.radius(atlas.emissions(i, c.year)) + 1.5);
    return s("circle", { cx: p.x, cy: p.y, r, fill: "none", stroke: PLAN, "stroke-width": 2.4 });
  });
}
