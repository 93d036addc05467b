/** What the reader has chosen: year, place, variable, view. Kept in the address hash. */

export type Variable = "commitment" | "abatement";
export type View = "scenario" | "reference" | "difference";

export interface Choice {
  year: number;
  /** Index of the pinned place. */
  place: number | null;
  variable: Variable;
  view: View;
  agreements: boolean;
  rest: boolean;
}

export type Listener<C> = (now: C, before: C) => void;

/** What has been chosen, and who wants to know when that changes. */
export class Store<C extends object> {
  private readonly listeners: Listener<C>[] = [];

  constructor(private choice: C) {}

  get now(): C {
    return this.choice;
  }

  set(change: Partial<C>): void {
    const before = this.choice;
    const next = { ...before, ...change };
    if ((Object.keys(next) as (keyof C)[]).every((k) => next[k] === before[k])) return;
    this.choice = next;
    for (const listener of this.listeners) listener(next, before);
  }

  on_change(listener: Listener<C>): void {
    this.listeners.push(listener);
  }
}

export type ChoiceStore = Store<Choice>;

/** "#year=2031&place=GN1701668&show=commitment-difference" */
export function write_hash(c: Choice, place_id: (i: number) => string): string {
  const parts = [`year=${c.year}`];
  if (c.place !== null) parts.push(`place=${encodeURIComponent(place_id(c.place))}`);
  parts.push(`show=${c.variable}-${c.view}`);
  return `#${parts.join("&")}`;
}

export interface HashLimits {
  first_year: number;
  last_year: number;
  find_place: (id: string) => number | null;
  has_reference: boolean;
}

/** Reads what it can; anything else in the hash (a section's name, nonsense) changes nothing. */
export function read_hash(hash: string, limits: HashLimits): Partial<Choice> {
  const found: Partial<Choice> = {};
  if (!hash.includes("=")) return found;
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const year = Number(fields.get("year") ?? NaN);
  if (Number.isInteger(year) && year >= limits.first_year && year <= limits.last_year) found.year = year;
  const id = fields.get("place");
  if (id !== null) found.place = limits.find_place(id);
  const [variable, view] = (fields.get("show") ?? "").split("-");
  if (variable === "commitment" || variable === "abatement") found.variable = variable;
  if (view === "scenario" || (limits.has_reference && (view === "reference" || view === "difference"))) found.view = view;
  return found;
}
