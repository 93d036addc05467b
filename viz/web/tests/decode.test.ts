import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { DamagedData, crc32_hex, read_elements, unpack } from "../src/decode";
import { open_atlas } from "../src/atlas";
import { Unreadable, parse_report } from "../src/source";
import { small_report } from "./small_report";

/** Node 18 has no "deflate-raw" in its DecompressionStream; browsers do, and the browser tests cover it. */
const INFLATES = (() => {
  try {
    return Boolean(new DecompressionStream("deflate-raw"));
  } catch {
    return false;
  }
})();

const base64 = (b: Uint8Array): string => Buffer.from(b).toString("base64");

test("CRC-32 is the IEEE one", () => {
  // The check value of CRC-32/ISO-HDLC, from the catalogue of parametrised CRC algorithms.
  assert.equal(crc32_hex(new TextEncoder().encode("123456789")), "cbf43926");
});

test("elements are little-endian", () => {
  assert.deepEqual([...read_elements(Uint8Array.of(0x34, 0x12, 0xff, 0xff), "u16")], [0x1234, 65535]);
  assert.deepEqual([...read_elements(Uint8Array.of(0x00, 0x80, 0xff, 0xff), "i16")], [-32768, -1]);
  assert.deepEqual([...read_elements(Uint8Array.of(0x00, 0x00, 0xc0, 0x3f), "f32")], [1.5]);
  assert.deepEqual([...read_elements(Uint8Array.of(0x01, 0x00, 0x00, 0x80), "u32")], [0x80000001]);
});

test("arrays come back, zipped and not", async () => {
  const bytes = Uint8Array.of(1, 2, 3, 200, 255);
  const common = { name: "x", type: "u8", count: 5, crc: crc32_hex(bytes) } as const;
  assert.deepEqual([...(await unpack({ ...common, packed: base64(bytes), zip: false }))], [...bytes]);
  if (INFLATES) assert.deepEqual([...(await unpack({ ...common, packed: base64(deflateRawSync(bytes)), zip: true }))], [...bytes]);
});

test("damage is named, whatever its kind", async () => {
  const bytes = Uint8Array.of(1, 2, 3, 4);
  const good = { name: "cells.commit", type: "u8", count: 4, packed: base64(bytes), zip: false, crc: crc32_hex(bytes) } as const;
  const refuse = (a: object, why: RegExp): Promise<void> =>
    assert.rejects(unpack({ ...good, ...a } as never), (e) => e instanceof DamagedData && e.part === "cells.commit" && why.test(e.message));
  await refuse({ crc: "00000000" }, /checksum/);
  await refuse({ crc: undefined }, /checksum/);
  await refuse({ count: 5 }, /4 bytes, not 5/);
  await refuse({ packed: "%%%" }, /cannot be read/);
  await refuse({ packed: null }, /missing/);
  await refuse({ zip: true }, /cannot be read/);
  // A million zeros where four bytes should be: refused without being held.
  if (INFLATES) await refuse({ zip: true, packed: base64(deflateRawSync(new Uint8Array(1_000_000))) }, /longer/);
});

test("one damaged array leaves the other blocks whole", async () => {
  const report = small_report();
  report.cells.commit = `AAAA${report.cells.commit.slice(4)}`;
  const atlas = await open_atlas(report);
  assert.equal(atlas.cells.ok, false);
  assert.ok(atlas.places.ok && atlas.stages.ok && atlas.shares.ok && atlas.events.ok);
  assert.equal(atlas.commitment(0, 2020), null);
});

test("values come back in their units; missing is null, not zero", async () => {
  const atlas = await open_atlas(small_report());
  assert.equal(atlas.commitment(0, 2021), 0.5);
  assert.equal(atlas.commitment(1, 2020), null);
  assert.equal(atlas.emissions(0, 2021), 2000);
  assert.equal(atlas.emissions(1, 2021), null);
  assert.equal(atlas.abatement(0, 2021), -40);
  assert.deepEqual(atlas.commitment_years(0), [2021, 2020, null]);
  assert.deepEqual(atlas.sooner(0), { mid: 1.5, p05: -0.5, p95: 3 });
  assert.equal(atlas.sooner(1), null);
  assert.deepEqual(atlas.cause_shares(0), [0.5, 0, 0, 0.5, 0, 0, 0]);
  assert.equal(atlas.cause_shares(1), null);
  assert.deepEqual(atlas.events_at(0, "place"), [0]);
});

test("text that is no report is refused with a reason", () => {
  assert.throws(() => parse_report('{"v":1,'), Unreadable);
  assert.throws(() => parse_report("null"), Unreadable);
  assert.throws(() => parse_report('{"v":99}'), /version 99/);
  assert.throws(() => parse_report('{"v":1,"meta":{},"scenario":{},"countries":[],"years":[2020]}'), /missing/);
  assert.doesNotThrow(() => parse_report(JSON.stringify(small_report())));
});
