// Code: shown or hidden all at once.
const codeButton = document.getElementById("toggle-code");
codeButton.addEventListener("click", () => {
  const show = codeButton.getAttribute("aria-pressed") !== "true";
  for (const block of document.querySelectorAll("details.code")) block.open = show;
  document.body.classList.toggle("codes", show); // a phone shows none of them until then
  codeButton.setAttribute("aria-pressed", String(show));
  codeButton.textContent = show ? "Hide code" : "Show code";
});

// Contents: folded where they would push the text off the screen.
if (matchMedia("(max-width: 48rem)").matches) document.querySelector(".contents details").open = false;

// Passages: a link #p-START-END opens the text of the report beside the page and marks text[START:END];
// #p-START-END,START-END,… marks several, for a number that counts them. Offsets count code points; strings here are UTF-16, so each piece of text is counted by iterating.
const source = document.getElementById("source-text");
const paragraphs = [...source.querySelectorAll("p[data-start]")];
const starts = paragraphs.map((paragraph) => Number(paragraph.dataset.start));
const closeButton = document.getElementById("source-close");
const steps = document.getElementById("source-steps");
const stepCount = steps.querySelector("span");
let origin = null;
let found = []; // the first mark of each place
let at = 0;

function unitsOf(text, points) {
  let units = 0;
  for (const character of text) {
    if (points-- <= 0) break;
    units += character.length;
  }
  return units;
}
function pointsIn(text) {
  let points = 0;
  for (const _ of text) points++;
  return points;
}
function clearMarks() {
  for (const mark of source.querySelectorAll("mark")) {
    const parent = mark.parentNode;
    mark.replaceWith(...mark.childNodes);
    parent.normalize();
  }
  for (const link of document.querySelectorAll("a.passage.current")) link.classList.remove("current");
}
function markWithin(paragraph, at, start, end) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (const node of nodes) {
    const length = pointsIn(node.data);
    const low = Math.max(start - at, 0), high = Math.min(end - at, length);
    at += length;
    if (low >= high) continue;
    const range = document.createRange();
    range.setStart(node, unitsOf(node.data, low));
    range.setEnd(node, unitsOf(node.data, high));
    range.surroundContents(document.createElement("mark"));
  }
}
function markPassage(start, end) {
  let index = starts.findLastIndex((at) => at <= start);
  const before = new Set(source.querySelectorAll("mark"));
  for (index = Math.max(index, 0); index < starts.length && starts[index] < end; index++) {
    markWithin(paragraphs[index], starts[index], start, end);
  }
  return [...source.querySelectorAll("mark")].find((mark) => !before.has(mark));
}
function showStep(step) {
  at = (step + found.length) % found.length;
  for (const mark of source.querySelectorAll("mark.current")) mark.classList.remove("current");
  const mark = found[at];
  mark.classList.toggle("current", found.length > 1);
  mark.tabIndex = -1;
  mark.scrollIntoView({ block: "center", behavior: "instant" });
  stepCount.textContent = `${at + 1} / ${found.length}`;
  return mark;
}
function openPassage(places) {
  source.querySelector("details").open = true;
  clearMarks();
  found = places.map(([start, end]) => markPassage(start, end)).filter(Boolean);
  if (!found.length) return closePassage();
  source.classList.add("panel");
  document.body.classList.add("reading");
  closeButton.hidden = false;
  steps.hidden = found.length < 2;
  showStep(0).focus({ preventScroll: true });
  if (origin) {
    origin.classList.add("current");
    origin.scrollIntoView({ block: "nearest", behavior: "instant" });
  }
}
function closePassage() {
  if (!source.classList.contains("panel")) return;
  clearMarks();
  source.classList.remove("panel");
  document.body.classList.remove("reading");
  source.querySelector("details").open = false;
  closeButton.hidden = true;
  steps.hidden = true;
  if (origin) origin.focus();
  origin = null;
}
function follow() {
  const match = /^#p-(\d+-\d+(?:,\d+-\d+)*)$/.exec(location.hash);
  if (match) openPassage(match[1].split(",").map((place) => place.split("-").map(Number)));
  else closePassage();
}
function leave() {
  if (/^#p-/.test(location.hash)) history.pushState(null, "", location.href.split("#")[0]);
  closePassage();
}
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#p-"]');
  if (!link) return;
  origin = link;
  if (link.getAttribute("href") === location.hash) follow(); // no hashchange then
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape") leave(); });
closeButton.addEventListener("click", leave);
const [previous, next] = steps.querySelectorAll("button");
previous.addEventListener("click", () => showStep(at - 1));
next.addEventListener("click", () => showStep(at + 1));

// Figures: one that is wider than the screen scrolls, by keyboard too.
function reachFigures() {
  for (const frame of document.querySelectorAll(".picture-frame")) {
    const scrolls = frame.scrollWidth > frame.clientWidth;
    for (const [name, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", "Figure, scrolls sideways"]]) {
      if (scrolls) frame.setAttribute(name, value);
      else frame.removeAttribute(name);
    }
  }
}
addEventListener("resize", reachFigures);
addEventListener("load", reachFigures);

// Figures: their marks are one stop of the keyboard; arrow keys go from mark to mark.
for (const group of document.querySelectorAll(".marks")) {
  const marks = [...group.querySelectorAll("a[href]")];
  marks.forEach((mark, index) => (mark.tabIndex = index ? -1 : 0));
  group.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const index = marks.indexOf(document.activeElement);
    if (!step || index < 0) return;
    event.preventDefault();
    marks[index].tabIndex = -1;
    const other = marks[(index + step + marks.length) % marks.length];
    other.tabIndex = 0;
    other.focus();
  });
}

// Methods: a paragraph to be quoted, copied with one button.
for (const quoted of document.querySelectorAll(".wb-quote")) {
  const button = make("button", { type: "button", textContent: "Copy" });
  quoted.querySelector(".wb-quote-head").append(button);
  button.addEventListener("click", async () => {
    const text = quoted.querySelector("blockquote");
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch {
      getSelection().selectAllChildren(text); // a browser that keeps files from its clipboard
      document.execCommand("copy");
    }
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
}
addEventListener("hashchange", follow);
addEventListener("popstate", follow);
follow();
