/** Whose data these are, and how to run this again. */
import type { Atlas } from "../atlas";
import { h } from "../dom";
import { count } from "../numbers";

const short_hash = (hash: string): string => (hash.length > 20 ? `${hash.slice(0, 4)} ${hash.slice(4, 8)} … ${hash.slice(-4)}` : hash);

export function credits(atlas: Atlas): HTMLElement {
  const { meta, credits: list } = atlas.report;
  const row = (name: string, value: string | HTMLElement): HTMLElement[] => [h("dt", {}, name), h("dd", {}, value)];
  return h("footer", { class: "credits", id: "credits" },
    h("div", {},
      h("h2", {}, "Data and credits"),
      h("ul", {}, list.map((c) => h("li", {}, h("span", {}, c.what), h("span", {}, `${c.source}${c.licence ? `, ${c.licence}` : ""}.`)))),
      h("p", { style: "margin-top:10px" }, `GWP: ${meta.gwp}. Nothing on this page is loaded from a network.`)),
    h("div", {},
      h("h2", {}, "Run it again"),
      h("dl", {},
        row("Scenario", meta.scenarioFile),
        row("Runs and seed", `${count(meta.runs)} runs, seed ${meta.seed}`),
        row("Version", `domino ${meta.version}`),
        row("Command", h("code", {}, meta.command)),
        Object.entries(meta.hashes).map(([name, hash]) => row(`${name.charAt(0).toUpperCase()}${name.slice(1)}`, h("code", { title: hash }, `sha256 ${short_hash(hash)}`))),
        row("Check", h("code", {}, "domino verify manifest.json")))));
}
