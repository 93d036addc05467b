/** What the map shows: variable, then scenario, reference or difference; layers; search. */
import type { Atlas } from "../atlas";
import { h } from "../dom";
import type { Choice, ChoiceStore } from "../state";
import { search } from "./search";

function segments<T extends string>(
  label: string, options: [T, string][], get: (c: Choice) => T, set: (value: T) => void, store: ChoiceStore,
  enabled: (value: T, c: Choice) => boolean,
): HTMLElement {
  const buttons = options.map(([value, text]) => ({ value, button: h("button", { type: "button", onclick: () => set(value) }, text) }));
  const update = (): void => {
    for (const { value, button } of buttons) {
      button.setAttribute("aria-pressed", String(get(store.now) === value));
      button.disabled = !enabled(value, store.now);
    }
  };
  store.on_change(update);
  update();
  return h("div", { class: "segments", role: "group", "aria-label": label }, buttons.map((b) => b.button));
}

function tick(text: string, key: "agreements" | "rest", store: ChoiceStore): HTMLElement {
  const input = h("input", { type: "checkbox" });
  input.checked = store.now[key];
  input.addEventListener("change", () => store.set(key === "rest" ? { rest: input.checked } : { agreements: input.checked }));
  return h("label", { class: "tick" }, input, text);
}

export function controls(atlas: Atlas, store: ChoiceStore): HTMLElement {
  const basis = atlas.report.cells?.abBasis;
  // Abatement against the reference is a difference already; against BAU it is the scenario's own.
  const abatement_view = basis === "reference" ? "difference" : "scenario";
  const any_rest = Array.from({ length: atlas.n }, (_, i) => i).some((i) => atlas.is_rest(i));
  return h("div", { class: "controls" },
    segments("Variable", [["commitment", "Chance of commitment"], ["abatement", "Abatement"]], (c) => c.variable,
      (variable) => store.set(variable === "abatement" ? { variable, view: abatement_view } : { variable }), store, () => true),
    atlas.has_reference && segments("View", [["scenario", "Scenario"], ["reference", "Reference"], ["difference", "Difference"]], (c) => c.view,
      (view) => store.set({ view }), store, (value, c) => c.variable === "commitment" || value === abatement_view),
    atlas.report.links.length > 0 && tick("Agreements", "agreements", store),
    any_rest && tick("Rest of region", "rest", store),
    search(atlas, (place) => store.set({ place })));
}
