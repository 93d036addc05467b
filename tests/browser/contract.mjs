// What viz/web/FORMAT.md asks of a report's data, checked without the page's own code.
import { inflateRawSync } from "node:zlib";
import { crc32 } from "./pack.mjs";

const WIDTH = { u8: 1, u16: 2, u32: 4, i16: 2, f32: 4 };
const READ = { u8: "readUInt8", u16: "readUInt16LE", u32: "readUInt32LE", i16: "readInt16LE", f32: "readFloatLE" };

function unpack(report, name, type, count, packed, problems) {
  if (typeof packed !== "string") return problems.push(`${name}: is ${packed === null ? "null" : typeof packed}, not base64`), [];
  let bytes = Buffer.from(packed, "base64");
  try {
    if (report.zip) bytes = inflateRawSync(bytes);
  } catch (e) {
    return problems.push(`${name}: ${e.message}`), [];
  }
  if (bytes.length !== count * WIDTH[type]) problems.push(`${name}: ${bytes.length} bytes, not ${count} × ${WIDTH[type]}`);
  if (crc32(bytes) !== report.crc[name]) problems.push(`${name}: CRC-32 is ${crc32(bytes)}, stated ${report.crc[name]}`);
  return Array.from({ length: Math.floor(bytes.length / WIDTH[type]) }, (_, k) => bytes[READ[type]](k * WIDTH[type]));
}

/** Everything that is not as the contract says; [] when all is well. */
export function contract_problems(r) {
  const problems = [];
  const want = (ok, text) => { if (!ok) problems.push(text); };
  const [, years] = r.years;
  const n = r.places.n;
  const slots = 7 + r.extraCauses.length;
  const codes = new Set(r.countries.map((c) => c.iso3));
  const get = (name, type, count, packed) => unpack(r, name, type, count, packed, problems);
  const interval = (v, where) => want(v === null || (v.p05 <= v.p95 && [v.mid, v.p05, v.p95].every(Number.isFinite)), `${where}: no interval: ${JSON.stringify(v)}`);
  const series = (s, where) => want(Array.isArray(s) && s.length === years && s.every((x) => x === null || Number.isFinite(x)), `${where}: not ${years} numbers`);

  const accounts = new Set(["first_transferred", "acquired", "used", "held", "goal"]);
  for (const e of r.ledger) {
    want(accounts.has(e.account), `ledger: account ${e.account}`);
    want(e.party === "" || e.account !== "first_transferred" || codes.has(e.party), `ledger: party ${e.party}`);
    want(Number.isInteger(e.year) && Number.isFinite(e.amount), `ledger ${e.account} ${e.year}: not a number`);
  }
  const moved = (account) => r.ledger.filter((e) => e.account === account).reduce((a, e) => a + e.amount, 0);
  want(moved("used") <= moved("acquired") + 1e-9, "ledger: more used than acquired");
  if (r.plan) {
    const { plan } = r;
    want(["observed", "largest", "highest_emissions", "nearest", "hubs", "equity", "list"].includes(plan.rule), `plan.rule: ${plan.rule}`);
    want(plan.budget >= 0 && plan.from < plan.to && plan.candidates >= 0, `plan: budget ${plan.budget}, ${plan.from} to ${plan.to}, ${plan.candidates} candidates`);
    want(new Set(plan.projects.map((x) => x.id)).size === plan.projects.length, "plan.projects: ids are not unique");
    plan.projects.forEach((x, k) => {
      const at = (i) => Number.isInteger(i) && i >= 0 && i < r.places.n;
      want(at(x.place) && (x.japan === null || at(x.japan)), `plan ${x.id}: names no place`);
      want(x.from < x.to && (k === 0 || plan.projects[k - 1].from <= x.from), `plan ${x.id}: ${x.from} to ${x.to}, or out of order`);
      want(x.kind === "project" ? x.phases > 0 : x.kind === "agreement" && x.phases === 0, `plan ${x.id}: ${x.kind} of ${x.phases} phases`);
      want(x.cost >= 0 && x.reason !== "" && Array.isArray(x.technologies), `plan ${x.id}: cost ${x.cost}, reason "${x.reason}"`);
    });
    for (const x of plan.rounds) want(x.cost <= plan.budget * 1000 * (1 + 1e-9) && x.limit !== "", `plan round ${x.from}: costs ${x.cost}, limit "${x.limit}"`);
  }
  for (const g of r.groups) {
    for (const [key, v] of [["first", g.first], ["last", g.last]]) interval(v, `group ${g.name} ${key}`);
    want(g.places > 0 && g.people >= 0, `group ${g.name}: places ${g.places}, people ${g.people}`);
    for (const t of g.targets) want(t.p === null ? t.reason !== "" && t.level === null : t.p >= 0 && t.p <= 1 && Number.isFinite(t.level), `group ${g.name} ${t.year}: p ${t.p}, level ${t.level}, reason "${t.reason}"`);
  }
  for (const u of r.urban) want([u.people, u.emissions].every((x) => x >= 0 && x <= 1), `urban ${u.name}: shares ${u.people}, ${u.emissions}`);
  for (const b of r.benefits) {
    interval(b.value, `benefit ${b.label}`);
    want(["partner_city", "local_company"].includes(b.to) && ["places", "Mt"].includes(b.unit) && b.value.p05 >= 0, `benefit ${b.label}: ${b.to}, ${b.unit}, ${b.value.p05}`);
    want((b.ref === null) === (r.scenario.ref === null), `benefit ${b.label}: ref ${b.ref}`);
  }
  r.goals.forEach((g, k) => { interval(g.people, `goal ${g.goal}`); want(g.goal >= 1 && g.goal <= 17 && (k === 0 || r.goals[k - 1].goal < g.goal), `goal ${g.goal}: out of order or unknown`); });
  want(r.v === 1, `v is ${r.v}`);
  want(typeof r.meta.seed === "string", "meta.seed: not text");
  want(["gain", "no_gain", "untested"].includes(r.meta.evidence.status), `meta.evidence.status: ${r.meta.evidence.status}`);
  want(!r.scenario.same || r.scenario.ref !== null, "scenario.same without a reference");
  for (const l of r.scenario.levers) want(l.places !== 0 || l.reason !== "", `lever ${l.key}: changed nothing and gives no reason`);
  for (const f of r.figures) { interval(f.value, `figure ${f.key}`); want(f.value !== null || f.reason !== "", `figure ${f.key}: no value and no reason`); }

  for (const key of ["id", "name"]) want(r.places[key].length === n, `places.${key}: ${r.places[key].length}, not ${n}`);
  want(new Set(r.places.id).size === n, "places.id: not unique");
  want([0, n].includes(r.places.local.length), "places.local: neither empty nor one a place");
  const p = {};
  for (const [key, type] of [["admin1Of", "u16"], ["country", "u8"], ["kind", "u8"], ["lon", "f32"], ["lat", "f32"], ["pop", "u32"], ["escale", "f32"], ["ascale", "f32"]]) p[key] = get(`places.${key}`, type, n, r.places[key]);
  want(p.country.every((c) => c < r.countries.length), "places.country: names no country");
  want(p.admin1Of.every((a) => a === 65535 || a < r.places.admin1.length), "places.admin1Of: names no unit");
  want(p.lon.every((x) => x >= -180 && x <= 180) && p.lat.every((x) => x >= -90 && x <= 90), "places.lon, lat: not on the earth");
  want([...p.escale, ...p.ascale].every((x) => x > 0 && Number.isFinite(x)), "places.escale, ascale: must be positive");

  const alone = r.scenario.ref === null;
  const c = {};
  for (const [key, type] of [["commit", "u8"], ["commitRef", "u8"], ["e50", "u16"], ["e05", "u16"], ["e95", "u16"], ["ref50", "u16"], ["ab", "i16"], ["ab05", "i16"], ["ab95", "i16"]]) {
    if (key.includes("ef") && alone) want(r.cells[key] === null, `cells.${key}: not null without a reference`);
    else c[key] = get(`cells.${key}`, type, n * years, r.cells[key]);
  }
  want(c.commit.every((x) => x <= 200 || x === 255), "cells.commit: over 200");
  for (let k = 0, fell = false; k < c.commit.length && !fell; k++) {
    fell = k % years !== 0 && c.commit[k] !== 255 && c.commit[k - 1] !== 255 && c.commit[k] < c.commit[k - 1];
    want(!fell, `cells.commit: falls at place ${Math.floor(k / years)}; commitment is progressive`);
  }
  want(c.e50.every((x, k) => x === 65535 || (c.e05[k] <= x && x <= c.e95[k])), "cells: e05 ≤ e50 ≤ e95 broken");
  want(c.ab.every((x, k) => x === -32768 || (c.ab05[k] <= x && x <= c.ab95[k])), "cells: ab05 ≤ ab ≤ ab95 broken");
  const reached = get("stages.p", "u8", n * 5 * years, r.stages.p);
  want(reached.every((x) => x <= 200 || x === 255), "stages.p: over 200");
  const first = get("stages.year", "u8", n * 5 * 3, r.stages.year);
  want(first.every((x) => x < years || x === 255), "stages.year: after the run");
  for (let k = 0; k < first.length; k += 3) if (!(first[k + 1] <= first[k] && first[k] <= first[k + 2])) { problems.push(`stages.year: p05 ≤ median ≤ p95 broken at ${k / 3}`); break; }
  if (alone) want(r.stages.sooner === null, "stages.sooner: not null without a reference");
  else get("stages.sooner", "i16", n * 3, r.stages.sooner);
  const causes = get("causes", "u8", n * slots, r.causes);
  for (let i = 0; i < n; i++) {
    const row = causes.slice(i * slots, (i + 1) * slots);
    const sum = row.reduce((a, b) => a + b, 0);
    const none = row.every((x) => x === 255);
    if (!none && Math.abs(sum - 200) > slots) { problems.push(`causes: place ${i} adds up to ${sum}, not 200`); break; }
  }
  const e = {};
  for (const [key, type] of [["place", "u16"], ["source", "u16"], ["year", "u8"], ["cause", "u8"], ["share", "u8"]]) e[key] = get(`events.${key}`, type, r.events.count, r.events[key]);
  want(e.place.every((x) => x < n) && e.source.every((x) => x < n || x === 65535), "events: name no place");
  want(e.year.every((x) => x < years) && e.cause.every((x) => x < slots), "events: year or cause out of range");
  want(e.share.every((x, k) => x <= 200 && (k === 0 || e.share[k - 1] >= x)), "events.share: over 200 or not sorted");

  for (const l of r.links) for (const end of [l.a, l.b]) want(typeof end === "object" ? Number.isFinite(end.lon) && Number.isFinite(end.lat) : Number.isInteger(end) && end >= 0 && end < n, `link: end ${JSON.stringify(end)}`);
  for (const t of r.targets) {
    const where = `target ${t.iso3} ${t.year}`;
    want(codes.has(t.iso3), `${where}: not a country of the scenario`);
    want(["unconditional", "conditional", "combined"].includes(t.cond), `${where}: cond ${t.cond}`);
    want(t.status === "assessed" ? t.p !== null && t.p >= 0 && t.p <= 1 : t.p === null && t.reason !== "", `${where}: ${t.status} with p ${t.p} and reason "${t.reason}"`);
    want((t.low === null) === (t.high === null) && (t.low === null || t.low <= t.high), `${where}: low ${t.low}, high ${t.high}`);
  }
  for (const [iso3, path] of Object.entries(r.paths)) {
    want(codes.has(iso3), `path ${iso3}: not a country of the scenario`);
    for (const q of ["p05", "p25", "p50", "p75", "p95"]) series(path.q[q], `path ${iso3} ${q}`);
    want(alone ? path.ref === null && path.diff === null : path.ref !== null && path.diff !== null, `path ${iso3}: ref and diff ${alone ? "without" : "missing with"} a reference`);
    if (path.diff) for (const q of ["mid", "p05", "p95"]) series(path.diff[q], `path ${iso3} diff ${q}`);
    want(path.hist.every(([y, v], k) => Number.isInteger(y) && Number.isFinite(v) && (k === 0 || path.hist[k - 1][0] < y)), `path ${iso3}: hist`);
  }
  if (r.domino) {
    want(r.domino.byYear.length === years && r.domino.byYear.every((row) => row.length === slots && row.every((x) => x >= 0)), "domino.byYear: shape");
    interval(r.domino.passedOn, "domino.passedOn");
    interval(r.domino.share, "domino.share");
    want(r.domino.share !== null || r.domino.reason !== "", "domino.share: not stated and no reason");
    for (const ch of r.domino.chains) want(ch.places.length > 1 && ch.years.length === ch.places.length && ch.causes.length === ch.places.length - 1 && ch.shares.length === ch.causes.length, "domino.chains: shape");
  }
  for (const x of r.past) want([x.observed, x.mean, x.p05, x.p95].every(Number.isFinite) && x.p05 <= x.p95, `past ${x.quantity} ${x.iso3} ${x.year}: ${JSON.stringify(x)}`);
  for (const x of r.inputs) want(["measured", "sourced", "guessed"].includes(x.kind) && x.source !== "", `input ${x.name}: kind ${x.kind}, source "${x.source}"`);
  return problems;
}
