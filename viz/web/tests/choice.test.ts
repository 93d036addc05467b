import assert from "node:assert/strict";
import { test } from "node:test";
import { place_labels } from "../src/map/labels";
import { Store, read_hash, write_hash } from "../src/state";
import type { Choice } from "../src/state";
import { to_csv } from "../src/views/data_table";
import { find, fold } from "../src/views/search";
import { quantile_dots } from "../src/views/domino";

const limits = { first_year: 2020, last_year: 2040, has_reference: true, find_place: (id: string) => (id === "GN1" ? 7 : null) };
const choice: Choice = { year: 2031, place: 7, variable: "commitment", view: "difference", agreements: true, rest: false };

test("the hash keeps year, place and variable", () => {
  const hash = write_hash(choice, () => "GN1");
  assert.equal(hash, "#year=2031&place=GN1&show=commitment-difference");
  assert.deepEqual(read_hash(hash, limits), { year: 2031, place: 7, variable: "commitment", view: "difference" });
});

test("a hash that makes no sense changes nothing", () => {
  assert.deepEqual(read_hash("#targets", limits), {});
  assert.deepEqual(read_hash("#year=1999&show=x-y", limits), {});
  assert.deepEqual(read_hash("#show=commitment-difference", { ...limits, has_reference: false }), { variable: "commitment" });
});

test("listeners hear changes, and only changes", () => {
  const store = new Store(choice);
  let heard = 0;
  store.on_change(() => heard++);
  store.set({ year: 2031 });
  assert.equal(heard, 0);
  store.set({ year: 2032 });
  assert.equal(heard, 1);
});

test("search ignores marks and case, puts beginnings first, then large places", () => {
  const entries = [{ i: 0, keys: ["ōsaka", "大阪"].map(fold), weight: 1 }, { i: 1, keys: ["kosaka"], weight: 99 }, { i: 2, keys: ["osaka-sayama"], weight: 5 }];
  assert.deepEqual(find(entries, "Osaka", 8), [2, 0, 1]);
  assert.deepEqual(find(entries, "大", 8), [0]);
  assert.deepEqual(find(entries, "  ", 8), []);
});

test("labels do not meet each other or what covers the map", () => {
  const at = (text: string, x: number, y: number) => ({ text, x, y, r: 4 });
  const placed = place_labels([at("Aaa", 100, 100), at("Bbb", 104, 101), at("Ccc", 300, 300)], [{ x: 250, y: 250, w: 100, h: 100 }], 400, 400, 9, 0, () => 60);
  assert.deepEqual(placed.map((l) => l.text), ["Aaa", "Bbb"]);
  assert.notEqual(placed[0]!.anchor, placed[1]!.anchor);
});

test("CSV quotes what needs it and disarms formulas", () => {
  assert.equal(to_csv({ name: "x", columns: ["a", "b"], rows: [['say "hi", you', -1.5], ["=1+1", null]] }), 'a,b\r\n"say ""hi"", you",-1.5\r\n\'=1+1,\r\n');
});

test("each dot stands for the same round number of runs", () => {
  const { values, each } = quantile_dots(Array.from({ length: 1000 }, (_, k) => k), 60);
  assert.equal(each, 20);
  assert.equal(values.length, 50);
});
