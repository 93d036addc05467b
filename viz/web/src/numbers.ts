/** Numbers as the page writes them: two significant digits, U+2212, comma thousands, "12 to 83". */
import type { Interval } from "./format";

const MINUS = "\u2212";

/** Fixed decimals, commas, a true minus; never "−0". */
export function fixed(x: number, decimals: number): string {
  const text = Math.abs(x).toFixed(decimals);
  const [whole, fraction] = text.split(".");
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ",");
  const negative = x < 0 && Number(text) !== 0;
  return (negative ? MINUS : "") + grouped + (fraction ? `.${fraction}` : "");
}

/** Power of ten of the last of two significant digits. */
function last_place(size: number): number {
  return size > 0 && Number.isFinite(size) ? Math.floor(Math.log10(size) + 1e-12) - 1 : 0;
}

function to_place(x: number, place: number): string {
  if (x === 0) return "0";
  if (place >= 0) {
    const unit = 10 ** place;
    return fixed(Math.round(x / unit) * unit, 0);
  }
  return Math.abs(x) < 10 ** place / 2 ? "0" : fixed(x, Math.min(-place, 12));
}

/** Two significant digits. */
export function sig(x: number): string {
  const rounded = Number(x.toPrecision(2));
  return to_place(rounded, last_place(Math.abs(rounded)));
}

export interface IntervalText {
  mid: string;
  p05: string;
  p95: string;
  /** "12 to 83" */
  range: string;
}

const MOST_DIGITS = 4;

/**
 * All three to the same place: the second significant digit of the width, so that the ends can be
 * told apart, but never more than four digits of the value and never coarser than its own second.
 */
export function interval(v: Interval): IntervalText {
  const width = v.p95 - v.p05;
  const coarsest = last_place(Math.max(Math.abs(v.mid), width));
  let place = width > 0 ? Math.min(coarsest, Math.max(last_place(width), coarsest + 2 - MOST_DIGITS)) : coarsest;
  const needless = (p: number): boolean => [v.mid, v.p05, v.p95].every((x) => Math.round(x / 10 ** p) % 10 === 0);
  while (place < 0 && needless(place)) place++;
  const [mid, p05, p95] = [v.mid, v.p05, v.p95].map((x) => to_place(x, place)) as [string, string, string];
  return { mid, p05, p95, range: `${p05} to ${p95}` };
}

export const includes_zero = (v: Interval): boolean => v.p05 <= 0 && v.p95 >= 0;

/** An observed figure: four significant digits, without needless zeros. */
export function observed(x: number): string {
  const rounded = Number(x.toPrecision(4));
  const decimals = (String(rounded).split(".")[1] ?? "").length;
  return fixed(rounded, Math.min(decimals, 6));
}

/** Count of things, exact. */
export const count = (n: number): string => fixed(n, 0);

/** "12%", "under 1%", "over 99%"; as so many of `runs`, so with few of them "under 5%" and so on. */
export function chance(p: number, runs: number): string {
  const parts = Math.min(100, Math.max(1, runs));
  const least = Math.ceil(100 / parts);
  const held = Math.round(p * parts);
  if (held === 0 || p * parts < 1) return `under ${least}%`;
  if (held === parts || p * parts > parts - 1) return `over ${100 - least}%`;
  return `${Math.round((held * 100) / parts)}%`;
}

/** Whole per cent of a share, signed. */
export const percent = (x: number): string => `${fixed(x * 100, 0)}%`;

/** Change of a chance in points: "+0.2 pt"; whole points below 1,000 runs. */
export function points(dp: number, runs: number): string {
  const decimals = runs >= 1000 ? 1 : 0;
  const text = fixed(dp * 100, decimals);
  return `${dp > 0 && Number(text) !== 0 ? "+" : ""}${text} pt`;
}

export type Likelihood = "very unlikely" | "unlikely" | "about even" | "likely" | "very likely";

export function likelihood(p: number): Likelihood {
  if (p < 0.1) return "very unlikely";
  if (p < 0.33) return "unlikely";
  if (p <= 0.66) return "about even";
  return p <= 0.9 ? "likely" : "very likely";
}

/** "2.8 million", "340,000". */
export function people(n: number): string {
  if (n >= 1e9) return `${sig(n / 1e9)} billion`;
  return n >= 1e6 ? `${sig(n / 1e6)} million` : sig(n);
}

/** Emissions of a place: Mt from a million tonnes up, kt below. */
export function tonnes(t: number, unit = tonnes_unit(t)): string {
  return sig(unit === "Mt" ? t / 1e6 : t / 1e3);
}

export const tonnes_unit = (t: number): "Mt" | "kt" => (Math.abs(t) >= 1e6 ? "Mt" : "kt");

/** "A", "A and B", "A, B and C". */
export function list(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
}
