/** Reads the report and puts the page together. The only file that knows all views. */
import { Atlas, open_atlas } from "./atlas";
import { h } from "./dom";
import { chance_sentence, where_heading } from "./sentences";
import type { Source } from "./source";
import { InlineSource } from "./source";
import { Store, read_hash, write_hash } from "./state";
import type { Choice, ChoiceStore, HashLimits } from "./state";
import { benefits } from "./views/benefits";
import { damaged, loading } from "./views/boxes";
import { most_changed } from "./views/changed";
import { credits } from "./views/credits";
import { domino } from "./views/domino";
import { evidence } from "./views/evidence";
import { ledger } from "./views/ledger";
import { invented_band, masthead, opening } from "./views/opening";
import type { Anchor } from "./views/opening";
import { past } from "./views/past";
import { plan } from "./views/plan";
import { scenario } from "./views/scenario";
import { targets } from "./views/targets";
import { commitment_count, where } from "./views/where";
import type { Where } from "./views/where";

const NAMES: Record<string, string> = { map: "Map", targets: "Targets", domino: "Domino", strategy: "Strategy", ledger: "Crediting", benefits: "Benefits", past: "Past", evidence: "Evidence", credits: "Credits" };

function first_choice(atlas: Atlas): Choice {
  const year = 2030 >= atlas.first_year && 2030 <= atlas.last_year ? 2030 : atlas.last_year;
  // On a map of the world a card would hide a continent before anybody has asked for it.
  const opens_card = atlas.has_reference && atlas.stages.ok && atlas.cells.ok && atlas.report.map?.projection !== "equal_earth";
  const place = opens_card ? (most_changed(atlas)[0]?.i ?? null) : null;
  return { year, place, variable: "commitment", view: "scenario", agreements: true, rest: false };
}

/** A section that fails must not take the others with it. */
function guard<T>(id: string, make: () => T): T | HTMLElement {
  try {
    return make();
  } catch (e) {
    console.warn(`section ${id}:`, e);
    return h("section", { id }, h("h2", {}, `${NAMES[id] ?? "This section"} cannot be shown`), damaged("Its data are not whole.", "The other sections are intact."));
  }
}

function listen(atlas: Atlas, store: ChoiceStore): HTMLElement {
  const limits: HashLimits = {
    first_year: atlas.first_year, last_year: atlas.last_year, has_reference: atlas.has_reference, find_place: (id) => atlas.index_of_id(id),
  };
  const apply = (): void => store.set(read_hash(location.hash, limits));
  apply();
  addEventListener("hashchange", apply);
  const live = h("div", { class: "aside", "aria-live": "polite", id: "live" });
  store.on_change((now, before) => {
    history.replaceState(null, "", write_hash(now, (i) => atlas.report.places.id[i] ?? ""));
    if (now.year === before.year && now.place === before.place) return;
    const parts = [`${where_heading(now.year, commitment_count(atlas, now.year))}.`];
    if (now.place !== null) parts.push(`${atlas.place_name(now.place)}: ${chance_sentence(atlas.commitment(now.place, now.year), atlas.report.meta.runs)}.`);
    live.textContent = parts.join(" ");
  });
  addEventListener("keydown", (e) => {
    if (e.key === "Escape" && !(e.target instanceof HTMLInputElement)) store.set({ place: null });
  });
  return live;
}

function show(atlas: Atlas, app: HTMLElement): void {
  const store = new Store(first_choice(atlas));
  const live = listen(atlas, store);
  const map = guard("map", (): Where | null => where(atlas, store));
  const map_element = map instanceof HTMLElement ? map : (map?.element ?? null);
  const highlight = map instanceof HTMLElement || !map ? () => undefined : map.highlight;
  const sections = [
    guard("scenario", () => scenario(atlas)),
    map_element,
    guard("targets", () => targets(atlas)),
    guard("domino", () => domino(atlas, (cause) => highlight(cause))),
    guard("strategy", () => plan(atlas, store)),
    guard("ledger", () => ledger(atlas)),
    guard("benefits", () => benefits(atlas)),
    guard("past", () => past(atlas)),
    guard("evidence", () => evidence(atlas)),
  ].filter((e): e is HTMLElement => e !== null);
  const anchors: Anchor[] = sections.filter((e) => NAMES[e.id]).map((e) => ({ id: e.id, name: NAMES[e.id]! }));
  anchors.push({ id: "credits", name: "Credits" });
  const changed = map_element?.querySelector("#changed") ? [{ id: "changed", name: "Changed places" }] : [];
  const band = invented_band(atlas);
  app.replaceChildren(
    h("a", { class: "skip", href: "#figures" }, "Skip to the results"),
    ...(band ? [band] : []),
    h("div", { class: "page" },
      masthead(atlas, anchors),
      h("main", {}, guard("top", () => opening(atlas, [...anchors, ...changed])), ...sections),
      guard("credits", () => credits(atlas)),
      live));
  document.getElementById("fallback")?.classList.add("hidden");
}

async function start(source: Source): Promise<void> {
  const app = document.getElementById("app");
  if (!app) return;
  const fallback = document.getElementById("fallback");
  try {
    const report = await source.load((p) => {
      fallback?.classList.add("dimmed");
      app.replaceChildren(h("div", { class: "page" }, loading(p)));
    });
    show(await open_atlas(report), app);
  } catch (e) {
    console.warn(e);
    fallback?.classList.remove("dimmed");
    const why = e instanceof Error ? e.message : String(e);
    app.replaceChildren(h("div", { class: "page", style: "padding-top:24px" }, damaged(why, "What follows was written without them and is intact.")));
  }
  document.documentElement.dataset.ready = "true";
}

void start(new InlineSource("data"));
