/** A report with its arrays decoded, and the questions the views ask of it. */
import type { Cause, Interval, Report } from "./format";
import { CAUSES, STAGES } from "./format";
import type { ElementArrays, ElementType } from "./decode";
import { DamagedData, unpack } from "./decode";
import type { CauseStyle } from "./colours";
import { CAUSE_STYLE, user_layer_style } from "./colours";

export interface Places {
  admin1Of: Uint16Array;
  country: Uint8Array;
  kind: Uint8Array;
  lon: Float32Array;
  lat: Float32Array;
  pop: Uint32Array;
  escale: Float32Array;
  ascale: Float32Array;
}

export interface Cells {
  commit: Uint8Array;
  commitRef: Uint8Array | null;
  e50: Uint16Array;
  e05: Uint16Array;
  e95: Uint16Array;
  ref50: Uint16Array | null;
  ab: Int16Array;
  ab05: Int16Array;
  ab95: Int16Array;
}

export interface Stages {
  p: Uint8Array;
  year: Uint8Array;
  sooner: Int16Array | null;
}

export interface Events {
  place: Uint16Array;
  source: Uint16Array;
  year: Uint8Array;
  cause: Uint8Array;
  share: Uint8Array;
}

/** A block of arrays, or why it cannot be used. */
export type Block<T> = { ok: true; data: T } | { ok: false; damage: string };

export const REST_OF_REGION = 1;
export const MISSING_U8 = 255;
export const MISSING_U16 = 65535;
export const MISSING_I16 = -32768;
const COMMITTED = STAGES.indexOf("committed");

/** Value × scale, or null where missing. */
export const scaled = (raw: number | undefined, missing: number, scale: number): number | null =>
  raw === undefined || raw === missing ? null : raw * scale;

export class Atlas {
  readonly first_year: number;
  readonly year_count: number;
  readonly last_year: number;
  readonly n: number;
  readonly has_reference: boolean;
  readonly causes: CauseStyle[];
  private readonly codes: Set<string>;

  constructor(
    readonly report: Report,
    readonly places: Block<Places>,
    readonly cells: Block<Cells>,
    readonly stages: Block<Stages>,
    readonly shares: Block<Uint8Array>,
    readonly events: Block<Events>,
  ) {
    [this.first_year, this.year_count] = report.years;
    this.last_year = this.first_year + this.year_count - 1;
    this.n = report.places?.n ?? 0;
    this.codes = new Set(report.countries.map((c) => c.iso3));
    this.has_reference = report.scenario.ref !== null;
    this.causes = [
      ...CAUSES.map((c: Cause) => CAUSE_STYLE[c]),
      ...(report.extraCauses ?? []).map((name, i) => user_layer_style(name, i)),
    ];
  }

  years(): number[] {
    return Array.from({ length: this.year_count }, (_, i) => this.first_year + i);
  }

  country_name(iso3: string): string {
    return this.report.countries.find((c) => c.iso3 === iso3)?.name ?? iso3;
  }

  place_name(i: number): string {
    return this.report.places.name[i] ?? "";
  }

  place_country(i: number): string {
    return this.places.ok ? (this.report.countries[this.places.data.country[i]!]?.name ?? "") : "";
  }

  lonlat(i: number): [number, number] {
    return this.places.ok ? [this.places.data.lon[i]!, this.places.data.lat[i]!] : [0, 0];
  }

  /** Whether the scenario covers a country. */
  in_scope(iso3: string): boolean {
    return this.codes.has(iso3);
  }

  index_of_id(id: string): number | null {
    const i = this.report.places.id.indexOf(id);
    return i < 0 ? null : i;
  }

  is_rest(i: number): boolean {
    return this.places.ok && this.places.data.kind[i] === REST_OF_REGION;
  }

  /** Chance of commitment by the end of the year, 0–1. */
  commitment(i: number, year: number, of: "scenario" | "reference" = "scenario"): number | null {
    if (!this.cells.ok) return null;
    const array = of === "scenario" ? this.cells.data.commit : this.cells.data.commitRef;
    return array ? scaled(array[i * this.year_count + year - this.first_year], MISSING_U8, 1 / 200) : null;
  }

  /** t CO2e a year. */
  emissions(i: number, year: number, which: "e05" | "e50" | "e95" | "ref50" = "e50"): number | null {
    if (!this.cells.ok || !this.places.ok) return null;
    const array = this.cells.data[which];
    const at = i * this.year_count + year - this.first_year;
    return array ? scaled(array[at], MISSING_U16, this.places.data.escale[i]!) : null;
  }

  /** t CO2e a year. */
  abatement(i: number, year: number, which: "ab" | "ab05" | "ab95" = "ab"): number | null {
    if (!this.cells.ok || !this.places.ok) return null;
    const at = i * this.year_count + year - this.first_year;
    return scaled(this.cells.data[which][at], MISSING_I16, this.places.data.ascale[i]!);
  }

  /** Chance that the stage was reached by the end of the year, 0–1. */
  stage_chance(i: number, stage: number, year: number): number | null {
    if (!this.stages.ok) return null;
    const at = (i * STAGES.length + stage) * this.year_count + year - this.first_year;
    return scaled(this.stages.data.p[at], MISSING_U8, 1 / 200);
  }

  /** Median, 5th, 95th percentile of the year of first passage; null: not within the run. */
  stage_years(i: number, stage: number): [number | null, number | null, number | null] {
    if (!this.stages.ok) return [null, null, null];
    const years = this.stages.data.year;
    const at = (i * STAGES.length + stage) * 3;
    const read = (k: number): number | null => {
      const offset = years[at + k]!;
      return offset === MISSING_U8 ? null : this.first_year + offset;
    };
    return [read(0), read(1), read(2)];
  }

  commitment_years(i: number): [number | null, number | null, number | null] {
    return this.stage_years(i, COMMITTED);
  }

  /** Years by which commitment comes sooner than in the reference, paired. */
  sooner(i: number): Interval | null {
    if (!this.stages.ok || !this.stages.data.sooner) return null;
    const a = this.stages.data.sooner;
    const [mid, p05, p95] = [0, 1, 2].map((k) => scaled(a[i * 3 + k], MISSING_I16, 0.1));
    return mid == null || p05 == null || p95 == null ? null : { mid, p05, p95 };
  }

  /** Share of each cause among the runs in which the place commits; null when it never does. */
  cause_shares(i: number): number[] | null {
    if (!this.shares.ok) return null;
    const slots = this.causes.length;
    const raw = Array.from(this.shares.data.subarray(i * slots, (i + 1) * slots));
    return raw.some((v) => v === MISSING_U8) ? null : raw.map((v) => v / 200);
  }

  /** Indices of the events in which the place committed, or with which it triggered another; largest share first. */
  events_at(i: number, end: "place" | "source"): number[] {
    if (!this.events.ok) return [];
    const ends = this.events.data[end];
    const found: number[] = [];
    for (let e = 0; e < ends.length; e++) if (ends[e] === i) found.push(e);
    return found;
  }

  /** Expected new commitments of each year. */
  commitments_by_year(): number[] | null {
    if (!this.cells.ok) return null;
    const totals = new Array<number>(this.year_count).fill(0);
    const { commit } = this.cells.data;
    for (let i = 0; i < this.n; i++) {
      if (this.is_rest(i)) continue;
      let before = 0;
      for (let y = 0; y < this.year_count; y++) {
        const p = commit[i * this.year_count + y]!;
        if (p === MISSING_U8) continue;
        totals[y]! += (p - before) / 200;
        before = p;
      }
    }
    return totals;
  }
}

async function block<T>(read: () => Promise<T>): Promise<Block<T>> {
  try {
    return { ok: true, data: await read() };
  } catch (e) {
    if (e instanceof DamagedData) return { ok: false, damage: e.message };
    return { ok: false, damage: "is missing or not of the right kind" };
  }
}

/** Decodes every array. Never throws for damage: the block says so instead. */
export async function open_atlas(report: Report): Promise<Atlas> {
  const n = report.places?.n ?? 0;
  const [, years] = report.years;
  const slots = CAUSES.length + (report.extraCauses?.length ?? 0);
  const get = <T extends ElementType>(name: string, type: T, count: number, packed: unknown): Promise<ElementArrays[T]> =>
    unpack({ name, type, count, packed, zip: Boolean(report.zip), crc: report.crc?.[name] });
  const maybe = async <T extends ElementType>(
    name: string, type: T, count: number, packed: unknown,
  ): Promise<ElementArrays[T] | null> => (packed === null ? null : get(name, type, count, packed));

  const places = block(async (): Promise<Places> => {
    const p = report.places;
    if (p.name.length !== n || p.id.length !== n) throw new DamagedData("places", "names do not match the places");
    const data = {
      admin1Of: await get("places.admin1Of", "u16", n, p.admin1Of),
      country: await get("places.country", "u8", n, p.country),
      kind: await get("places.kind", "u8", n, p.kind),
      lon: await get("places.lon", "f32", n, p.lon),
      lat: await get("places.lat", "f32", n, p.lat),
      pop: await get("places.pop", "u32", n, p.pop),
      escale: await get("places.escale", "f32", n, p.escale),
      ascale: await get("places.ascale", "f32", n, p.ascale),
    };
    if (data.country.some((c) => c >= report.countries.length)) throw new DamagedData("places.country", "names no country");
    return data;
  });
  const cells = block(async (): Promise<Cells> => {
    const c = report.cells;
    const size = n * years;
    return {
      commit: await get("cells.commit", "u8", size, c.commit),
      commitRef: await maybe("cells.commitRef", "u8", size, c.commitRef),
      e50: await get("cells.e50", "u16", size, c.e50),
      e05: await get("cells.e05", "u16", size, c.e05),
      e95: await get("cells.e95", "u16", size, c.e95),
      ref50: await maybe("cells.ref50", "u16", size, c.ref50),
      ab: await get("cells.ab", "i16", size, c.ab),
      ab05: await get("cells.ab05", "i16", size, c.ab05),
      ab95: await get("cells.ab95", "i16", size, c.ab95),
    };
  });
  const stages = block(async (): Promise<Stages> => {
    const st = report.stages;
    return {
      p: await get("stages.p", "u8", n * STAGES.length * years, st.p),
      year: await get("stages.year", "u8", n * STAGES.length * 3, st.year),
      sooner: await maybe("stages.sooner", "i16", n * 3, st.sooner),
    };
  });
  const shares = block(() => get("causes", "u8", n * slots, report.causes));
  const events = block(async (): Promise<Events> => {
    const e = report.events;
    return {
      place: await get("events.place", "u16", e.count, e.place),
      source: await get("events.source", "u16", e.count, e.source),
      year: await get("events.year", "u8", e.count, e.year),
      cause: await get("events.cause", "u8", e.count, e.cause),
      share: await get("events.share", "u8", e.count, e.share),
    };
  });
  return new Atlas(report, await places, await cells, await stages, await shares, await events);
}
