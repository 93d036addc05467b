/** The maps' data with their arrays decoded, and the questions the page asks of them. */
import type { ElementArrays, ElementType } from "../decode";
import { DamagedData, unpack } from "../decode";
import type { Ground } from "../map/sheet";
import type { Maps, Supported } from "./format";
import { MAPS_VERSION } from "./format";

/** A difference of one place in one year, t CO2e. */
export interface Difference {
  mean: number;
  p05: number;
  p95: number;
  /** Share of members in which less is emitted. */
  less: number;
}

interface Arrays {
  scale: Float32Array;
  mean: Int16Array;
  p05: Int16Array;
  p95: Int16Array;
  less: Uint8Array;
}

/** Whether the two emit the same in every member. */
export const same = (d: Difference): boolean => d.mean === 0 && d.p05 === 0 && d.p95 === 0;
/** Whether it is not sure which of them emits less. */
export const unsure = (d: Difference): boolean => d.p05 <= 0 && d.p95 >= 0;

export class Differences implements Ground {
  readonly n: number;
  readonly first_year: number;
  readonly year_count: number;
  /** Largest mean of any place, year and scenario, t; 1 where nothing differs. */
  readonly largest_t: number;
  private readonly codes: Set<string>;

  constructor(
    readonly maps: Maps, private readonly lon: Float32Array, private readonly lat: Float32Array,
    private readonly country: Uint16Array, private readonly against: Arrays[],
  ) {
    this.n = maps.places.n;
    [this.first_year, this.year_count] = maps.years;
    this.codes = new Set(maps.countries.map((c) => c.iso3));
    let largest = 0;
    for (const a of against) {
      for (let cell = 0; cell < a.mean.length; cell++) {
        largest = Math.max(largest, Math.abs(a.mean[cell]! * a.scale[Math.floor(cell / this.year_count)]!));
      }
    }
    this.largest_t = largest || 1;
  }

  lonlat(i: number): [number, number] {
    return [this.lon[i]!, this.lat[i]!];
  }

  in_scope(iso3: string): boolean {
    return this.codes.has(iso3);
  }

  place_name(i: number): string {
    return this.maps.places.name[i] ?? "";
  }

  place_country(i: number): string {
    return this.maps.countries[this.country[i]!]?.name ?? "";
  }

  scenario_name(k: number): string {
    return this.maps.scenarios[k]!.name;
  }

  of(k: number, i: number, year: number): Difference {
    const a = this.against[k]!;
    const cell = i * this.year_count + year - this.first_year;
    const scale = a.scale[i]!;
    return { mean: a.mean[cell]! * scale, p05: a.p05[cell]! * scale, p95: a.p95[cell]! * scale, less: a.less[cell]! / 200 };
  }

  /** Sum over places of the size of their means in each year, t. */
  totals(k: number): number[] {
    return Array.from({ length: this.year_count }, (_, y) => {
      let sum = 0;
      for (let i = 0; i < this.n; i++) sum += Math.abs(this.of(k, i, this.first_year + y).mean);
      return sum;
    });
  }

  /** Places by the size of their differences over all years, the largest first. */
  by_size(): number[] {
    const size = new Float64Array(this.n);
    for (const a of this.against) {
      for (let cell = 0; cell < a.mean.length; cell++) {
        const i = Math.floor(cell / this.year_count);
        size[i]! += Math.abs(a.mean[cell]! * a.scale[i]!);
      }
    }
    return Array.from(size, (_, i) => i).filter((i) => size[i]! > 0).sort((a, b) => size[b]! - size[a]! || a - b);
  }

  /** Places that a scenario's strategy supports at any time in the year. */
  supported(k: number, year: number): Set<number> {
    const live = (x: Supported): boolean => x.from < year + 1 && x.to > year;
    return new Set(this.maps.scenarios[k]!.plan.filter(live).map((x) => x.place));
  }
}

/** Throws DamagedData where anything is not as it should be. */
export async function open_differences(text: string): Promise<Differences> {
  let maps: Maps;
  try {
    maps = JSON.parse(text) as Maps;
  } catch (e) {
    throw new DamagedData("the maps' data", e instanceof Error ? e.message : String(e));
  }
  if (maps?.v !== MAPS_VERSION) throw new DamagedData("the maps' data", `have format version ${String(maps?.v)}`);
  const get = <T extends ElementType>(name: string, type: T, count: number, packed: unknown): Promise<ElementArrays[T]> =>
    unpack({ name, type, count, packed, zip: maps.zip, crc: maps.crc[name] });
  const { n } = maps.places;
  const cells = n * maps.years[1];
  const against: Arrays[] = [];
  for (const [k, one] of maps.scenarios.entries()) {
    against.push({
      scale: await get(`${k}.scale`, "f32", n, one.scale),
      mean: await get(`${k}.mean`, "i16", cells, one.mean),
      p05: await get(`${k}.p05`, "i16", cells, one.p05),
      p95: await get(`${k}.p95`, "i16", cells, one.p95),
      less: await get(`${k}.less`, "u8", cells, one.less),
    });
  }
  const { lon, lat, country } = maps.places;
  return new Differences(maps, await get("places.lon", "f32", n, lon), await get("places.lat", "f32", n, lat), await get("places.country", "u16", n, country), against);
}
