/** What is painted: sea, graticule, land, borders, circles. */
import type { Atlas } from "../atlas";
import { LAND_IN, LAND_OUT, REFERENCE, SEA } from "../colours";
import type { Choice } from "../state";
import type { Sheet } from "./sheet";
import type { SizeScale } from "./symbols";
import { colour_of } from "./symbols";

/** Fills dark enough to need a light outline. */
const DARK = new Set(["#0F4467", "#3D89AA", "#1F5F2E", "#5F9A4B", "#8C4A1A"]);
const LARGEST_OVERLAP = 60;

export function paint_land(context: CanvasRenderingContext2D, sheet: Sheet, ratio: number): void {
  const { x, y, k } = sheet.transform;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = SEA;
  context.fillRect(0, 0, sheet.width, sheet.height);
  context.setTransform(ratio * k, 0, 0, ratio * k, ratio * x, ratio * y);
  context.lineWidth = 0.7 / k;
  context.strokeStyle = "#DCE4E8";
  context.stroke(sheet.land.graticule);
  context.fillStyle = LAND_OUT;
  context.fill(sheet.land.outside);
  context.fillStyle = LAND_IN;
  context.fill(sheet.land.inside);
  context.strokeStyle = "#FFFFFF";
  context.lineWidth = 0.8 / k;
  context.stroke(sheet.land.outside);
  context.stroke(sheet.land.inside);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}

/** Largest first, so that none is hidden. */
function paint_circles(context: CanvasRenderingContext2D, sheet: Sheet, atlas: Atlas, c: Choice, size: SizeScale): void {
  const which = c.view === "reference" && c.variable === "commitment" ? "ref50" : "e50";
  const order: { i: number; r: number; x: number; y: number }[] = [];
  for (let i = 0; i < atlas.n; i++) {
    if (atlas.is_rest(i) && !c.rest) continue;
    const p = sheet.position(i);
    if (sheet.holds(p, LARGEST_OVERLAP)) order.push({ i, ...p, r: size.radius(atlas.emissions(i, c.year, which)) });
  }
  order.sort((a, b) => b.r - a.r || a.i - b.i);
  for (const { i, x, y, r } of order) {
    const colour = colour_of(atlas, c, i);
    context.beginPath();
    context.arc(x, y, r, 0, 2 * Math.PI);
    if (atlas.is_rest(i)) {
      context.lineWidth = 1.2;
      context.strokeStyle = DARK.has(colour) ? colour : REFERENCE;
    } else {
      context.fillStyle = colour;
      context.fill();
      context.lineWidth = r < 2 ? 0.45 : 0.7;
      context.strokeStyle = DARK.has(colour) ? "rgba(255,255,255,0.65)" : "rgba(30,70,95,0.6)";
    }
    context.stroke();
  }
}

export function paint(canvas: HTMLCanvasElement, sheet: Sheet, atlas: Atlas, choice: Choice, size: SizeScale): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  paint_land(context, sheet, canvas.width / sheet.width);
  paint_circles(context, sheet, atlas, choice, size);
}
