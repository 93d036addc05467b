/** The palette. Meaning: greys and ochre were not passed on, saturated colours were; navy is this scenario. */
import type { Cause } from "./format";

export const INK = "#17212B";
export const INK2 = "#46525D";
export const INK3 = "#616C77";
export const PAPER = "#FCFBF8";
export const PANEL = "#F4F2EC";
export const RULE = "#DAD7CF";
export const SEA = "#EDF2F4";
export const LAND_IN = "#DEDACF";
export const LAND_OUT = "#F1EFEA";
export const SCENARIO = "#0F4467";
export const BAND50 = "#9FC3D3";
export const BAND90 = "#CFE0E8";
export const REFERENCE = "#8F979E";
export const ARC = "#C8442D";
/** What the scenario's strategy supports. */
export const PLAN = "#E5B23C";
export const PLAN_TEXT = "#7A5600";
export const ARC_TEXT = "#B23A25";

/** A step of a map scale: colour, and in the legend its words and figures. */
export interface Step {
  colour: string;
  /** Upper bound, exclusive. */
  below: number;
  word: string;
  figures: string;
}

/** Chance of commitment, 0–1. */
export const COMMITMENT: Step[] = [
  { colour: "#FFFFFF", below: 0.1, word: "Very unlikely", figures: "under 10%" },
  { colour: "#CFE4EA", below: 0.33, word: "Unlikely", figures: "10–33%" },
  { colour: "#8CC0D0", below: 0.66, word: "About even", figures: "33–66%" },
  { colour: "#3D89AA", below: 0.9, word: "Likely", figures: "66–90%" },
  { colour: "#0F4467", below: Infinity, word: "Very likely", figures: "over 90%" },
];

/** Abatement, kt a year. The first step is for places that emit more. */
export const ABATEMENT: Step[] = [
  { colour: "#D9A874", below: -1, word: "Emits more", figures: "over 1" },
  { colour: "#FFFFFF", below: 1, word: "No change", figures: "under 1" },
  { colour: "#DDE8C3", below: 10, word: "Small", figures: "1–10" },
  { colour: "#A9C77F", below: 100, word: "Medium", figures: "10–100" },
  { colour: "#5F9A4B", below: 500, word: "Large", figures: "100–500" },
  { colour: "#1F5F2E", below: Infinity, word: "Very large", figures: "over 500" },
];

/** Difference of a chance to the reference, points. */
export const DIFFERENCE: Step[] = [
  { colour: "#8C4A1A", below: -20, word: "Much less", figures: "−20 or less" },
  { colour: "#D9A874", below: -2, word: "Less", figures: "−20 to −2" },
  { colour: "#F5F3EE", below: 2, word: "No change", figures: "within 2" },
  { colour: "#8CC0D0", below: 20, word: "More", figures: "2 to 20" },
  { colour: "#0F4467", below: Infinity, word: "Much more", figures: "20 or more" },
];

export function step_of(steps: readonly Step[], x: number): Step {
  return steps.find((s) => x < s.below) ?? steps[steps.length - 1]!;
}

export interface CauseStyle {
  fill: string;
  text: string;
  name: string;
  /** Short, after "by": "agreement 25%". */
  short: string;
  passed_on: boolean;
}

export const CAUSE_STYLE: Record<Cause, CauseStyle> = {
  own_accord: { fill: "#CDD1D4", text: "#5A646D", name: "Own accord", short: "own accord", passed_on: false },
  joint_declaration: { fill: "#949BA3", text: "#5A646D", name: "Joint declaration", short: "joint declaration", passed_on: false },
  programme: { fill: "#E5B23C", text: "#7A5600", name: "Programme support", short: "support", passed_on: false },
  agreement: { fill: "#C8442D", text: "#B23A25", name: "City agreement", short: "agreement", passed_on: true },
  network: { fill: "#1F5FAE", text: "#2A62A3", name: "City network", short: "network", passed_on: true },
  nearby: { fill: "#128A6B", text: "#12755B", name: "Nearby places", short: "nearby", passed_on: true },
  own_province: { fill: "#B982C6", text: "#7C448F", name: "Own province", short: "own province", passed_on: true },
};

/** User layers take colours that stay apart from the seven, by repeating two with a hatch-free tint. */
export function user_layer_style(name: string, index: number): CauseStyle {
  const fill = ["#6B4E2E", "#2E6B6A", "#5B5B9E"][index % 3]!;
  return { fill, text: fill, name, short: name.toLowerCase(), passed_on: true };
}
