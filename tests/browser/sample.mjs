// Writes a report page with INVENTED results, for tests of the page only: places and borders are real,
// every simulated figure is made up by a fixed formula. Usage: node sample.mjs [FILE] [--no-reference]
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Packer } from "./pack.mjs";
import { country_names, COUNTRIES, read_land, read_places } from "./sample_world.mjs";

const web = join(dirname(fileURLToPath(import.meta.url)), "../../viz/web");
const [FIRST, YEARS] = [2020, 21];
const RUNS = 1000;

/** mulberry32: small, seeded, the same everywhere. */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const logistic = (x) => 1 / (1 + Math.exp(-x));
const clamp = (x, low, high) => Math.min(high, Math.max(low, x));
const T_PER_HEAD = { JPN: 5.5, IDN: 2, VNM: 2.6, THA: 3.2, PHL: 1.3, KHM: 1.1, IND: 1.8, PLW: 9, MNG: 6, BGD: 0.8, MMR: 0.9, LAO: 2, MDV: 3.5, LKA: 1.1, MYS: 6, PNG: 0.8 };

const PAIRS = [["Osaka", "Quezon City"], ["Osaka", "Ho Chi Minh City"], ["Kitakyushu", "Surabaya"], ["Kitakyushu", "Haiphong"], ["Yokohama", "Bangkok"], ["Yokohama", "Da Nang"],
  ["Sapporo", "Ulan Bator"], ["Kawasaki", "Bandung"], ["Tokyo", "Kuala Lumpur"], ["Tokyo", "Delhi"], ["Osaka", "Phnom Penh"], ["Toyama", "Denpasar"], ["Fukuoka", "Yangon"], ["Kobe", "Can Tho"],
  ["Nagoya", "Hanoi"], ["Sendai", "Vientiane"], ["Hiroshima", "Semarang"], ["Tokyo", "Jakarta"], ["Osaka", "Davao"], ["Kyoto", "Chiang Mai"], ["Yokohama", "Dhaka"], ["Tokyo", "Colombo"], ["Fukuoka", "Medan"], ["Kawasaki", "Bengaluru"]];

function links_for(places, reference) {
  const of = (name) => places.findIndex((p) => p.name === name);
  const links = PAIRS.map(([a, b], k) => ({ a: of(a), b: of(b), from: 2019 + (k % 9) + (k % 4) / 4, to: k % 7 === 3 ? 2036.25 : null, layer: "collaboration", added: reference && k % 3 === 1 && k > 3 }))
    .filter((l) => l.a >= 0 && l.b >= 0)
    .map((l) => (l.added ? { ...l, from: Math.max(l.from, 2026) } : l));
  links.push({ a: of("Toyama"), b: { name: "Renca, Chile", lon: -70.73, lat: -33.4 }, from: 2021.25, to: null, layer: "collaboration", added: false });
  return links.filter((l) => l.a >= 0).sort((x, y) => (x.from ?? 0) - (y.from ?? 0));
}

/** Curves of one place: chance of commitment, emissions, abatement. */
function place_curves(p, rand, linked, reference) {
  const japan = p.iso3 === "JPN";
  const centre = (japan ? 3 : 16) + rand() * 14 - (linked ? 7 : 0);
  const lead = reference ? (linked ? 2 + rand() * 1.5 : rand() < 0.3 ? rand() * 0.9 : 0) : 0;
  const e0 = p.population * T_PER_HEAD[p.iso3] * (0.5 + rand() * 0.7);
  const growth = japan ? -0.012 : 0.022;
  const years = Array.from({ length: YEARS }, (_, y) => {
    const c = logistic((y - centre + lead) / 2.4), cRef = logistic((y - centre) / 2.4);
    const spread = 0.02 + 0.016 * y;
    const base = e0 * (1 + growth) ** y;
    const ab = y < 6 ? 0 : base * 0.05 * Math.max(0, c - cRef) * (y - 5) * 0.5;
    return { c, cRef, ref: base * (1 - 0.2 * cRef), e: base * (1 - 0.2 * cRef) - ab, spread, ab };
  });
  return { years, lead, centre: centre - lead };
}

function national(iso3, people, added, reference) {
  const e0 = (people * T_PER_HEAD[iso3]) / 1e6;
  const growth = iso3 === "JPN" ? -0.03 : 0.025;
  const hist = Array.from({ length: 13 }, (_, k) => [2010 + k, e0 * (1 + growth * 0.7) ** (k - 10) * (1 + 0.04 * Math.sin(k * 1.7))]);
  const mid = Array.from({ length: YEARS }, (_, y) => e0 * (1 + growth) ** y);
  const band = (f) => mid.map((m, y) => (y < 3 ? hist[10 + y][1] : m * (1 + (f * (y - 2)) / 60)));
  const diff = (f) => mid.map((m, y) => (y < 6 ? 0 : (-m * 0.0006 * (y - 5) * f * added) / 15));
  return {
    acct: iso3 === "JPN" ? "path gross, targets count removals" : iso3 === "IDN" ? "with land use" : "without land use", fiscal: iso3 === "JPN", hist,
    q: { p05: band(-1), p25: band(-0.4), p50: band(0), p75: band(0.4), p95: band(1) },
    ref: reference ? mid.map((m, y) => (y < 3 ? hist[10 + y][1] : m - diff(1)[y])) : null,
    diff: reference ? { mid: diff(1), p05: diff(2), p95: diff(iso3 === "JPN" ? -0.2 : 0.1) } : null,
  };
}

function target(iso3, year, label, level, p, more = {}) {
  return { iso3, year, yearFrom: null, type: "base_year", cond: "unconditional", label, fiscal: iso3 === "JPN", low: level, high: level, moves: false, points: [], status: "assessed", reason: "",
    acct: "without land use", rebase: 1.013, p, pRef: clamp(p - 0.002, 0, 1), ...more };
}

function targets(paths, reference) {
  const at = (iso3, year) => paths[iso3].q.p50[year - FIRST];
  const list = [
    target("JPN", 2030, "−46% on FY2013", at("JPN", 2030) * 0.82, 0.12), target("JPN", 2035, "−60% on FY2013", at("JPN", 2035) * 0.72, 0.061), target("JPN", 2040, "−73% on FY2013", at("JPN", 2040) * 0.6, 0.02),
    target("VNM", 2030, "−15.8% on BAU", at("VNM", 2030) * 1.2, 0.999, { type: "bau" }), target("VNM", 2030, "−43.5% on BAU", at("VNM", 2030) * 0.87, 0.16, { type: "bau", cond: "conditional" }),
    target("IDN", 2030, "−31.9% on BAU", at("IDN", 2030) * 1.18, 0.96, { type: "bau" }), target("IDN", 2035, "1,300–1,400 Mt path", at("IDN", 2035) * 0.78, 0.07, { cond: "conditional", high: at("IDN", 2035) * 0.88, type: "fixed_level" }),
    target("THA", 2030, "−30% on BAU", at("THA", 2030) * 1.01, 0.53, { type: "bau" }), target("PHL", 2030, "−2.7% of BAU", null, 0.41, { type: "budget", yearFrom: 2020 }),
    target("IND", 2030, "−45% CO₂e per GDP on 2005", at("IND", 2030) * 1.1, 0.999, { type: "intensity", moves: true, high: at("IND", 2030) * 1.25 }),
    target("KHM", 2030, "−41.7% on BAU", at("KHM", 2030) * 1.1, 0.78, { type: "bau", cond: "conditional" }), target("MNG", 2030, "trajectory", null, 0.35, { type: "trajectory", yearFrom: 2025, points: [[2025, at("MNG", 2025)], [2030, at("MNG", 2030) * 0.85]] }),
    target("PLW", 2035, "filed, no number", null, null, { status: "not_assessable", reason: "Reference level missing", p: null, pRef: null, rebase: null }),
  ];
  return reference ? list : list.map((t) => ({ ...t, pRef: null }));
}

/** Invented credits: two hosts sell half a million tonnes each and year, Japan uses them at once. */
function ledger_entries() {
  const entries = [];
  for (let year = 2021; year <= 2040; year++) {
    for (const party of ["IDN", "VNM"]) entries.push({ year, party, account: "first_transferred", amount: 0.5 });
    entries.push({ year, party: "JPN", account: "acquired", amount: 1 }, { year, party: "JPN", account: "used", amount: 1 });
  }
  return [...entries, { year: 2040, party: "JPN", account: "goal", amount: 200 }];
}

/** Invented: three places a year for two rounds, and an agreement. */
function plan_for(places) {
  const of = (name) => places.findIndex((p) => p.name === name);
  const project = (name, japan, from, k) => ({ id: `strategy-${places[of(name)].place_id}-${from}`, kind: "project", place: of(name), japan: of(japan), from: from + 0.25, to: from + 6.25, phases: 2, cost: 20, technologies: k === 1 ? ["solar_pv_commercial"] : [], reason: `${k + 1} of 90 candidates: ${9 - k}000000 people` });
  const projects = [["Dhaka", "Osaka"], ["Jakarta", "Kawasaki"], ["Hanoi", "Nagoya"]].map(([a, b], k) => project(a, b, 2026, k));
  projects.push({ ...projects[0], id: "strategy-agreement-1", kind: "agreement", to: 2036.25, phases: 0, cost: 0.5, technologies: [] });
  projects.push(...[["Bangkok", "Yokohama"], ["Surabaya", "Kitakyushu"]].map(([a, b], k) => project(a, b, 2032, k + 3)));
  return { rule: "largest", budget: 0.07, from: 2026.25, to: 2036.25, candidates: 90, projects,
    rounds: [{ from: 2026.25, begins: 3, projects: 3, agreements: 1, cost: 60.5, limit: "the budget does not bear one more of 20 MJPY/yr" }, { from: 2032.25, begins: 2, projects: 2, agreements: 1, cost: 40.5, limit: "no candidate is left" }] };
}

/** Invented: one group with two implied targets, urban shares, three benefits and two goals. */
function beyond_the_nation(reference) {
  const of = (mid, p05 = mid, p95 = mid) => ({ mid, p05, p95 });
  const target = (year, label, p) => ({ year, label, level: 240, p, pRef: reference ? p - 0.01 : null, reason: "" });
  return {
    groups: [{ name: "Race to Zero members", places: 212, people: 96.4, first: of(480, 470, 490), last: of(350, 300, 410), targets: [target(2030, "halve emissions by 2030", 0.03), { ...target(2050, "net zero by 2050", null), level: null, pRef: null, reason: "the run does not reach 2050" }] }],
    urban: [{ name: "All countries", cities: 3000, people: 0.48, emissions: 0.55 }, { name: "Japan", cities: 700, people: 0.8, emissions: 0.75 }],
    benefits: [
      { to: "partner_city", label: "Staff Capacity", unit: "places", value: of(41, 20, 66), ref: reference ? 30 : null },
      { to: "partner_city", label: "Networks", unit: "places", value: of(83), ref: reference ? 52 : null },
      { to: "local_company", label: "Leading Technologies", unit: "Mt", value: of(2.4, 1.9, 3.1), ref: reference ? 1.6 : null },
    ],
    goals: [{ goal: 7, people: of(210, 120, 330) }, { goal: 11, people: of(96, 40, 170) }],
  };
}

function domino_part(places, rand) {
  const of = (name) => places.findIndex((p) => p.name === name);
  const byYear = Array.from({ length: YEARS }, (_, y) => {
    const swell = 16 + 26 * Math.exp(-(((y - 12) / 6) ** 2));
    return [0.54, y === 1 ? 0.6 : 0.1, 0.1 + y * 0.002, 0.01 + Math.min(y, 12) * 0.008, 0.02 + y * 0.003, 0.01 + y * 0.005, 0.01 + y * 0.003].map((s) => s * swell * (0.9 + rand() * 0.2));
  });
  const normal = () => Math.sqrt(-2 * Math.log(1 - rand())) * Math.cos(2 * Math.PI * rand());
  const draws = Array.from({ length: RUNS }, () => Number((9 + 9 * normal()).toFixed(3)));
  const chains = [["Osaka", "Quezon City", "Caloocan City", "Manila"], ["Kitakyushu", "Surabaya", "Malang", "Denpasar"], ["Yokohama", "Bangkok", "Pak Kret"], ["Osaka", "Ho Chi Minh City", "Bien Hoa", "Can Tho"]]
    .map((names, k) => {
      const list = names.map(of).filter((i) => i >= 0);
      return { places: list, years: list.map((_, j) => 2021 + j * 3 + k), causes: list.slice(1).map((_, j) => [3, 5, 4][j]), shares: list.slice(1).map((_, j) => 0.25 / (j + 1)), avoided: { mid: 3.1 - k * 0.6, p05: 0.2, p95: 8 - k } };
    });
  return { byYear, passedOn: { mid: 0.26, p05: 0.04, p95: 0.51 }, draws, from: 2026, to: 2040, share: { mid: 0.22, p05: -0.09, p95: 0.48 }, of: "tonnes", reason: "", chains };
}

function pick_events(places, links, rand) {
  const rows = [];
  for (let i = 0; i < places.length; i++) {
    const partner = links.find((l) => l.b === i);
    if (partner && typeof partner.a === "number") rows.push({ place: i, source: partner.a, year: 6 + Math.floor(rand() * 8), cause: 3, share: 40 + Math.floor(rand() * 40) });
    for (let k = 0; k < 3; k++) {
      const near = clamp(i + 1 + Math.floor(rand() * 20), 0, places.length - 1);
      if (near !== i) rows.push({ place: i, source: near, year: Math.floor(rand() * YEARS), cause: 4 + k, share: 1 + Math.floor(rand() * 24) });
    }
  }
  return rows.sort((a, b) => b.share - a.share || a.place - b.place || a.source - b.source);
}

export function make_report({ reference = true, cities = 3200 } = {}) {
  const rand = random(20251122);
  const { places, admin1 } = read_places(cities);
  const countries = country_names();
  const links = links_for(places, reference);
  const linked = new Set(links.map((l) => l.b).filter((b) => typeof b === "number"));
  const n = places.length;
  const packer = new Packer(true);
  const curves = places.map((p, i) => place_curves({ ...p, population: Number(p.population) }, rand, linked.has(i), reference));
  const cells = { commit: [], commitRef: [], e50: [], e05: [], e95: [], ref50: [], ab: [], ab05: [], ab95: [] };
  const [escale, ascale, p, year, sooner, causes] = [[], [], [], [], [], []];
  for (const { years, lead, centre } of curves) {
    const es = Math.max(...years.map((y) => Math.max(y.e * (1 + y.spread), y.ref))) / 65534 || 1e-30;
    const as = Math.max(...years.map((y) => y.ab * 2)) / 32767 || 1e-30;
    escale.push(es);
    ascale.push(as);
    for (const y of years) {
      cells.commit.push(Math.round(y.c * 200));
      cells.commitRef.push(Math.round(y.cRef * 200));
      for (const [key, v] of [["e50", y.e], ["e05", y.e * (1 - y.spread)], ["e95", y.e * (1 + y.spread)], ["ref50", y.ref]]) cells[key].push(clamp(Math.floor(v / es), 0, 65534));
      for (const [key, f] of [["ab", 1], ["ab05", -0.1], ["ab95", 1.9]]) cells[key].push(Math.round((y.ab * f) / as));
    }
    const shifts = [-3, 0, 2, 5, 9];
    for (const shift of shifts) for (const [k] of years.entries()) p.push(Math.round(200 * logistic((k - centre - shift) / 2.4)));
    for (const shift of shifts) for (const d of [0, -3, 4]) { const at = Math.round(centre + shift + d); year.push(at >= YEARS ? 255 : Math.max(0, at)); }
    sooner.push(Math.round(lead * 10), Math.round(lead * -1), Math.round(lead * 22));
    const w = [0.5, 0.08, 0.1, lead > 1.5 ? 0.4 : 0.02, 0.05 + rand() * 0.1, 0.05 + rand() * 0.1, 0.05].map((x) => x * (0.6 + rand() * 0.8));
    const sum = w.reduce((a, b) => a + b);
    causes.push(...w.map((x) => Math.round((200 * x) / sum)));
  }
  const people = Object.fromEntries(COUNTRIES.map((c) => [c, places.filter((q) => q.iso3 === c).reduce((sum, q) => sum + Number(q.population), 0)]));
  const count = Object.fromEntries(COUNTRIES.map((c) => [c, links.filter((l) => typeof l.b === "number" && places[l.b].iso3 === c).length]));
  const paths = Object.fromEntries(COUNTRIES.map((c) => [c, national(c, people[c], count[c] + 0.5, reference)]));
  const unit_of = new Map(admin1.map((a, k) => [a.admin1_id, k]));
  const events = pick_events(places, links, rand);
  const pack = (name, type, values) => packer.pack(name, type, values);
  const optional = (name, type, values) => (reference ? pack(name, type, values) : null);
  return {
    v: 1,
    meta: { title: "Sample report (invented)", finding: "", evidence: { status: "no_gain", score: { mid: -0.01, p05: -0.05, p95: 0.03 }, note: "" }, runs: RUNS, seed: "20251122", gwp: "AR5, 100 years", version: "0.0.0 (sample)",
      scenarioFile: "twice-the-pairs.toml, extends today.toml", command: "domino run twice-the-pairs.toml --members 1000", hashes: { run: "7f3a9c01e2b47f3a9c01e2b47f3a9c01e2b47f3a9c01e2b47f3a9c01e2b4aa00" }, invented: true },
    scenario: { name: "Twice the pairs", ref: reference ? "Programmes as they run today" : null, same: false, levers: reference ? [
      { key: "programmes.c3p.agreements_per_year", label: "New agreements a year", from: "6", to: "12, from 2026", places: 1106, since: 2026, reason: "" },
      { key: "programmes.c3p.phases", label: "Phases a project may run", from: "1", to: "up to 2", places: 214, since: 2029, reason: "" },
      { key: "programmes.jcm.share", label: "Subsidy share, JCM model projects", from: "40%", to: "50%, from 2028", places: 88, since: 2029, reason: "" },
      { key: "programmes.jcm.budget", label: "Programme budget", from: "JPY 5.2 bn a year", to: "JPY 9.3 bn a year", places: 61, since: 2026, reason: "Spent in full every year to 2033" },
      { key: "contact.visits", label: "Expert visits per agreement", from: "4 a year", to: "6 a year", places: 0, since: null, reason: "capacity is already above one half wherever it applies" },
    ] : [] },
    years: [FIRST, YEARS], countries,
    figures: reference ? [
      { key: "avoided", from: 2026, to: 2040, value: { mid: 41, p05: 12, p95: 83 }, of: null, reason: "" }, { key: "passed_on", from: 2026, to: 2040, value: { mid: 9, p05: -3, p95: 27 }, of: null, reason: "" },
      { key: "sooner", from: 2026, to: 2040, value: { mid: 312, p05: 140, p95: 520 }, of: 1114, reason: "" }, { key: "cost_per_t", from: 2026, to: 2040, value: { mid: 3400, p05: 1700, p95: 11600 }, of: null, reason: "" },
    ] : [
      { key: "emissions", from: 2040, to: 2040, value: { mid: 5210, p05: 4400, p95: 6100 }, of: null, reason: "" }, { key: "committed", from: 2040, to: 2040, value: { mid: 2100, p05: 1800, p95: 2300 }, of: cities, reason: "" },
      { key: "targets_met", from: 2020, to: 2040, value: { mid: 5, p05: 3, p95: 7 }, of: 12, reason: "" }, { key: "spent", from: 2020, to: 2040, value: null, of: null, reason: "no programme spends in this scenario" },
    ],
    zip: true,
    places: { n, id: places.map((q) => q.place_id), name: places.map((q) => q.name), local: places.map((q) => q.name_local ?? ""), admin1: admin1.map((a) => a.name_en || a.name),
      admin1Of: pack("places.admin1Of", "u16", places.map((q) => unit_of.get(q.admin1_id) ?? 65535)), country: pack("places.country", "u8", places.map((q) => COUNTRIES.indexOf(q.iso3))),
      kind: pack("places.kind", "u8", places.map((q) => (q.rest ? 1 : 0))), lon: pack("places.lon", "f32", places.map((q) => Number(q.lon))), lat: pack("places.lat", "f32", places.map((q) => Number(q.lat))),
      pop: pack("places.pop", "u32", places.map((q) => Number(q.population))), escale: pack("places.escale", "f32", escale), ascale: pack("places.ascale", "f32", ascale) },
    cells: { commit: pack("cells.commit", "u8", cells.commit), commitRef: optional("cells.commitRef", "u8", cells.commitRef), e50: pack("cells.e50", "u16", cells.e50), e05: pack("cells.e05", "u16", cells.e05),
      e95: pack("cells.e95", "u16", cells.e95), ref50: optional("cells.ref50", "u16", cells.ref50), ab: pack("cells.ab", "i16", cells.ab), ab05: pack("cells.ab05", "i16", cells.ab05), ab95: pack("cells.ab95", "i16", cells.ab95), abBasis: reference ? "reference" : "bau" },
    stages: { p: pack("stages.p", "u8", p), year: pack("stages.year", "u8", year), sooner: optional("stages.sooner", "i16", sooner) },
    causes: pack("causes", "u8", causes), extraCauses: [], links,
    events: { count: events.length, total: 512408, leftOutBelow: 0, ...Object.fromEntries([["place", "u16"], ["source", "u16"], ["year", "u8"], ["cause", "u8"], ["share", "u8"]].map(([k, t]) => [k, pack(`events.${k}`, t, events.map((e) => e[k]))])) },
    targets: targets(paths, reference), paths, domino: domino_part(places, rand), strategies: [], plan: plan_for(places), ledger: reference ? ledger_entries() : [], ...beyond_the_nation(reference),
    inputs: [
      { kind: "guessed", name: "Influence of an agreement on commitment", value: "0 to 2.5 times own propensity", source: "Prior includes zero; 291 declarations show no clear effect", low: 14, high: 76 },
      { kind: "guessed", name: "Common trend in commitments after 2025", value: "−3% to +6% a year", source: "No forecast exists; range from 2019–2024", low: 19, high: 67 },
      { kind: "sourced", name: "Adoption boost while supported", value: "about 2 times, ends with support", source: "Solarize campaigns; other country, other technology", low: 25, high: 60 },
      { kind: "measured", name: "Emissions growth without action", value: "by country", source: "Inventories and output 2000–2022", low: 30, high: 53 },
      { kind: "sourced", name: "Subsidy share", value: "at most 50%", source: "JCM model project rules", low: null, high: null },
      { kind: "measured", name: "Place populations", value: "3,500 places", source: "GeoNames; flagged against the population grid", low: null, high: null },
    ],
    past: [
      { iso3: "JPN", quantity: "Emissions", unit: "Mt CO₂e", year: 2022, observed: 1085, mean: 1098, p05: 1060, p95: 1140, source: "National inventory" },
      { iso3: "IDN", quantity: "Emissions", unit: "Mt CO₂e", year: 2022, observed: 1340, mean: 1210, p05: 1150, p95: 1270, source: "EDGAR v7" },
      { iso3: "JPN", quantity: "Declarations", unit: "places", year: 2023, observed: 1013, mean: 980, p05: 900, p95: 1060, source: "Ministry of the Environment" },
      { iso3: "", quantity: "Electric cars in use", unit: "thousand", year: 2023, observed: 560, mean: 590, p05: 430, p95: 760, source: "IEA" },
    ],
    land: read_land(), map: { projection: "laea", centre: [110, 17], fit: [[69, 20], [80, 36], [145, 45], [147, -6], [105, -9], [72, 0], [134.5, 7]] },
    credits: [{ what: "Places", source: "GeoNames", licence: "CC BY 4.0" }, { what: "Boundaries", source: "Natural Earth", licence: "public domain" }, { what: "Results", source: "Invented for tests", licence: "" }],
    crc: packer.crc,
  };
}

const FALLBACK = `<h1>Twice the pairs would avoid about 41 million tonnes of CO₂e by 2040; <span class="soft">nine runs in ten fall between 12 and 83.</span></h1>
<p class="lead">Invented numbers: a sample for tests of the page.</p>
<section><h2>Key figures</h2><table><thead><tr><th scope="col">Figure</th><th scope="col" class="num">Value</th></tr></thead><tbody><tr><td>Avoided 2026–2040, Mt CO₂e</td><td class="num">41 (12 to 83)</td></tr></tbody></table></section>`;

/** Fills the template as the program does: each slot once, by position. */
export function fill_template(json, fallback = FALLBACK) {
  let page = readFileSync(join(web, "template.html"), "utf8");
  const slots = { "<!--DOMINO:DESCRIPTION-->": "A sample report with invented numbers.", "<!--DOMINO:TITLE-->": "Sample report (invented)", "/*DOMINO:CSS*/": readFileSync(join(web, "dist/report.css"), "utf8"),
    "<!--DOMINO:FALLBACK-->": fallback, "<!--DOMINO:DATA-->": json.replace(/</g, "\\u003c"), "/*DOMINO:JS*/": readFileSync(join(web, "dist/report.js"), "utf8") };
  for (const [slot, text] of Object.entries(slots)) {
    const parts = page.split(slot);
    if (parts.length !== 2) throw new Error(`template.html: ${slot} stands ${parts.length - 1} times, not once`);
    page = parts.join(text);
  }
  return page;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = process.argv.slice(2).find((a) => !a.startsWith("--")) ?? "report.html";
  const page = fill_template(JSON.stringify(make_report({ reference: !process.argv.includes("--no-reference") })));
  writeFileSync(file, page);
  console.log(`${file}: ${(page.length / 1e6).toFixed(2)} MB, invented numbers`);
}
