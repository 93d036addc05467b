/** Names of the largest places, set where they hide nothing and no other name. */

export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

export interface Candidate {
  text: string;
  x: number;
  y: number;
  /** Radius of the circle to stay clear of. */
  r: number;
}

export interface Placed {
  text: string;
  x: number;
  y: number;
  anchor: "start" | "end" | "middle";
}

const LINE = 15;

const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/**
 * Takes candidates in order, at most `most`. `taken` are boxes to keep free (legend, card, ends of arcs);
 * `spread` is the least distance between two labelled places, so that one crowded plain does not take all names.
 */
export function place_labels(
  candidates: readonly Candidate[], taken: readonly Box[], width: number, height: number, most: number, spread: number,
  measure: (text: string) => number,
): Placed[] {
  const boxes: Box[] = [...taken];
  const placed: Placed[] = [];
  const at: Candidate[] = [];
  for (const c of candidates) {
    if (placed.length >= most) break;
    if (c.x < 0 || c.y < 0 || c.x > width || c.y > height) continue;
    if (at.some((o) => Math.hypot(o.x - c.x, o.y - c.y) < spread)) continue;
    const w = measure(c.text) + 4;
    const gap = c.r + 4;
    const options: [Placed, Box][] = [
      [{ text: c.text, x: c.x + gap, y: c.y + 4, anchor: "start" }, { x: c.x + gap - 2, y: c.y - LINE / 2, w, h: LINE }],
      [{ text: c.text, x: c.x - gap, y: c.y + 4, anchor: "end" }, { x: c.x - gap - w + 2, y: c.y - LINE / 2, w, h: LINE }],
      [{ text: c.text, x: c.x, y: c.y - gap, anchor: "middle" }, { x: c.x - w / 2, y: c.y - gap - LINE + 3, w, h: LINE }],
      [{ text: c.text, x: c.x, y: c.y + gap + 9, anchor: "middle" }, { x: c.x - w / 2, y: c.y + gap - 3, w, h: LINE }],
    ];
    const free = options.find(([, b]) => b.x >= 2 && b.y >= 2 && b.x + b.w <= width - 2 && b.y + b.h <= height - 2 && !boxes.some((o) => overlap(o, b)));
    if (!free) continue;
    placed.push(free[0]);
    boxes.push(free[1]);
    at.push(c);
  }
  return placed;
}
