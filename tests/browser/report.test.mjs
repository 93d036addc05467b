// Opens a report page in a real browser, offline, wide and narrow. DOMINO_REPORT=FILE tests that report; without
// it a sample with invented numbers is written. DOMINO_SCREENSHOTS=DIR keeps pictures.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { launch, open, picture, poor_contrast, small_chart_text } from "./browser.mjs";
import { contract_problems } from "./contract.mjs";
import { fill_template, make_report } from "./sample.mjs";

const LIMIT_BYTES = 12e6;
const folder = mkdtempSync(join(tmpdir(), "domino-report-"));
const given = process.env.DOMINO_REPORT ? resolve(process.env.DOMINO_REPORT) : null;
const SAMPLE = given === null;
let file, browser, html, data;

const write = (name, text) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const DATA = /(<script type="application\/json" id="data">)([\s\S]*?)(<\/script>)/;
/** The report under test with its data changed. */
const variant = (name, change) => write(name, html.replace(DATA, (_, a, text, z) => {
  const report = JSON.parse(text);
  const changed = change(report) ?? report;
  return a + (typeof changed === "string" ? changed : JSON.stringify(changed).replace(/</g, "\\u003c")) + z;
}));
const with_sample = (name, change) => {
  const report = make_report();
  change(report);
  return write(name, fill_template(JSON.stringify(report)));
};
const year_of = (page) => page.locator(".slider").getAttribute("aria-valuenow").then(Number);

before(async () => {
  file = given ?? write("report.html", fill_template(JSON.stringify(make_report())));
  assert.ok(existsSync(file), `${file}: no report there`);
  html = readFileSync(file, "utf8");
  data = JSON.parse(html.match(DATA)[2]);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

test("the file is whole and small enough", () => {
  assert.ok(statSync(file).size <= LIMIT_BYTES, `${statSync(file).size} bytes`);
  assert.doesNotMatch(html, /DOMINO:[A-Z]+/, "a slot of the template was left unfilled");
  assert.doesNotMatch(html.replace(DATA, ""), /<(script|link|img|iframe)[^>]+(src|href)=["']https?:/i);
});

test("the data keep the contract of FORMAT.md", () => {
  assert.deepEqual(contract_problems(data), []);
});

for (const [name, width] of [["wide", 1280], ["narrow", 400]]) {
  describe(`${name}, ${width} px`, () => {
    let opened, page;
    before(async () => {
      opened = await open(browser, file, { width, touch: width < 720 });
      page = opened.page;
    });
    after(() => opened?.close());

    test("opens offline without a request or an error", async () => {
      assert.deepEqual(opened.seen.requests, []);
      assert.deepEqual(opened.seen.errors, []);
      assert.equal(await page.locator("#fallback").isVisible(), false);
      assert.ok((await page.locator("#app h1").innerText()).length > 10);
      await picture(page, `${name}-full`);
    });

    test("nothing runs out of the page sideways", async () => {
      const wide = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(wide[0] <= wide[1], `page is ${wide[0]} wide in a window of ${wide[1]}`);
    });

    test("every section with data is there, in order", async () => {
      const ids = await page.locator("#app main > section, #app footer").evaluateAll((all) => all.map((e) => e.id));
      const expected = ["scenario", data.places.n > 0 && "map", (data.targets.length > 0 || Object.keys(data.paths).length > 0) && "targets", data.domino && "domino",
        data.plan?.projects.length > 0 && "strategy", data.ledger.length > 0 && "ledger", data.groups.length + data.benefits.length + data.goals.length > 0 && "benefits", data.past.length > 0 && "past", data.inputs.length > 0 && "evidence", "credits"].filter(Boolean);
      assert.deepEqual(ids, expected);
    });

    test("text can be read: contrast and size of chart text", async () => {
      assert.deepEqual(await page.evaluate(poor_contrast), []);
      assert.deepEqual(await page.evaluate(small_chart_text), []);
    });

    test("the map is drawn: land, sea and circles have pixels of their colours", async () => {
      const colours = await page.locator(".map canvas").evaluate((c) => {
        const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
        const seen = new Set();
        for (let k = 0; k < d.length; k += 4) seen.add((d[k] << 16) | (d[k + 1] << 8) | d[k + 2]);
        return { sea: seen.has(0xedf2f4), land: seen.has(0xdedacf), count: seen.size };
      });
      assert.ok(colours.sea && colours.count > 20, JSON.stringify(colours));
      if (data.land) assert.ok(colours.land, "no land in scope");
    });

    test("every figure has its table behind it", async () => {
      const details = page.locator("details.data");
      const n = await details.count();
      assert.ok(n >= 4, `${n} tables`);
      for (let k = 0; k < n; k++) {
        const one = details.nth(k);
        await one.locator("summary").click();
        await one.locator("tbody tr").first().waitFor({ timeout: 3000 });
        await one.locator("summary").click();
      }
    });

    test("a table is saved as CSV", async () => {
      const one = page.locator("#map details.data").first();
      await one.locator("summary").click();
      const [download] = await Promise.all([page.waitForEvent("download"), one.getByRole("button", { name: "Download CSV" }).click()]);
      const text = readFileSync(await download.path(), "utf8");
      assert.match(text, /^\ufeff?place_id,name,country,/);
      assert.equal(text.trim().split("\r\n").length, data.places.n + 1);
      await one.locator("summary").click();
    });

    test("targets of touch are large enough", async () => {
      if (width >= 720) return;
      const small = await page.evaluate(() => [...document.querySelectorAll("#app button, #app summary, #app input[type=text], #app label, .look a, .slider")]
        .filter((e) => e.getClientRects().length && !e.closest("[hidden]"))
        .map((e) => {
          const b = e.getBoundingClientRect();
          const more = getComputedStyle(e, "::after");
          const grown = more.position === "absolute" ? b.height - parseFloat(more.top) - parseFloat(more.bottom) : b.height;
          return { text: (e.textContent || e.getAttribute("aria-label") || e.className).slice(0, 30), height: grown };
        })
        .filter((e) => e.height < 43.5));
      assert.deepEqual(small, []);
    });
  });
}

test("no width in between runs over", async () => {
  for (const width of [320, 600, 720, 820, 1001, 1151]) {
    const opened = await open(browser, file, { width });
    const wide = await opened.page.evaluate(() => document.documentElement.scrollWidth);
    await opened.close();
    assert.ok(wide <= width, `page is ${wide} wide in a window of ${width}`);
  }
});

describe("by keyboard and pointer", () => {
  let opened, page;
  before(async () => {
    opened = await open(browser, file);
    page = opened.page;
  });
  after(() => opened?.close());

  test("the slider goes by arrows, Home and End, and the hash follows", async () => {
    const [first, count] = data.years;
    const slider = page.locator(".slider");
    await slider.focus();
    await page.keyboard.press("Home");
    assert.equal(await year_of(page), first);
    await page.keyboard.press("ArrowLeft");
    assert.equal(await year_of(page), first);
    await page.keyboard.press("ArrowRight");
    assert.equal(await year_of(page), first + 1);
    assert.match(page.url(), new RegExp(`#year=${first + 1}`));
    await page.keyboard.press("End");
    assert.equal(await year_of(page), first + count - 1);
    assert.match(await page.locator("#map-title").innerText(), new RegExp(String(first + count - 1)));
    assert.match(await page.locator("#live").textContent(), new RegExp(String(first + count - 1)));
  });

  test("the slider can be dragged", async () => {
    const box = await page.locator(".slider").boundingBox();
    await page.mouse.move(box.x + 5, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + 60, { steps: 4 });
    await page.mouse.up();
    assert.equal(await year_of(page), data.years[0] + Math.floor(data.years[1] / 2));
  });

  test("Space plays and stops", async () => {
    await page.locator(".slider").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("Space");
    await page.waitForTimeout(1700);
    await page.keyboard.press("Space");
    const reached = await year_of(page);
    assert.ok(reached >= data.years[0] + 1 && reached <= data.years[0] + 3, String(reached));
    await page.waitForTimeout(900);
    assert.equal(await year_of(page), reached);
  });

  test("changing the year changes the circles", async () => {
    const bytes = () => page.locator(".map canvas").evaluate((c) => c.toDataURL().length + c.toDataURL().slice(-4000));
    await page.locator(".slider").focus();
    await page.keyboard.press("Home");
    const early = await bytes();
    await page.keyboard.press("End");
    assert.notEqual(await bytes(), early);
  });

  test("search finds a place by name, Enter pins it, Escape closes it", async () => {
    const i = data.places.name.findIndex((n, k) => /^[A-Za-z]{5,}$/.test(n) && data.places.name.indexOf(n) === k);
    const box = page.getByRole("combobox");
    await box.fill(data.places.name[i].toUpperCase());
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(".card h3").innerText().then((t) => t.startsWith(data.places.name[i])), true);
    assert.match(page.url(), /place=/);
    assert.match(await page.locator("#live").textContent(), new RegExp(data.places.name[i]));
    await page.locator(".map").focus();
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".card").isVisible(), false);
    assert.doesNotMatch(page.url(), /place=/);
    await box.fill("zzzzqqq");
    assert.match(await page.locator("#search-hits").innerText(), /No place/);
    await box.fill("");
  });

  test("the map zooms, moves and resets by keys; Tab visits places and Enter pins one", async () => {
    const at = () => page.locator(".map circle.stop").first().evaluate((c) => [Number(c.getAttribute("cx")), Number(c.getAttribute("cy"))]);
    const start = await at();
    await page.locator(".map").focus();
    await page.keyboard.press("+");
    await page.waitForTimeout(100);
    assert.notDeepEqual(await at(), start);
    const zoomed = await at();
    await page.keyboard.press("ArrowRight");
    await page.waitForTimeout(100);
    assert.notDeepEqual(await at(), zoomed);
    await page.keyboard.press("0");
    await page.waitForTimeout(100);
    assert.deepEqual((await at()).map(Math.round), start.map(Math.round));
    const stops = page.locator(".map circle.stop");
    assert.equal(await stops.count(), Math.min(20, data.places.n));
    await stops.nth(1).focus();
    assert.ok(await page.locator(".tip").isVisible());
    await page.keyboard.press("Enter");
    assert.ok(await page.locator(".card").isVisible());
  });

  test("hovering previews, clicking pins", async () => {
    await page.keyboard.press("Escape");
    await page.locator(".map").scrollIntoViewIfNeeded();
    const svg = await page.locator(".map > svg").boundingBox();
    const stop = await page.locator(".map circle.stop").evaluateAll((all) => all.map((c) => [Number(c.getAttribute("cx")), Number(c.getAttribute("cy"))]).find(([x, y]) => x > 300 && x < 800 && y > 80 && y < 620));
    await page.mouse.move(svg.x + stop[0], svg.y + stop[1]);
    assert.ok(await page.locator(".tip").isVisible());
    await page.mouse.click(svg.x + stop[0], svg.y + stop[1]);
    assert.ok(await page.locator(".card").isVisible());
    assert.ok(await page.locator(".card table tbody tr").count() === 5);
  });

  test("variables and views change legend and address", async () => {
    await page.getByRole("button", { name: "Abatement" }).click();
    assert.match(page.url(), /show=abatement-/);
    const abatement = await page.locator(".legend").innerText();
    await page.getByRole("button", { name: "Chance of commitment" }).click();
    assert.notEqual(await page.locator(".legend").innerText(), abatement);
    if (data.scenario.ref !== null) {
      await page.getByRole("button", { name: "Difference" }).click();
      assert.match(page.url(), /show=commitment-difference/);
      assert.match(await page.locator(".legend").innerText(), /points/);
      await picture(page, "difference", { fullPage: false });
    }
  });

  test("an address is read back", async () => {
    const id = data.places.id[0];
    const year = data.years[0] + 3;
    const other = await open(browser, file, { hash: `#year=${year}&place=${encodeURIComponent(id)}&show=abatement-scenario` });
    assert.equal(await year_of(other.page), year);
    assert.ok((await other.page.locator(".card h3").innerText()).startsWith(data.places.name[0]));
    assert.equal(await other.page.getByRole("button", { name: "Abatement" }).getAttribute("aria-pressed"), "true");
    await other.close();
  });

  test("focus can be seen", async () => {
    await page.locator("a.brand").focus();
    await page.keyboard.press("Tab");
    const outline = await page.evaluate(() => { const s = getComputedStyle(document.activeElement); return [s.outlineStyle, s.outlineWidth, s.outlineColor]; });
    assert.deepEqual(outline, ["solid", "3px", "rgb(15, 68, 103)"]);
  });
});

describe("states", () => {
  const see = async (path, look, options = {}) => {
    const opened = await open(browser, path, options);
    try {
      assert.deepEqual(opened.seen.requests, []);
      await look(opened.page, opened.seen);
    } finally {
      await opened.close();
    }
  };

  test("damaged results by place: the map says so, the rest stays", async () => {
    const path = variant("damaged.html", (r) => { r.crc["cells.commit"] = "00000000"; });
    await see(path, async (page) => {
      assert.match(await page.locator("#map .box.error").innerText(), /Part of this file is damaged[\s\S]*checksum[\s\S]*domino verify/);
      assert.ok(await page.locator("#app h1").isVisible());
      if (data.targets.length > 0) assert.ok(await page.locator("#targets .multiple").count() > 0);
      await picture(page, "damaged");
    });
  });

  test("damaged causes: the card says so, the map stays", async () => {
    const path = variant("causes.html", (r) => { r.causes = r.causes.slice(0, 20); });
    await see(path, async (page) => {
      assert.ok(await page.locator(".map canvas").isVisible());
      assert.match(await page.locator(".card").innerText(), /causes of commitments/);
    }, { hash: `#place=${encodeURIComponent(data.places.id[0])}` });
  });

  test("sections of the wrong shape do not take the others with them", async () => {
    const path = variant("shape.html", (r) => { r.targets = [null]; r.domino = { byYear: 7 }; });
    await see(path, async (page) => {
      assert.equal(await page.locator(".box.error").count(), 2);
      assert.ok(await page.locator(".map canvas").isVisible());
      assert.ok(await page.locator("#credits").isVisible());
    });
  });

  test("data cut short: the fallback stays, with the reason", async () => {
    const path = variant("cut.html", (r) => JSON.stringify(r).replace(/</g, "\\u003c").slice(0, 5000));
    await see(path, async (page) => {
      assert.match(await page.locator(".box.error").innerText(), /not whole/);
      assert.ok(await page.locator("#fallback h1").isVisible());
    });
  });

  test("without script: headline, figures and tables", async () => {
    await see(file, async (page) => {
      assert.ok(await page.locator("#fallback h1").isVisible());
      assert.ok(await page.locator("#fallback table").first().isVisible());
      const wide = await page.locator("#fallback").boundingBox();
      assert.ok(wide.width <= 400);
      await picture(page, "no-script");
    }, { script: false, width: 400 });
  });

  test("names and texts with markup in them stay text", async () => {
    const path = variant("markup.html", (r) => { r.scenario.name = "</script><img src=x onerror=alert(1)>"; r.meta.finding = "<b>1 < 2</b>"; r.places.name[0] = "<i>x</i>"; });
    await see(path, async (page, seen) => {
      assert.equal(await page.locator("#app h1").innerText().then((t) => t.trim()), "<b>1 < 2</b>");
      assert.equal(await page.locator("#app img").count(), 0);
      assert.deepEqual(seen.errors, []);
    });
  });

  test("without a reference: no difference anywhere", { skip: !SAMPLE && "needs the sample" }, async () => {
    const path = write("alone.html", fill_template(JSON.stringify(make_report({ reference: false }))));
    await see(path, async (page, seen) => {
      assert.deepEqual(seen.errors, []);
      assert.equal(await page.getByRole("button", { name: "Difference" }).count(), 0);
      assert.equal(await page.locator("#changed").count(), 0);
      assert.match(await page.locator("#scenario").innerText(), /no reference/);
      assert.doesNotMatch(await page.locator("#targets").innerText(), / pt\b/);
      await picture(page, "no-reference");
    });
  });

  test("equal results: said in the headline", { skip: !SAMPLE && "needs the sample" }, async () => {
    await see(with_sample("same.html", (r) => { r.scenario.same = true; }), async (page) => {
      assert.match(await page.locator("#app h1").innerText(), /same result,\s+to the last digit/);
      await picture(page, "same");
    });
  });

  test("no agreements, no events, no chains: said, not broken", { skip: !SAMPLE && "needs the sample" }, async () => {
    await see(with_sample("empty.html", (r) => { r.links = []; r.domino = null; r.plan = null; r.ledger = []; r.groups = []; r.benefits = []; r.goals = []; r.past = []; r.inputs = []; r.figures = r.figures.slice(0, 1); r.land = null; }), async (page, seen) => {
      assert.deepEqual(seen.errors, []);
      assert.match(await page.locator("#map").innerText(), /No agreements in this scenario/);
      assert.deepEqual(await page.locator("#app main > section").evaluateAll((all) => all.map((e) => e.id)), ["scenario", "map", "targets"]);
    });
  });

  test("paper: no controls, the map at the chosen year, nothing cut off", async () => {
    await see(file, async (page) => {
      await page.emulateMedia({ media: "print" });
      assert.equal(await page.locator(".controls").isVisible(), false);
      assert.equal(await page.locator(".play").isVisible(), false);
      const pdf = await page.pdf({ preferCSSPageSize: true });
      assert.equal(pdf.subarray(0, 4).toString(), "%PDF");
      const pages = (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length;
      assert.ok(pages >= 3 && pages <= 20, `${pages} pages`);
    });
  });
});
