/** Small drawings used in running text and lists. */
import { INK, INK3, PAPER, SCENARIO } from "../colours";
import { draw_to_width, h, s } from "../dom";
import type { Interval } from "../format";

/** Three dominoes, the last two falling. */
export const logo = (): SVGSVGElement =>
  s("svg", { width: 30, height: 22, viewBox: "0 0 30 22", "aria-hidden": "true" },
    s("rect", { x: 1, y: 1, width: 5, height: 20, rx: 1, fill: INK }),
    s("path", { d: "M12 1.5l5 1.2-4 18.6-5-1.2z", fill: INK }),
    s("path", { d: "M25 4.5l4 3L19.5 21H14z", fill: INK }));

/** A stage: an outlined tile filled from below to its chance. */
export function tile(p: number, width = 8, height = 14): SVGSVGElement {
  const inner = height - 2;
  const filled = Math.max(0, Math.min(1, p)) * inner;
  return s("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    s("rect", { x: 0.5, y: 0.5, width: width - 1, height: height - 1, rx: 1.5, fill: "#fff", stroke: INK3, "stroke-width": 0.8 }),
    filled > 0.4 && s("rect", { x: 1, y: 1 + inner - filled, width: width - 2, height: filled, rx: 1, fill: INK }));
}

/** A chance as ten tiles, the last one filled in part. */
export function ten_tiles(p: number): SVGSVGElement {
  const tiles = Array.from({ length: 10 }, (_, i) => {
    const part = Math.max(0, Math.min(1, p * 10 - i));
    return s("g", { transform: `translate(${i * 7.6},0)` },
      s("rect", { x: 0.4, y: 0.4, width: 5.4, height: 12.2, rx: 1.4, fill: "none", stroke: INK3, "stroke-width": 0.8 }),
      part > 0.02 && s("rect", { x: 0.4, y: 0.4 + 12.2 * (1 - part), width: 5.4, height: 12.2 * part, rx: 1, fill: INK }));
  });
  return s("svg", { width: 76, height: 13, viewBox: "0 0 76 13", "aria-hidden": "true" }, tiles);
}

/** Evidence mark: full measured, half sourced, open guessed. */
export function mark(kind: "measured" | "sourced" | "guessed", size = 13): SVGSVGElement {
  return s("svg", { width: size, height: size, viewBox: "0 0 13 13", role: "img", "aria-label": kind },
    s("rect", { x: 1, y: 1, width: 11, height: 11, rx: 2, fill: kind === "measured" ? INK : "#fff", stroke: INK, "stroke-width": 1.5 }),
    kind === "sourced" && s("path", { d: "M1.5 1.5V11.5H11.5Z", fill: INK }));
}

const BAR_MOST = 246;

/** An interval as a bar with its centre, on a line with zero marked. */
export function interval_bar(v: Interval): HTMLElement {
  const low = Math.min(0, v.p05);
  const high = Math.max(0, v.p95, v.mid);
  const holder = h("div", { class: "bar" });
  draw_to_width(holder, (available) => {
    const width = Math.min(BAR_MOST, available);
    const x = (value: number): number => 5 + ((value - low) / (high - low || 1)) * (width - 34);
    holder.replaceChildren(s("svg", { width, height: 30, viewBox: `0 0 ${width} 30`, "aria-hidden": "true" },
      s("line", { x1: 0, x2: width, y1: 12, y2: 12, stroke: "#E4E1DA" }),
      s("line", { x1: x(v.p05), x2: x(v.p95), y1: 12, y2: 12, stroke: "#9FB6C1", "stroke-width": 5, "stroke-linecap": "round" }),
      s("line", { x1: x(0), x2: x(0), y1: 4, y2: 18, stroke: INK }),
      s("text", { x: x(0), y: 29, "text-anchor": "middle", "font-size": 11.5, fill: INK3 }, "0"),
      s("circle", { cx: x(v.mid), cy: 12, r: 5.5, fill: SCENARIO, stroke: PAPER, "stroke-width": 1.5 })));
  });
  return holder;
}
