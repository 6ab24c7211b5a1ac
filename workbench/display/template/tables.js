// Tables: sort by a column, filter, show all rows, save them as CSV.
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
  const link = row.querySelector(".passage[data-document]");
  const match = link && /#p-(\d+)-(\d+)/.exec(link.dataset.place || link.getAttribute("href"));
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
  let most = Number(table.dataset.first) || Infinity; // rows seen as long as nothing is filtered
  let words = [];
  const found = () => [...body.rows].filter((row) => {
    const text = `${row.dataset.search || ""} ${row.textContent}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const tools = make("div", { className: "table-tools" });
  const count = make("span", {});
  count.setAttribute("role", "status");
  const all = make("button", { type: "button", textContent: `All ${original.length} rows` });
  const refresh = () => {
    const rows = found();
    const seen = new Set(words.length ? rows : rows.slice(0, most));
    for (const row of original) row.hidden = !seen.has(row);
    count.textContent = seen.size === original.length ? `${seen.size} rows` : `${seen.size} of ${original.length} rows`;
    all.hidden = words.length > 0 || most >= original.length;
  };
  if (!spanned && original.length > 2) {
    [...head.cells].forEach((cell, column) => makeSortable(cell, column, head, body, original, refresh));
  }
  if (original.length > 8 || frame.dataset.filter) {
    const input = make("input", { type: "search", autocomplete: "off", spellcheck: false });
    input.addEventListener("input", () => {
      words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      refresh();
    });
    all.addEventListener("click", () => { most = Infinity; refresh(); frame.focus(); });
    tools.append(make("label", {}, `${frame.dataset.filter || "Filter"} `, input), count, all);
  }
  refresh();
  const button = make("button", { type: "button", textContent: "CSV", title: "Save all rows that pass the filter as CSV" });
  button.setAttribute("aria-label", `Download as CSV: ${frame.getAttribute("aria-label")}`);
  button.addEventListener("click", () => {
    const placed = body.querySelector(".passage[data-document]") !== null;
    const places = (row) => (placed ? placeOf(row) : []);
    const lines = [[...headings, ...(placed ? PLACE : [])]];
    for (const row of found()) lines.push([...[...row.cells].map(cellText), ...places(row)]);
    const name = `${document.title} ${frame.getAttribute("aria-label")}`.replace(/[^\p{L}\p{N}]+/gu, "_").slice(0, 80);
    download(`${name}.csv`, lines.map((cells) => cells.map(csvCell).join(",")));
  });
  tools.append(button);
  const line = frame.previousElementSibling;
  if (line && line.classList.contains("table-head")) line.append(tools);
  else frame.before(tools);
}
function makeSortable(cell, column, head, body, original, refresh) {
  if (!cellText(cell)) return;
  const button = make("button", { type: "button", className: "sort" });
  button.append(...cell.childNodes);
  cell.append(button);
  button.addEventListener("click", () => {
    const next = { none: "ascending", ascending: "descending", descending: "none" }[cell.ariaSort || "none"];
    for (const other of head.cells) other.removeAttribute("aria-sort");
    if (next !== "none") cell.setAttribute("aria-sort", next);
    body.append(...(next === "none" ? original : sortRows(original, column, next === "ascending" ? 1 : -1)));
    refresh();
  });
}
document.querySelectorAll(".table-frame").forEach(equip);
