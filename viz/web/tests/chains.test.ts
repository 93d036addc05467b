import assert from "node:assert/strict";
import { test } from "node:test";
import { set_names } from "../src/views/chains";

const overlap = (names: ReturnType<typeof set_names>): boolean =>
  names.some((a, i) => names.some((b, j) => i < j && a.line === b.line && Math.abs(a.x - b.x) < ((a.text.length + b.text.length) * 7) / 2));

test("names under a chain stand centred where there is room", () => {
  const names = set_names(["Jakarta", "Bekasi", "Cikarang"], [200, 500, 800], 1136);
  assert.deepEqual(names.map((n) => [n.x, n.line]), [[200, 0], [500, 0], [800, 0]]);
});

test("names of steps that are close never cover each other nor leave the page", () => {
  const long = "State of Mexico (rest of region, 4 of 5)";
  const names = set_names([long, "Cuautitlán Izcalli", "Batangas (rest of region, 2 of 2)", "Lipa City"], [300, 344, 388, 432], 1136);
  assert.equal(overlap(names), false);
  assert.equal(names[0]!.text.length, 30);
  assert.ok(names[0]!.text.endsWith("…"));
  const [last] = set_names(["Nicolás Romero"], [1130], 1136);
  assert.ok(last!.x + (last!.text.length * 7) / 2 <= 1136);
});
