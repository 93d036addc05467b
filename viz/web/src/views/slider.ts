/** The years: a slider over a bar chart, and a play button. */
import { INK } from "../colours";
import { PAGE_WIDTH, draw_to_width, h, is_narrow, s } from "../dom";
import type { Store } from "../state";

const MS_PER_YEAR = 700;
const BAR_TOP = 20;
const AXIS = 66;

/** The years to choose from, and what the bars above them are. */
export interface YearBars {
  first_year: number;
  /** One a year, none below 0. */
  bars(): readonly number[];
  title(): string;
  /** After "2031, ": for a screen reader. */
  describe(bar: number): string;
}

export interface Slider {
  element: HTMLElement;
  /** Draws the bars again. */
  update(): void;
}

export function slider<C extends { year: number }>(of: YearBars, store: Store<C>): Slider {
  const year_count = of.bars().length;
  const first_year = of.first_year;
  const last_year = first_year + year_count - 1;
  const years = Array.from({ length: year_count }, (_, k) => first_year + k);
  const choose = (year: number): void => store.set({ year } as Partial<C>);
  const track = h("div", {
    class: "slider", role: "slider", tabindex: 0, "aria-label": "Year",
    "aria-valuemin": first_year, "aria-valuemax": last_year,
  });
  const play = h("button", { class: "play", type: "button" });
  let timer: number | undefined;

  const describe = (): void => {
    const year = store.now.year;
    track.setAttribute("aria-valuenow", String(year));
    track.setAttribute("aria-valuetext", `${year}, ${of.describe(of.bars()[year - first_year] ?? 0)}`);
  };
  const stop = (): void => {
    window.clearInterval(timer);
    timer = undefined;
    show_play();
  };
  const step = (): void => {
    const { year } = store.now;
    if (year >= last_year) stop();
    else choose(year + 1);
  };
  const toggle = (): void => {
    if (timer !== undefined) return stop();
    if (store.now.year >= last_year) choose(first_year);
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
  const x = (year: number): number => ((year - first_year + 0.5) / year_count) * width;
  const draw = (): void => {
    if (width === 0) return;
    const counts = of.bars();
    const most = Math.max(...counts, 1e-9);
    const band = width / year_count;
    const now = store.now.year;
    const every = year_count <= 8 ? 1 : is_narrow() ? 10 : 5;
    const bars = years.map((y, k) => {
      const height = (counts[k]! / most) * (AXIS - BAR_TOP - 3);
      return s("rect", { x: x(y) - band * 0.31, width: band * 0.62, y: AXIS - 2 - height, height, fill: y <= now ? "#3D89AA" : "#CFE4EA" });
    });
    const ticks = years
      .filter((y) => y !== now && (y % every === 0 || y === first_year || y === last_year) && Math.abs(x(y) - x(now)) > 42)
      .filter((y) => y % every === 0 || Math.abs(x(y) - x(Math.round(y / every) * every)) > 40)
      .map((y) => s("text", { x: Math.min(Math.max(x(y), 15), width - 15), y: AXIS + 24, "text-anchor": "middle" }, String(y)));
    track.replaceChildren(s("svg", { width, height: 96, viewBox: `0 0 ${width} 96`, "aria-hidden": "true" },
      s("text", { x: 0, y: 12 }, of.title()),
      bars,
      s("line", { x1: 0, x2: width, y1: AXIS, y2: AXIS, stroke: INK, "stroke-width": 2 }),
      s("circle", { cx: x(now), cy: AXIS, r: 9.5, fill: "#fff", stroke: INK, "stroke-width": 3 }),
      ticks,
      s("text", { class: "now", x: Math.min(Math.max(x(now), 22), width - 22), y: AXIS + 26, "text-anchor": "middle" }, String(now))));
  };
  draw_to_width(track, (w) => {
    width = w;
    draw();
  }, PAGE_WIDTH);

  const year_at = (e: PointerEvent): number => {
    const box = track.getBoundingClientRect();
    const k = Math.floor(((e.clientX - box.left) / box.width) * year_count);
    return first_year + Math.max(0, Math.min(year_count - 1, k));
  };
  track.addEventListener("pointerdown", (e) => {
    stop();
    track.setPointerCapture(e.pointerId);
    choose(year_at(e));
  });
  track.addEventListener("pointermove", (e) => {
    if (track.hasPointerCapture(e.pointerId)) choose(year_at(e));
  });
  track.addEventListener("keydown", (e) => {
    const { year } = store.now;
    const to: Record<string, number> = {
      ArrowLeft: year - 1, ArrowDown: year - 1, ArrowRight: year + 1, ArrowUp: year + 1,
      PageDown: year - 5, PageUp: year + 5, Home: first_year, End: last_year,
    };
    const next = to[e.key];
    if (next === undefined && e.key !== " ") return;
    e.preventDefault();
    if (next === undefined) return toggle();
    stop();
    choose(Math.max(first_year, Math.min(last_year, next)));
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
    update: () => {
      draw();
      describe();
    },
  };
}
