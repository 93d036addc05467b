/** Two places, two years, one event: a report that can be checked by hand. */
import { crc32_hex } from "../src/decode";
import type { Report } from "../src/format";

type Maker = (values: number[]) => ArrayBufferView;
const u8: Maker = (v) => Uint8Array.from(v);
const u16: Maker = (v) => Uint16Array.from(v);
const i16: Maker = (v) => Int16Array.from(v);
const u32: Maker = (v) => Uint32Array.from(v);
const f32: Maker = (v) => Float32Array.from(v);

export function small_report(): Report {
  const crc: Record<string, string> = {};
  const pack = (name: string, make: Maker, values: number[]): string => {
    const a = make(values);
    const bytes = new Uint8Array(a.buffer, a.byteOffset, a.byteLength);
    crc[name] = crc32_hex(bytes);
    return Buffer.from(bytes).toString("base64");
  };
  const none = { p05: [null, null], p25: [null, null], p50: [null, null], p75: [null, null], p95: [null, null] };
  return {
    v: 1,
    meta: { title: "t", finding: "", evidence: { status: "untested", score: null, note: "" }, runs: 100, seed: "1", gwp: "AR5", version: "0", scenarioFile: "s.toml", command: "domino run s.toml", hashes: {} },
    scenario: { name: "Twice the pairs", ref: "Today", same: false, levers: [] },
    years: [2020, 2], countries: [{ iso3: "JPN", name: "Japan" }, { iso3: "PLW", name: "Palau" }],
    figures: [{ key: "avoided", from: 2026, to: 2040, value: { mid: 41, p05: 12, p95: 83 }, of: null, reason: "" }],
    zip: false,
    places: {
      n: 2, id: ["A", "B"], name: ["Ōsaka", "Koror"], local: ["大阪", ""], admin1: ["Kansai"], admin1Of: pack("places.admin1Of", u16, [0, 65535]), country: pack("places.country", u8, [0, 1]),
      kind: pack("places.kind", u8, [0, 0]), lon: pack("places.lon", f32, [135.5, 134.5]), lat: pack("places.lat", f32, [34.5, 7.5]), pop: pack("places.pop", u32, [2700000, 11000]),
      escale: pack("places.escale", f32, [2, 1]), ascale: pack("places.ascale", f32, [4, 1]),
    },
    cells: {
      commit: pack("cells.commit", u8, [20, 100, 255, 0]), commitRef: pack("cells.commitRef", u8, [20, 60, 0, 0]), e50: pack("cells.e50", u16, [900, 1000, 10, 65535]), e05: pack("cells.e05", u16, [800, 900, 1, 1]),
      e95: pack("cells.e95", u16, [1000, 1100, 20, 20]), ref50: pack("cells.ref50", u16, [900, 990, 10, 10]), ab: pack("cells.ab", i16, [0, -10, 0, 0]), ab05: pack("cells.ab05", i16, [0, -20, 0, 0]), ab95: pack("cells.ab95", i16, [0, 5, 0, 0]), abBasis: "reference",
    },
    stages: { p: pack("stages.p", u8, new Array<number>(20).fill(100)), year: pack("stages.year", u8, [0, 0, 0, 1, 0, 255, ...new Array<number>(24).fill(255)]), sooner: pack("stages.sooner", i16, [15, -5, 30, -32768, -32768, -32768]) },
    causes: pack("causes", u8, [100, 0, 0, 100, 0, 0, 0, ...new Array<number>(7).fill(255)]), extraCauses: [], links: [],
    events: { count: 1, total: 100, leftOutBelow: 0, place: pack("events.place", u16, [0]), source: pack("events.source", u16, [1]), year: pack("events.year", u8, [1]), cause: pack("events.cause", u8, [3]), share: pack("events.share", u8, [50]) },
    targets: [], paths: { JPN: { acct: "gross", fiscal: true, hist: [], q: none, ref: null, diff: null } }, domino: null, strategies: [], plan: null, ledger: [], groups: [], urban: [], benefits: [], goals: [], inputs: [], past: [], land: null, map: null, credits: [], crc,
  };
}
