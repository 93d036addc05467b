/** Building HTML and SVG without a framework. Text always goes in as text. */

export type Child = Node | string | number | null | undefined | false | Child[];
export type Attributes = Record<string, string | number | boolean | null | undefined | ((e: never) => void)>;

function fill(element: Element, attributes: Attributes, children: Child[]): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
}

function append(element: Element, children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(child instanceof Node ? child : String(child));
  }
}

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  fill(element, attributes, children);
  return element;
}

export function s<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  fill(element, attributes, children);
  return element;
}

/** Large type: CO₂ with a real subscript, since few serif faces have the sign. */
export function with_subscripts(text: string): Child[] {
  return text.split(/(CO₂)/).map((part) => (part === "CO₂" ? ["CO", h("sub", {}, "2")] : part));
}

/** Width of an A4 page between margins of 15 mm, in CSS pixels. */
export const PAGE_WIDTH = 680;

/**
 * Runs `draw` at once, and again when the width of `element` changes; for the time of printing, to
 * `print_width` if it is given (what has none is scaled by the style sheet).
 */
export function draw_to_width(element: HTMLElement, draw: (width: number, medium: "screen" | "page") => void, print_width?: number): void {
  let last = 0;
  const redraw = (): void => {
    const width = Math.floor(element.clientWidth);
    if (width > 0 && width !== last) {
      last = width;
      draw(width, "screen");
    }
  };
  if (print_width !== undefined) {
    addEventListener("beforeprint", () => draw(print_width, "page"));
    addEventListener("afterprint", () => {
      last = 0;
      redraw();
    });
  }
  new ResizeObserver(() => requestAnimationFrame(redraw)).observe(element);
  requestAnimationFrame(redraw);
}

export const prefers_reduced_motion = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
/** No room for the card beside the map. */
export const is_compact = (): boolean => matchMedia("(max-width: 1150px)").matches;
export const is_narrow = (): boolean => matchMedia("(max-width: 719.98px)").matches;
