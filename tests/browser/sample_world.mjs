// Places and countries for the sample report: real names and positions from the data pack, nothing else.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

export const COUNTRIES = ["JPN", "IDN", "VNM", "THA", "PHL", "KHM", "IND", "PLW", "MNG", "BGD", "MMR", "LAO", "MDV", "LKA", "MYS", "PNG"];

function* csv_rows(text) {
  let row = [], cell = "", quoted = false;
  for (let k = 0; k < text.length; k++) {
    const c = text[k];
    if (quoted) {
      if (c === '"' && text[k + 1] === '"') { cell += '"'; k++; }
      else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"') quoted = true;
    else if (c === ",") { row.push(cell); cell = ""; }
    else if (c === "\n") { row.push(cell.replace(/\r$/, "")); yield row; row = []; cell = ""; }
    else cell += c;
  }
  if (cell || row.length) { row.push(cell); yield row; }
}

export function read_table(name) {
  const plain = join(root, "data/tables", name);
  const text = existsSync(plain) ? readFileSync(plain, "utf8") : gunzipSync(readFileSync(`${plain}.gz`)).toString("utf8");
  const rows = csv_rows(text);
  const head = rows.next().value;
  return [...rows].map((r) => Object.fromEntries(head.map((h, k) => [h, r[k]])));
}

/** The `cities` largest cities of the countries, then a rest of region per admin-1 unit. */
export function read_places(cities) {
  const wanted = new Set(COUNTRIES);
  const admin1 = read_table("admin1.csv").filter((a) => wanted.has(a.iso3));
  const found = read_table("places.csv").filter((p) => wanted.has(p.iso3) && !p.dup_of)
    .sort((a, b) => b.population - a.population || (a.place_id < b.place_id ? -1 : 1)).slice(0, cities);
  const rest = admin1.filter((a) => Number(a.population_2020) > 0).map((a) => ({
    place_id: `R-${a.admin1_id}`, name: `Rest of ${a.name_en || a.name}`, name_local: "", iso3: a.iso3, admin1_id: a.admin1_id,
    lon: a.lon, lat: a.lat, population: String(Math.round(a.population_2020 * 0.3)), rest: true,
  }));
  return { places: [...found, ...rest], admin1 };
}

export function country_names() {
  const names = new Map(read_table("countries.csv").map((c) => [c.iso3, c.name]));
  return COUNTRIES.map((iso3) => ({ iso3, name: names.get(iso3) ?? iso3 }));
}

/** Boundaries as TopoJSON, one arc a ring; null where there is no GeoPackage or no ogr2ogr. */
export function read_land() {
  const file = process.env.DOMINO_BOUNDARIES ?? join(root, "data/boundaries.gpkg");
  if (!existsSync(file)) return null;
  let text;
  try {
    text = execFileSync("ogr2ogr", ["-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=3", "/vsistdout/", file, "admin0_50m"], { maxBuffer: 1 << 28, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return null;
  }
  const step = 0.005;
  const arcs = [];
  const ring_arc = (ring) => {
    const kept = ring.filter((p, k) => k === 0 || k === ring.length - 1 || k % 2 === 0);
    let [px, py] = [0, 0];
    arcs.push(kept.map(([lon, lat], k) => {
      const q = [Math.round((lon + 180) / step), Math.round((lat + 90) / step)];
      const d = k === 0 ? q : [q[0] - px, q[1] - py];
      [px, py] = q;
      return d;
    }));
    return [arcs.length - 1];
  };
  const big = (rings) => {
    const xs = rings[0].map((p) => p[0]), ys = rings[0].map((p) => p[1]);
    return Math.max(...xs) - Math.min(...xs) > 0.15 || Math.max(...ys) - Math.min(...ys) > 0.15;
  };
  const geometries = JSON.parse(text).features.filter((f) => f.geometry).map((f) => {
    const all = f.geometry.type === "Polygon" ? [f.geometry.coordinates] : f.geometry.coordinates;
    const kept = all.filter(big);
    return { type: "MultiPolygon", id: f.properties.iso3, properties: { name: f.properties.name }, arcs: (kept.length ? kept : all.slice(0, 1)).map((rings) => rings.map(ring_arc)) };
  });
  return { type: "Topology", transform: { scale: [step, step], translate: [-180, -90] }, arcs, objects: { countries: { type: "GeometryCollection", geometries } } };
}
