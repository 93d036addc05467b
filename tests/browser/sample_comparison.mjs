// Writes the maps of comparison.html with INVENTED differences, for tests of the page only: places and borders are
// real, every figure is made up by a fixed formula. Usage: node sample_comparison.mjs [FILE]
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Packer } from "./pack.mjs";
import { country_names, COUNTRIES, read_land, read_places } from "./sample_world.mjs";

const web = join(dirname(fileURLToPath(import.meta.url)), "../../viz/web");
const [FIRST, YEARS] = [2020, 21];

/** `sureness`: "mixed" intervals, or all of them "sure" (without 0) or "unsure". */
export function make_maps(names = ["Hubs", "Largest"], sureness = "mixed") {
  const packer = new Packer(true);
  const { places } = read_places(400);
  const country_of = new Map(COUNTRIES.map((iso3, k) => [iso3, k]));
  const scenarios = names.map((name, k) => {
    const [scale, mean, p05, p95, less] = [[], [], [], [], []];
    places.forEach((p, i) => {
      const reach = i % 5 === k ? 0 : p.population / 50;
      scale.push(reach / 10000 || 1);
      for (let y = 0; y < YEARS; y++) {
        const size = y < 6 || reach === 0 ? 0 : Math.round(((y - 5) / 16) * (i % 7 === 3 ? 4000 : -6000));
        mean.push(size);
        const unsure = sureness === "unsure" || (sureness === "mixed" && i % 3 === 0);
        p05.push(size === 0 ? 0 : unsure ? -9000 : size * 1.5);
        p95.push(size === 0 ? 0 : unsure ? 9000 : size * 0.5);
        less.push(size === 0 ? 100 : size < 0 ? 190 : 30);
      }
    });
    const pack = (key, type, values) => packer.pack(`${k}.${key}`, type, values);
    return { name, scale: pack("scale", "f32", scale), mean: pack("mean", "i16", mean), p05: pack("p05", "i16", p05), p95: pack("p95", "i16", p95), less: pack("less", "u8", less), plan: k === 0 ? [{ place: 3, from: 2026.25, to: 2032.25 }] : [] };
  });
  return {
    v: 1, years: [FIRST, YEARS], members: 200, base: "As today", zip: true, countries: country_names(), left_out: 0, scenarios,
    places: { n: places.length, id: places.map((p) => p.place_id), name: places.map((p) => p.name), country: packer.pack("places.country", "u16", places.map((p) => country_of.get(p.iso3))),
      lon: packer.pack("places.lon", "f32", places.map((p) => Number(p.lon))), lat: packer.pack("places.lat", "f32", places.map((p) => Number(p.lat))) },
    land: read_land(), map: null, crc: packer.crc,
  };
}

export function comparison_page(data) {
  const [script, style] = ["js", "css"].map((ending) => readFileSync(join(web, `dist/comparison.${ending}`), "utf8"));
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>Invented differences</title><style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}${style}</style></head>
<body><h1>Invented numbers</h1><section><h2>Where they emit more or less</h2><div id="maps"></div><div id="maps-without-script"><p>plain maps</p></div>
<script type="application/json" id="maps-data">${typeof data === "string" ? data : JSON.stringify(data).replace(/</g, "\\u003c")}</script><script>${script}</script></section></body></html>`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(process.argv[2] ?? "comparison.html", comparison_page(make_maps()));
