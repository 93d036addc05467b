/** Size and colour of a place on the map. */
import type { Atlas } from "../atlas";
import type { Step } from "../colours";
import { ABATEMENT, COMMITMENT, DIFFERENCE, step_of } from "../colours";
import { likelihood, chance, points, tonnes, tonnes_unit } from "../numbers";
import type { Choice } from "../state";

/** Area is emissions; one scale for all years. */
export class SizeScale {
  readonly largest_t: number;

  constructor(atlas: Atlas, private readonly largest_radius: number) {
    let largest = 0;
    if (atlas.cells.ok && atlas.places.ok) {
      for (let i = 0; i < atlas.n; i++) {
        if (atlas.is_rest(i)) continue;
        for (let y = atlas.first_year; y <= atlas.last_year; y++) largest = Math.max(largest, atlas.emissions(i, y) ?? 0);
      }
    }
    this.largest_t = largest || 1;
  }

  /** So that the smallest can still be seen, and many of them do not cover the land. */
  private smallest(): number {
    return this.largest_radius / 17;
  }

  radius(t: number | null): number {
    return Math.max(this.smallest(), Math.sqrt(Math.max(0, t ?? 0) / this.largest_t) * this.largest_radius);
  }

  /** Three round sizes for the legend, t CO2e. */
  round_sizes(): number[] {
    const top = 10 ** Math.floor(Math.log10(this.largest_t));
    if (this.largest_t >= 5 * top) return [2 * top, top / 2, top / 10];
    return this.largest_t >= 2 * top ? [top, top / 5, top / 20] : [top / 2, top / 10, top / 50];
  }
}

export function steps_for(c: Choice): Step[] {
  if (c.variable === "abatement") return ABATEMENT;
  return c.view === "difference" ? DIFFERENCE : COMMITMENT;
}

/** The value the colour shows: a chance 0–1, points, or kt a year; null where missing. */
export function value_of(atlas: Atlas, c: Choice, i: number): number | null {
  if (c.variable === "abatement") {
    const t = atlas.abatement(i, c.year);
    return t === null ? null : t / 1e3;
  }
  if (c.view === "scenario") return atlas.commitment(i, c.year);
  const reference = atlas.commitment(i, c.year, "reference");
  if (c.view === "reference") return reference;
  const p = atlas.commitment(i, c.year);
  return p === null || reference === null ? null : (p - reference) * 100;
}

export const NO_VALUE = "#FFFFFF00";

export function colour_of(atlas: Atlas, c: Choice, i: number): string {
  const v = value_of(atlas, c, i);
  return v === null ? NO_VALUE : step_of(steps_for(c), v).colour;
}

/** What a legend, a preview and a screen reader call the variable. */
export function variable_name(c: Choice, basis: "reference" | "bau"): string {
  if (c.variable === "abatement") return basis === "reference" ? `Avoided against the reference in ${c.year}, kt` : `Abatement in ${c.year}, kt`;
  if (c.view === "difference") return `Change in chance by ${c.year}, points`;
  return `Chance of commitment by ${c.year}${c.view === "reference" ? ", reference" : ""}`;
}

/** One line about a place. */
export function value_text(atlas: Atlas, c: Choice, i: number): string {
  const v = value_of(atlas, c, i);
  if (v === null) return "no value";
  const { runs } = atlas.report.meta;
  if (c.variable === "abatement") {
    const t = v * 1e3;
    const [low, high] = [atlas.abatement(i, c.year, "ab05"), atlas.abatement(i, c.year, "ab95")];
    const unit = tonnes_unit(t);
    const range = low === null || high === null ? "" : ` (90% of runs: ${tonnes(low, unit)} to ${tonnes(high, unit)})`;
    return `${tonnes(t, unit)} ${unit} avoided in ${c.year}${range}`;
  }
  if (c.view === "difference") return `${points(v / 100, runs)} by ${c.year}`;
  return `${chance(v, runs)} by ${c.year}, ${likelihood(v)}`;
}
