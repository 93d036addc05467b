/** States other than "all is well". */
import { h } from "../dom";
import type { Progress } from "../source";

export const damaged = (what: string, intact: string): HTMLElement =>
  h("div", { class: "box error", role: "alert" }, h("b", {}, "Part of this file is damaged."), `${what} ${intact} Run `, h("code", {}, "domino verify manifest.json"));

export const note_box = (title: string, text: string): HTMLElement => h("div", { class: "box" }, h("b", {}, title), text);

/** While a live result is being made; the older one stays below, dimmed. */
export function loading(p: Progress | null): HTMLElement {
  const text = p === null
    ? "Reading the results"
    : `${p.done.toLocaleString("en")} of ${p.of.toLocaleString("en")} runs${p.secondsLeft === null ? "" : `, ${Math.ceil(p.secondsLeft)} s left`}.`;
  return h(
    "div",
    { class: "box", role: "status" },
    h("div", { class: "skeleton", style: "width:72%" }),
    h("div", { class: "skeleton", style: "width:54%" }),
    h("progress", p === null ? {} : { value: p.done, max: p.of }),
    text,
  );
}
