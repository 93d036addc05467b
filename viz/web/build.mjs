// Bundles src/ into dist/report.* and dist/comparison.* (js, css); with --tests, tests/ into dist/tests/.
import { build } from "esbuild";
import { readFileSync, readdirSync, rmSync } from "node:fs";

const shared = { bundle: true, logLevel: "warning", target: ["es2021"], legalComments: "none", charset: "utf8" };

if (process.argv.includes("--tests")) {
  rmSync("dist/tests", { recursive: true, force: true });
  await build({
    ...shared,
    entryPoints: readdirSync("tests").filter((f) => f.endsWith(".test.ts")).map((f) => `tests/${f}`),
    outdir: "dist/tests",
    outExtension: { ".js": ".mjs" },
    platform: "node",
    format: "esm",
  });
} else {
  await build({ ...shared, entryPoints: { report: "src/main.ts", comparison: "src/comparison.ts" }, outdir: "dist", minify: true, format: "iife" });
  await build({ ...shared, entryPoints: { report: "src/style/report.css", comparison: "src/style/comparison.css" }, outdir: "dist", minify: true });
  // The program writes both between tags of one HTML file: an end tag inside would cut them off.
  for (const [file, tag] of [["dist/report.js", "</script"], ["dist/report.css", "</style"], ["dist/comparison.js", "</script"], ["dist/comparison.css", "</style"]]) {
    const text = readFileSync(file, "utf8");
    if (text.toLowerCase().includes(tag)) throw new Error(`${file} contains ${tag}: it cannot be embedded`);
    if (/@import|url\(\s*["']?https?:/i.test(text)) throw new Error(`${file} loads something from outside`);
    console.log(`${file} ${(text.length / 1024).toFixed(0)} kB`);
  }
}
