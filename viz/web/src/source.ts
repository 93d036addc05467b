/**
 * Where a report comes from. The report file has it inlined; a live server sends it. Views know
 * neither: they get an Atlas.
 */
import type { Report } from "./format";
import { FORMAT_VERSION } from "./format";

export interface Progress {
  done: number;
  of: number;
  secondsLeft: number | null;
}

export interface Source {
  /** Throws Unreadable. Calls `on_progress` while a result is being made. */
  load(on_progress: (p: Progress) => void): Promise<Report>;
}

/** The report as a whole cannot be shown. */
export class Unreadable extends Error {}

const is_object = (x: unknown): x is Record<string, unknown> => typeof x === "object" && x !== null && !Array.isArray(x);

/** Checks what every section relies on; the rest is checked where it is used. */
export function parse_report(text: string): Report {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (e) {
    throw new Unreadable(`The data are not whole: ${e instanceof Error ? e.message : String(e)}`);
  }
  if (!is_object(json)) throw new Unreadable("The data are not whole: no report is in them.");
  if (json.v !== FORMAT_VERSION) {
    throw new Unreadable(`The data have format version ${String(json.v)}; this page reads ${FORMAT_VERSION}.`);
  }
  const years = json.years;
  const sound =
    is_object(json.meta) && is_object(json.scenario) && Array.isArray(json.countries) && Array.isArray(years) &&
    years.length === 2 && years.every((y) => Number.isInteger(y)) && years[1] > 0 && years[1] < 500;
  if (!sound) throw new Unreadable("The data are not whole: meta, scenario, countries or years are missing.");
  return json as unknown as Report;
}

/** The report that stands in the page itself. */
export class InlineSource implements Source {
  constructor(private readonly element_id: string) {}

  async load(): Promise<Report> {
    const element = document.getElementById(this.element_id);
    if (!element?.textContent) throw new Unreadable("The page holds no data.");
    return parse_report(element.textContent);
  }
}
