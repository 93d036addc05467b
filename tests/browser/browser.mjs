// A page under test: offline, every request and console message on record.
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const EXECUTABLE = process.env.DOMINO_CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export async function launch() {
  if (!existsSync(EXECUTABLE)) throw new Error(`${EXECUTABLE}: no browser there (the tests drive Debian's chromium); install it or set DOMINO_CHROMIUM`);
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: EXECUTABLE, args: [...sandbox, ...FLAGS] });
}

/** Opens a report and waits until it has drawn itself. */
export async function open(browser, file, { width = 1280, hash = "", touch = false, script = true, reduced = true } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, hasTouch: touch, javaScriptEnabled: script, reducedMotion: reduced ? "reduce" : "no-preference", acceptDownloads: true });
  await context.setOffline(true);
  const page = await context.newPage();
  const seen = { requests: [], errors: [] };
  page.on("request", (r) => { if (!/^(file|data|blob):/.test(r.url())) seen.requests.push(r.url()); });
  page.on("console", (m) => { if (m.type() === "error" || m.type() === "warning") seen.errors.push(m.text()); });
  page.on("pageerror", (e) => seen.errors.push(String(e)));
  await page.goto(pathToFileURL(file).href + hash);
  if (script) {
    await page.waitForFunction(() => document.documentElement.dataset.ready === "true");
    await page.waitForTimeout(250);
  }
  return { page, seen, close: () => context.close() };
}

/** Saves a picture when DOMINO_SCREENSHOTS names a folder. */
export async function picture(page, name, options = {}) {
  const folder = process.env.DOMINO_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, ...options });
}

/** Texts whose contrast with what is behind them is under 4.5:1 (3:1 for large type). Runs in the page. */
export function poor_contrast() {
  const parse = (c) => {
    const m = c.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    return { r: m[0], g: m[1], b: m[2], a: m.length > 3 ? m[3] : 1 };
  };
  const light = ({ r, g, b }) => {
    const f = (v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b);
  };
  const behind = (e) => {
    for (let n = e; n; n = n.parentElement) {
      const c = parse(getComputedStyle(n).backgroundColor);
      if (c.a > 0.9) return c;
    }
    return { r: 255, g: 255, b: 255 };
  };
  const found = [];
  const walk = document.createTreeWalker(document.getElementById("app"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.textContent.trim() || !e.getClientRects().length) continue;
    const style = getComputedStyle(e);
    const fore = parse(e instanceof SVGElement ? style.fill : style.color);
    // The map's names stand on a halo of paper.
    const back = e.closest(".map svg") ? parse("rgb(252,251,248)") : behind(e);
    const [x, y] = [light(fore), light(back)].sort((p, q) => q - p);
    const ratio = (x + 0.05) / (y + 0.05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) found.push(`${ratio.toFixed(2)} ${walk.currentNode.textContent.trim().slice(0, 40)}`);
  }
  return found;
}

/** SVG text smaller than it may be once scaled to the screen. Runs in the page. */
export function small_chart_text() {
  return [...document.querySelectorAll("#app svg text")]
    .filter((t) => t.getClientRects().length && t.textContent.trim())
    .map((t) => {
      const svg = t.ownerSVGElement;
      const box = svg.viewBox.baseVal;
      const scale = box && box.width ? svg.getBoundingClientRect().width / box.width : 1;
      return { text: t.textContent, size: parseFloat(getComputedStyle(t).fontSize) * scale };
    })
    .filter((t) => t.size < 11.4)
    .map((t) => `${t.size.toFixed(1)} ${t.text}`);
}
