// Tables: sort by a column, filter, download what is shown as CSV.
const collator = new Intl.Collator(["zh-Hans-u-co-pinyin", "en"], { numeric: true });

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}
function cellText(cell) {
  return cell.textContent.replace(/\s+/g, " ").trim();
}
function asNumber(text) {
  const plain = text.replace(/[,\s%]/g, "").replace(/^[≥≤≈]?−/, "-").replace(/^[≥≤≈]/, "");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
}
function cellNumber(cell) {
  const stated = cell.querySelector("[data-number]"); // 1.2万亿元 is more than 2,451亿元
  return stated ? Number(stated.dataset.number) : asNumber(cellText(cell));
}
function sortRows(rows, column, direction) {
  const keyed = rows.map((row) => ({ row, text: cellText(row.cells[column]), number: cellNumber(row.cells[column]) }));
  const filled = keyed.filter((entry) => entry.text !== "");
  const numeric = filled.every((entry) => !Number.isNaN(entry.number));
  filled.sort((a, b) => direction * (numeric ? a.number - b.number : collator.compare(a.text, b.text)));
  return [...filled, ...keyed.filter((entry) => entry.text === "")].map((entry) => entry.row); // empty ones last
}
function csvCell(text) {
  // A text that a spreadsheet would take for a formula gets an apostrophe in front, as workbench export does.
  const guarded = /^'*[=+\-@\t\r]/.test(text) && Number.isNaN(asNumber(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
// Where a row's words stand, so that a number in the file leads back to them as the page does.
const PLACE = ["document_id", "start", "end"];
function placeOf(row) {
  const link = row.querySelector("a.passage[href]");
  const match = link && /#p-(\d+)-(\d+)/.exec(link.getAttribute("href"));
  return match ? [link.dataset.document || "", match[1], match[2]] : ["", "", ""];
}
function download(name, lines) {
  const blob = new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" });
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

function equip(frame) {
  const table = frame.querySelector("table");
  const head = table.tHead && table.tHead.rows[table.tHead.rows.length - 1];
  const body = table.tBodies[0];
  if (!head || !body || body.rows.length < 2) return;
  const original = [...body.rows];
  const spanned = body.querySelector("[rowspan], [colspan]") !== null;
  const headings = [...head.cells].map(cellText);
  if (!spanned && original.length > 2) [...head.cells].forEach((cell, column) => makeSortable(cell, column, head, body, original));

  const shown = () => [...body.rows].filter((row) => !row.hidden);
  const count = make("span", { textContent: `${original.length} rows` });
  count.setAttribute("role", "status");
  const tools = make("div", { className: "table-tools" });
  const long = original.length > 8 || frame.dataset.filter;
  if (long) {
    const label = frame.dataset.filter || "Filter";
    const input = make("input", { type: "search", autocomplete: "off", spellcheck: false });
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const row of original) {
        const text = `${row.dataset.search || ""} ${row.textContent}`.toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
      }
      const left = shown().length;
      count.textContent = left === original.length ? `${left} rows` : `${left} of ${original.length} rows`;
    });
    tools.append(make("label", {}, `${label} `, input), count);
  }
  const button = make("button", { type: "button", textContent: "CSV", title: "Download the rows shown as CSV" });
  button.setAttribute("aria-label", `Download as CSV: ${frame.getAttribute("aria-label")}`);
  button.addEventListener("click", () => {
    const placed = body.querySelector("a.passage[data-document][href]") !== null;
    const places = (row) => (placed ? placeOf(row) : []);
    const lines = [[...headings, ...(placed ? PLACE : [])]];
    for (const row of shown()) lines.push([...[...row.cells].map(cellText), ...places(row)]);
    const name = `${document.title} ${frame.getAttribute("aria-label")}`.replace(/[^\p{L}\p{N}]+/gu, "_").slice(0, 80);
    download(`${name}.csv`, lines.map((cells) => cells.map(csvCell).join(",")));
  });
  tools.append(button);
  const line = frame.previousElementSibling;
  if (line && line.classList.contains("table-head")) line.append(tools);
  else frame.before(tools);
}
function makeSortable(cell, column, head, body, original) {
  if (!cellText(cell)) return;
  const button = make("button", { type: "button", className: "sort" });
  button.append(...cell.childNodes);
  cell.append(button);
  button.addEventListener("click", () => {
    const next = { none: "ascending", ascending: "descending", descending: "none" }[cell.ariaSort || "none"];
    for (const other of head.cells) other.removeAttribute("aria-sort");
    if (next !== "none") cell.setAttribute("aria-sort", next);
    body.append(...(next === "none" ? original : sortRows(original, column, next === "ascending" ? 1 : -1)));
  });
}
document.querySelectorAll(".table-frame").forEach(equip);
