// Opens the maps of comparison.html in a real browser, offline, wide and narrow. DOMINO_COMPARISON=FILE tests that
// page; without it a sample with invented differences is written. DOMINO_SCREENSHOTS=DIR keeps pictures.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, open, picture } from "./browser.mjs";
import { comparison_page, make_maps } from "./sample_comparison.mjs";

const LIMIT_BYTES = 6e6;
const folder = mkdtempSync(join(tmpdir(), "domino-comparison-"));
const given = process.env.DOMINO_COMPARISON ? resolve(process.env.DOMINO_COMPARISON) : null;
const DATA = /(<script type="application\/json" id="maps-data">)([\s\S]*?)(<\/script>)/;
let file, browser, html, data;

const write = (name, text) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

before(async () => {
  file = given ?? write("comparison.html", comparison_page(make_maps()));
  assert.ok(existsSync(file), `${file}: no page there`);
  html = readFileSync(file, "utf8");
  data = JSON.parse(html.match(DATA)[2]);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const colours_of = (page, k) => page.locator("#maps .map canvas").nth(k).evaluate((c) => {
  const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
  const seen = new Set();
  for (let i = 0; i < d.length; i += 4) seen.add((d[i] << 16) | (d[i + 1] << 8) | d[i + 2]);
  return [...seen];
});
const image_of = (page, k) => page.locator("#maps .map canvas").nth(k).evaluate((c) => c.toDataURL());

test("the file is whole and small enough", () => {
  assert.ok(statSync(file).size <= LIMIT_BYTES, `${statSync(file).size} bytes`);
  assert.doesNotMatch(html.replace(DATA, ""), /<(script|link|img|iframe)[^>]+(src|href)=["']https?:/i);
});

for (const width of [1280, 720, 400]) {
  describe(`${width} px`, () => {
    let opened, page;
    before(async () => {
      opened = await open(browser, file, { width, touch: width < 720 });
      page = opened.page;
    });
    after(() => opened?.close());

    test("opens offline without a request or an error, and nothing runs out sideways", async () => {
      assert.deepEqual(opened.seen.requests, []);
      assert.deepEqual(opened.seen.errors, []);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `page is ${wide} wide in a window of ${width}`);
      await picture(page, `comparison-${width}`);
    });

    test("two maps stand side by side where there is room, with land and circles", async () => {
      assert.equal(await page.locator("#maps-without-script").count(), 0);
      const boxes = await page.locator("#maps .map").evaluateAll((all) => all.map((e) => e.getBoundingClientRect().toJSON()));
      assert.equal(boxes.length, 2);
      assert.equal(Math.abs(boxes[0].top - boxes[1].top) < 40, width > 640, JSON.stringify(boxes));
      for (const k of [0, 1]) {
        const colours = await colours_of(page, k);
        assert.ok(colours.includes(0xedf2f4), "no sea");
        if (data.land) assert.ok(colours.includes(0xdedacf), "no land in scope");
        assert.ok(colours.length > 20, `${colours.length} colours`);
      }
    });

    test("each legend says what is shown, of whom, when, in which unit", async () => {
      const texts = await page.locator("#maps .legend").allInnerTexts();
      assert.equal(texts.length, 2);
      for (const text of texts) {
        assert.match(text, new RegExp(String(data.years[0] + data.years[1] - 1)));
        assert.ok(text.includes(data.base), text);
        assert.match(text, /include 0/);
      }
      assert.match(texts[0], /less those of [\s\S]*CO₂e a year[\s\S]*\b(kt|Mt)\b/);
      assert.match(await page.locator("#maps .legend svg.sizes").first().textContent(), /(kt|Mt) a year/);
    });

    test("chart text is large enough to read", async () => {
      const small = await page.evaluate(() => [...document.querySelectorAll("#maps svg text")]
        .filter((t) => t.getClientRects().length && t.textContent.trim())
        .map((t) => {
          const svg = t.ownerSVGElement;
          const scale = svg.viewBox.baseVal.width ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
          return [t.textContent, parseFloat(getComputedStyle(t).fontSize) * scale];
        })
        .filter(([, size]) => size < 10.9));
      assert.deepEqual(small, []);
    });
  });
}

describe("by keyboard and pointer", () => {
  let opened, page;
  before(async () => {
    opened = await open(browser, file);
    page = opened.page;
  });
  after(() => opened?.close());

  test("the year changes both maps and their legends", async () => {
    const before_it = [await image_of(page, 0), await image_of(page, 1)];
    await page.locator("#maps .slider").focus();
    await page.keyboard.press("Home");
    assert.equal(Number(await page.locator("#maps .slider").getAttribute("aria-valuenow")), data.years[0]);
    for (const k of [0, 1]) {
      assert.notEqual(await image_of(page, k), before_it[k]);
      assert.match(await page.locator("#maps .legend .title").nth(k).innerText(), new RegExp(String(data.years[0])));
    }
    await page.keyboard.press("End");
    assert.equal(await image_of(page, 0), before_it[0]);
  });

  test("each map shows what is chosen for it: tonnes, or how sure", async () => {
    const before_it = [await image_of(page, 0), await image_of(page, 1)];
    await page.locator("#maps select").first().selectOption("0:chance");
    assert.match(await page.locator("#maps .legend .title").first().innerText(), /^Chance that /);
    assert.match(await page.locator("#maps .legend").first().innerText(), /Very likely\s*over 90%/);
    assert.notEqual(await image_of(page, 0), before_it[0]);
    assert.equal(await image_of(page, 1), before_it[1]);
    await page.locator("#maps select").first().selectOption("0:tonnes");
    assert.equal(await image_of(page, 0), before_it[0]);
  });

  test("both maps move together", async () => {
    const before_it = await image_of(page, 1);
    await page.locator("#maps .map").first().focus();
    for (let k = 0; k < 3; k++) await page.keyboard.press("+");
    await page.waitForTimeout(300);
    assert.notEqual(await image_of(page, 1), before_it);
    await page.keyboard.press("0");
    await page.waitForTimeout(300);
    assert.equal(await image_of(page, 1), before_it);
  });

  test("the largest differences can be visited by Tab; a place chosen stays, with all scenarios", async () => {
    const stop = page.locator("#maps .map").first().locator("circle.stop").first();
    await stop.focus();
    assert.match(await stop.getAttribute("aria-label"), /: .*(kt|Mt|the same)/);
    assert.ok(await page.locator("#maps .map").first().locator(".tip").isVisible());
    assert.ok(await page.locator("#maps .map").nth(1).locator(".tip").isVisible(), "the other map does not point at it");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("#maps .pinned tr").count(), data.scenarios.length);
    await page.getByRole("button", { name: "Let go" }).click();
    assert.equal(await page.locator("#maps .pinned tr").count(), 0);
  });

  test("the table behind the maps opens and is of the chosen year", async () => {
    const details = page.locator("#maps details.data");
    await details.locator("summary").click();
    await details.locator("tbody tr").first().waitFor({ timeout: 3000 });
    assert.match(await details.locator("thead").innerText(), /difference_t_co2e_mean/);
    await details.locator("summary").click();
  });
});

test("intervals that include zero are hatched: the fill is not the legend's colour alone", { skip: given !== null }, async () => {
  // The same means, once sure and once not.
  const images = [];
  for (const sureness of ["sure", "unsure"]) {
    const opened = await open(browser, write(`${sureness}.html`, comparison_page(make_maps(["One"], sureness))));
    images.push(await image_of(opened.page, 0));
    await opened.close();
  }
  assert.notEqual(images[0], images[1]);
});

test("without script the plain maps and all tables are there", async () => {
  const opened = await open(browser, file, { script: false });
  assert.ok(await opened.page.locator("#maps-without-script").isVisible());
  await opened.close();
});

test("damaged data are told, and the rest of the page stays", async () => {
  const broken = write("broken.html", html.replace(DATA, (_, a, text, z) => {
    const maps = JSON.parse(text);
    maps.crc["places.lon"] = "00000000";
    return a + JSON.stringify(maps).replace(/</g, "\\u003c") + z;
  }));
  const opened = await open(browser, broken);
  assert.match(await opened.page.locator("#maps [role=alert]").innerText(), /cannot be drawn/);
  assert.ok(await opened.page.locator("h1").isVisible());
  await opened.close();
});
