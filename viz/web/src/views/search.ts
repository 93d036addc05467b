/** Finding a place by name, in any script the report has, by keyboard alone. */
import type { Atlas } from "../atlas";
import { h } from "../dom";

const MOST_HITS = 8;

/** Lower case, without diacritics. */
export const fold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export interface Entry {
  i: number;
  keys: string[];
  weight: number;
}

/** Names that begin with the query come first, then those that hold it; larger places first. */
export function find(entries: readonly Entry[], query: string, most: number): number[] {
  const q = fold(query.trim());
  if (q === "") return [];
  const rank = (e: Entry): number => (e.keys.some((k) => k.startsWith(q)) ? 0 : e.keys.some((k) => k.includes(q)) ? 1 : 2);
  return entries
    .map((e) => ({ e, r: rank(e) }))
    .filter((x) => x.r < 2)
    .sort((a, b) => a.r - b.r || b.e.weight - a.e.weight || a.e.i - b.e.i)
    .slice(0, most)
    .map((x) => x.e.i);
}

export function entries_of(atlas: Atlas): Entry[] {
  const { name, local } = atlas.report.places;
  const pop = atlas.places.ok ? atlas.places.data.pop : null;
  return name.map((text, i) => ({ i, keys: [text, local[i] ?? ""].filter(Boolean).map(fold), weight: pop?.[i] ?? 0 }));
}

export function search(atlas: Atlas, choose: (place: number) => void): HTMLElement {
  let entries: Entry[] | null = null;
  let hits: number[] = [];
  let active = 0;
  const list = h("ul", { role: "listbox", id: "search-hits", class: "hidden", "aria-label": "Places found" });
  const input = h("input", {
    type: "text", placeholder: "Find a place", role: "combobox", "aria-label": "Find a place", "aria-expanded": "false",
    "aria-controls": "search-hits", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false",
  });
  const close = (): void => {
    list.classList.add("hidden");
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (i: number): void => {
    input.value = atlas.place_name(i);
    close();
    choose(i);
  };
  const show = (): void => {
    list.replaceChildren(...(hits.length > 0
      ? hits.map((i, k) => h("li", { role: "option", id: `hit-${k}`, "aria-selected": String(k === active), onpointerdown: (e: PointerEvent) => {
        e.preventDefault();
        take(i);
      } }, atlas.place_name(i) + (atlas.report.places.local[i] ? ` ${atlas.report.places.local[i]}` : ""), h("span", {}, atlas.place_country(i))))
      : [h("li", { role: "option", "aria-selected": "false", "aria-disabled": "true" }, "No place of that name")]));
    list.classList.remove("hidden");
    input.setAttribute("aria-expanded", "true");
    if (hits.length > 0) input.setAttribute("aria-activedescendant", `hit-${active}`);
  };
  input.addEventListener("input", () => {
    entries ??= entries_of(atlas);
    hits = find(entries, input.value, MOST_HITS);
    active = 0;
    if (input.value.trim() === "") close();
    else show();
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (e) => {
    if (e.key === "Escape") return close();
    if (hits.length === 0) return;
    if (e.key === "Enter") return take(hits[active]!);
    if (e.key !== "ArrowDown" && e.key !== "ArrowUp") return;
    e.preventDefault();
    active = (active + (e.key === "ArrowDown" ? 1 : hits.length - 1)) % hits.length;
    show();
  });
  return h("div", { class: "search" }, input, list);
}
