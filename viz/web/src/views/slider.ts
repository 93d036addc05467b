/** The years: a slider over the bar chart of expected new commitments, and a play button. */
import type { Atlas } from "../atlas";
import { INK } from "../colours";
import { PAGE_WIDTH, draw_to_width, h, is_narrow, s } from "../dom";
import { sig } from "../numbers";
import type { ChoiceStore } from "../state";
import { show_data } from "./data_table";

const MS_PER_YEAR = 700;
const BAR_TOP = 20;
const AXIS = 66;

export function slider(atlas: Atlas, store: ChoiceStore): { element: HTMLElement; data: HTMLElement } {
  const counts = atlas.commitments_by_year() ?? new Array<number>(atlas.year_count).fill(0);
  const years = atlas.years();
  const track = h("div", {
    class: "slider", role: "slider", tabindex: 0, "aria-label": "Year",
    "aria-valuemin": atlas.first_year, "aria-valuemax": atlas.last_year,
  });
  const play = h("button", { class: "play", type: "button" });
  let timer: number | undefined;

  const describe = (): void => {
    const year = store.now.year;
    track.setAttribute("aria-valuenow", String(year));
    track.setAttribute("aria-valuetext", `${year}, ${sig(counts[year - atlas.first_year] ?? 0)} new commitments expected`);
  };
  const stop = (): void => {
    window.clearInterval(timer);
    timer = undefined;
    show_play();
  };
  const step = (): void => {
    const { year } = store.now;
    if (year >= atlas.last_year) stop();
    else store.set({ year: year + 1 });
  };
  const toggle = (): void => {
    if (timer !== undefined) return stop();
    if (store.now.year >= atlas.last_year) store.set({ year: atlas.first_year });
    timer = window.setInterval(step, MS_PER_YEAR);
    show_play();
  };
  const show_play = (): void => {
    const playing = timer !== undefined;
    play.setAttribute("aria-label", playing ? "Stop" : "Play the years");
    play.replaceChildren(s("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" },
      s("path", { d: playing ? "M3 2h4v12H3zM9 2h4v12H9z" : "M4 1.5L14 8L4 14.5Z", fill: "#fff" })));
  };
  play.addEventListener("click", toggle);

  let width = 0;
  const x = (year: number): number => ((year - atlas.first_year + 0.5) / atlas.year_count) * width;
  const draw = (): void => {
    if (width === 0) return;
    const most = Math.max(...counts, 1e-9);
    const band = width / atlas.year_count;
    const now = store.now.year;
    const every = atlas.year_count <= 8 ? 1 : is_narrow() ? 10 : 5;
    const bars = years.map((y, k) => {
      const height = (counts[k]! / most) * (AXIS - BAR_TOP - 3);
      return s("rect", { x: x(y) - band * 0.31, width: band * 0.62, y: AXIS - 2 - height, height, fill: y <= now ? "#3D89AA" : "#CFE4EA" });
    });
    const ticks = years
      .filter((y) => y !== now && (y % every === 0 || y === atlas.first_year || y === atlas.last_year) && Math.abs(x(y) - x(now)) > 42)
      .filter((y) => y % every === 0 || Math.abs(x(y) - x(Math.round(y / every) * every)) > 40)
      .map((y) => s("text", { x: Math.min(Math.max(x(y), 15), width - 15), y: AXIS + 24, "text-anchor": "middle" }, String(y)));
    track.replaceChildren(s("svg", { width, height: 96, viewBox: `0 0 ${width} 96`, "aria-hidden": "true" },
      s("text", { x: 0, y: 12 }, is_narrow() ? "New commitments a year" : "Expected new commitments a year"),
      bars,
      s("line", { x1: 0, x2: width, y1: AXIS, y2: AXIS, stroke: INK, "stroke-width": 2 }),
      s("circle", { cx: x(now), cy: AXIS, r: 9.5, fill: "#fff", stroke: INK, "stroke-width": 3 }),
      ticks,
      s("text", { class: "now", x: Math.min(Math.max(x(now), 18), width - 18), y: AXIS + 26, "text-anchor": "middle" }, String(now))));
  };
  draw_to_width(track, (w) => {
    width = w;
    draw();
  }, PAGE_WIDTH);

  const year_at = (e: PointerEvent): number => {
    const box = track.getBoundingClientRect();
    const k = Math.floor(((e.clientX - box.left) / box.width) * atlas.year_count);
    return atlas.first_year + Math.max(0, Math.min(atlas.year_count - 1, k));
  };
  track.addEventListener("pointerdown", (e) => {
    stop();
    track.setPointerCapture(e.pointerId);
    store.set({ year: year_at(e) });
  });
  track.addEventListener("pointermove", (e) => {
    if (track.hasPointerCapture(e.pointerId)) store.set({ year: year_at(e) });
  });
  track.addEventListener("keydown", (e) => {
    const { year } = store.now;
    const to: Record<string, number> = {
      ArrowLeft: year - 1, ArrowDown: year - 1, ArrowRight: year + 1, ArrowUp: year + 1,
      PageDown: year - 5, PageUp: year + 5, Home: atlas.first_year, End: atlas.last_year,
    };
    const next = to[e.key];
    if (next === undefined && e.key !== " ") return;
    e.preventDefault();
    if (next === undefined) return toggle();
    stop();
    store.set({ year: Math.max(atlas.first_year, Math.min(atlas.last_year, next)) });
  });
  store.on_change((now, before) => {
    if (now.year === before.year) return;
    draw();
    describe();
  });
  show_play();
  describe();
  return {
    element: h("div", { class: "time" }, play, track),
    data: show_data("commitments a year", () => ({
      name: "commitments_by_year",
      columns: ["year", "expected_new_commitments"],
      rows: years.map((y, k) => [y, Number(counts[k]!.toPrecision(4))]),
    })),
  };
}
