import assert from "node:assert/strict";
import { test } from "node:test";
import { chance, fixed, includes_zero, interval, likelihood, list, observed, people, points, sig, tonnes } from "../src/numbers";

const MINUS = "\u2212";

test("two significant digits, comma thousands, a true minus", () => {
  assert.deepEqual([41.4, 3421, 0.0531, 9.04, 12345, 0, 99.6, 0.999].map(sig), ["41", "3,400", "0.053", "9.0", "12,000", "0", "100", "1.0"]);
  assert.equal(sig(-2.44), `${MINUS}2.4`);
  assert.equal(fixed(-0.0001, 2), "0.00");
  assert.equal(fixed(1234567.5, 1), "1,234,567.5");
});

test("an interval is written to one place, never with a dash", () => {
  assert.equal(interval({ mid: 41, p05: 12, p95: 83 }).range, "12 to 83");
  assert.deepEqual(interval({ mid: 9.04, p05: -3.1, p95: 26.8 }), { mid: "9", p05: `${MINUS}3`, p95: "27", range: `${MINUS}3 to 27` });
  assert.equal(interval({ mid: 3400, p05: 1700, p95: 11600 }).range, "1,700 to 11,600");
  assert.equal(interval({ mid: 2.4, p05: 0, p95: 5.1 }).range, "0 to 5.1");
  assert.equal(interval({ mid: -0.01, p05: -0.05, p95: 0.03 }).range, `${MINUS}0.05 to 0.03`);
});

test("a narrow interval keeps digits enough to tell its ends apart, up to four of the value", () => {
  assert.deepEqual(interval({ mid: 1210, p05: 1150, p95: 1270 }).range, "1,150 to 1,270");
  assert.equal(interval({ mid: 5210.1234, p05: 5210.12, p95: 5210.13 }).mid, "5,210");
  assert.equal(interval({ mid: 5, p05: 5, p95: 5 }).range, "5 to 5");
});

test("chances are whole per cent, bounded, and no finer than the runs", () => {
  assert.deepEqual([0, 0.004, 0.123, 0.995, 1].map((p) => chance(p, 1000)), ["under 1%", "under 1%", "12%", "over 99%", "over 99%"]);
  assert.deepEqual([0.01, 0.25, 1].map((p) => chance(p, 20)), ["under 5%", "25%", "over 95%"]);
  assert.deepEqual([0, 1, 2, 3, 4, 5, 7, 8].map((n) => chance(n / 8, 8)), ["under 13%", "13%", "25%", "38%", "50%", "63%", "88%", "over 87%"]);
  assert.deepEqual([1, 20, 39].map((n) => chance(n / 40, 40)), ["3%", "50%", "98%"]);
  assert.equal(chance(1 / 3, 3), "33%");
});

test("changes of chances are in points", () => {
  assert.deepEqual([0.002, -0.013, 0].map((d) => points(d, 1000)), ["+0.2 pt", `${MINUS}1.3 pt`, "0.0 pt"]);
  assert.deepEqual([0.02, 0.001].map((d) => points(d, 100)), ["+2 pt", "0 pt"]);
});

test("likelihood words have the stated bounds", () => {
  assert.deepEqual([0.09, 0.1, 0.33, 0.66, 0.67, 0.91].map(likelihood), ["very unlikely", "unlikely", "about even", "about even", "likely", "very likely"]);
});

test("people, tonnes, observed figures, lists, zero", () => {
  assert.deepEqual([2_812_000, 340_400, 8.0e9].map(people), ["2.8 million", "340,000", "8.0 billion"]);
  assert.deepEqual([tonnes(2_400_000), tonnes(12_300), tonnes(-1500, "kt")], ["2.4", "12", `${MINUS}1.5`]);
  assert.deepEqual([1339.96, 0.56, 1013].map(observed), ["1,340", "0.56", "1,013"]);
  assert.equal(list(["A", "B", "C"]), "A, B and C");
  assert.ok(includes_zero({ mid: 1, p05: 0, p95: 2 }) && !includes_zero({ mid: 1, p05: 0.1, p95: 2 }));
});
