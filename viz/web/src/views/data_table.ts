/** The table behind a figure: built when opened, and as CSV. */
import { h } from "../dom";

export type Cell = string | number | null;

export interface DataTable {
  /** File name without ending. */
  name: string;
  columns: string[];
  rows: Cell[][];
}

const MAX_ROWS_SHOWN = 250;

/** RFC 4180; a cell that a spreadsheet would run as a formula is kept as text. */
export function to_csv(t: DataTable): string {
  const cell = (value: Cell): string => {
    if (value === null) return "";
    if (typeof value === "number") return String(value);
    const text = /^[=+@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  };
  return [t.columns, ...t.rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

function save(t: DataTable): void {
  const url = URL.createObjectURL(new Blob(["\ufeff", to_csv(t)], { type: "text/csv;charset=utf-8" }));
  const link = h("a", { href: url, download: `${t.name}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

const shown = (value: Cell): string => {
  if (value === null) return "";
  return typeof value === "number" ? String(Number(value.toPrecision(6))).replace("-", "\u2212") : value;
};

function table_element(t: DataTable): HTMLElement {
  const numeric = t.columns.map((_, c) => t.rows.length > 0 && t.rows.every((r) => typeof r[c] !== "string"));
  const kind = (c: number): string | null => (numeric[c] ? "num" : null);
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": `Data: ${t.name}` },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, t.columns.map((name, c) => h("th", { scope: "col", class: kind(c) }, name)))),
      h("tbody", {}, t.rows.slice(0, MAX_ROWS_SHOWN).map((r) => h("tr", {}, r.map((v, c) => h("td", { class: kind(c) }, shown(v)))))),
    ),
  );
}

/** "Show data" with the table and a CSV button. `make` is called when it is opened, so it is of that moment. */
export function show_data(what: string, make: () => DataTable): HTMLElement {
  const body = h("div");
  const details = h("details", { class: "data" }, h("summary", {}, `Show data: ${what}`), body);
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    const t = make();
    const rest = t.rows.length - MAX_ROWS_SHOWN;
    body.replaceChildren(
      h("button", { class: "linklike", type: "button", onclick: () => save(t) }, "Download CSV"),
      table_element(t),
      h("p", { class: "note" }, rest > 0 ? `First ${MAX_ROWS_SHOWN} rows; ${rest} more are in the CSV.` : `${t.rows.length} rows.`),
    );
  });
  return details;
}
