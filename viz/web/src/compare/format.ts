/**
 * The data of the maps of comparison.html: the contract between viz/comparison_maps_data.cpp and the page.
 * Conventions are those of ../format.ts: missing is null, arrays are packed, checked by their CRC-32.
 */
import type { Country, MapSettings, Packed, Topology } from "../format";

export const MAPS_VERSION = 1;

/** A project or agreement: place by number, [from, to) in decimal years. */
export interface Supported {
  place: number;
  from: number;
  to: number;
}

/** What a scenario's places emit less what they do in the base, in the same member, t CO2e a year. */
export interface Against {
  name: string;
  /** f32[n]: t a step of the three arrays below. */
  scale: Packed;
  /** i16[n·Y], place-major, by `scale`: mean, 5 and 95 % of members. */
  mean: Packed;
  p05: Packed;
  p95: Packed;
  /** u8[n·Y]: share of members in which it emits less, in half points; a tie counts half. */
  less: Packed;
  /** What its strategy has chosen. */
  plan: Supported[];
}

export interface Maps {
  v: number;
  /** [first calendar year, number of years Y]. */
  years: [number, number];
  members: number;
  base: string;
  zip: boolean;
  countries: Country[];
  places: { n: number; id: string[]; name: string[]; country: Packed; lon: Packed; lat: Packed };
  /** Places with smaller differences that are not on the map. */
  left_out: number;
  /** All but the base. */
  scenarios: Against[];
  land: Topology | null;
  map: MapSettings | null;
  crc: Record<string, string>;
}
