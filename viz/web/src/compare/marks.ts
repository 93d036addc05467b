/** Size, colour and words of a difference on the map. */
import type { Step } from "../colours";
import { step_of } from "../colours";
import { chance, likelihood, tonnes, tonnes_unit } from "../numbers";
import type { Difference, Differences } from "./differences";
import { same, unsure } from "./differences";

/** What a map shows of a scenario. */
export type Measure = "tonnes" | "chance";

// Blue and brown are told apart with every kind of colour vision, and by lightness from the middle.
const [MUCH_LESS, LESS, MORE, MUCH_MORE] = ["#0F4467", "#8CC0D0", "#D9A874", "#8C4A1A"];
export const MIDDLE = "#F5F3EE";

/** Share of members in which a scenario emits less. */
const CHANCE: Step[] = [
  { colour: MUCH_MORE!, below: 0.1, word: "Very unlikely", figures: "under 10%" },
  { colour: MORE!, below: 0.33, word: "Unlikely", figures: "10–33%" },
  { colour: MIDDLE, below: 0.66, word: "About even", figures: "33–66%" },
  { colour: LESS!, below: 0.9, word: "Likely", figures: "66–90%" },
  { colour: MUCH_LESS!, below: Infinity, word: "Very likely", figures: "over 90%" },
];

/** 1, 2 or 5 times a power of ten, not above x. */
function round_down(x: number): number {
  const power = 10 ** Math.floor(Math.log10(x));
  const lead = x / power;
  return (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power;
}

/** A round figure without the noughts a rounded one needs: 5, not 5.0. */
export function round_figure(t: number, unit: "Mt" | "kt"): string {
  return String(Number((t / (unit === "Mt" ? 1e6 : 1e3)).toPrecision(2)));
}

/** Bounds of tonnes: a fifth of the largest, and a hundredth of that, in round figures. */
function tonne_steps(largest_t: number): Step[] {
  const wide = round_down(largest_t / 5);
  const narrow = wide / 50;
  const unit = tonnes_unit(wide);
  const figures = (t: number): string => round_figure(t, unit);
  return [
    { colour: MUCH_LESS!, below: -wide, word: "Much less", figures: `over ${figures(wide)} ${unit}` },
    { colour: LESS!, below: -narrow, word: "Less", figures: `${figures(narrow)}–${figures(wide)} ${unit}` },
    { colour: MIDDLE, below: narrow, word: "Hardly any change", figures: `within ${figures(narrow)} ${unit}` },
    { colour: MORE!, below: wide, word: "More", figures: `${figures(narrow)}–${figures(wide)} ${unit}` },
    { colour: MUCH_MORE!, below: Infinity, word: "Much more", figures: `over ${figures(wide)} ${unit}` },
  ];
}

/** One scale for all maps and years, so that they can be compared. */
export class Marks {
  private readonly tonnes: Step[];

  constructor(readonly differences: Differences, readonly largest_radius: number) {
    this.tonnes = tonne_steps(differences.largest_t);
  }

  steps(measure: Measure): Step[] {
    return measure === "tonnes" ? this.tonnes : CHANCE;
  }

  radius(d: Difference): number {
    return Math.max(this.largest_radius / 15, Math.sqrt(Math.abs(d.mean) / this.differences.largest_t) * this.largest_radius);
  }

  colour(d: Difference, measure: Measure): string {
    return step_of(this.steps(measure), measure === "tonnes" ? d.mean : d.less).colour;
  }

  /** Three round sizes for the legend, t CO2e. */
  round_sizes(): number[] {
    const top = round_down(this.differences.largest_t);
    return [top, top / 5, top / 25];
  }
}

export function title_of(differences: Differences, k: number, measure: Measure, year: number): string {
  const [a, b] = [differences.scenario_name(k), differences.maps.base];
  return measure === "tonnes" ? `Emissions of ${a} less those of ${b} in ${year}, CO₂e a year` : `Chance that ${a} emits less than ${b} in ${year}`;
}

/** One line about a place. */
export function words_of(d: Difference, members: number): string {
  if (same(d)) return "the same in every member";
  const unit = tonnes_unit(Math.max(Math.abs(d.mean), Math.abs(d.p05), Math.abs(d.p95)));
  const signed = (t: number): string => {
    const text = tonnes(t, unit);
    return t > 0 && text !== "0" ? `+${text}` : text;
  };
  const sure = unsure(d) ? "; the interval includes 0" : "";
  return `${signed(d.mean)} ${unit} (${signed(d.p05)} to ${signed(d.p95)})${sure}. Less in ${chance(d.less, members)} of members, ${likelihood(d.less)}`;
}
