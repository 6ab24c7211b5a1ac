// Code: shown or hidden all at once.
const codeButton = document.getElementById("toggle-code");
codeButton.addEventListener("click", () => {
  const show = codeButton.getAttribute("aria-pressed") !== "true";
  for (const block of document.querySelectorAll("details.code")) block.open = show;
  codeButton.setAttribute("aria-pressed", String(show));
  codeButton.textContent = show ? "Hide code" : "Show code";
});

// Contents: folded where they would push the text off the screen.
if (matchMedia("(max-width: 48rem)").matches) document.querySelector(".contents details").open = false;

// Passages: a link #p-START-END opens the text of the report beside the page and marks text[START:END].
// Offsets count code points; strings here are UTF-16, so each piece of text is counted by iterating.
const source = document.getElementById("source-text");
const paragraphs = [...source.querySelectorAll("p[data-start]")];
const starts = paragraphs.map((paragraph) => Number(paragraph.dataset.start));
const closeButton = document.getElementById("source-close");
let origin = null;

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
  clearMarks();
  let index = starts.findLastIndex((at) => at <= start);
  for (index = Math.max(index, 0); index < starts.length && starts[index] < end; index++) {
    markWithin(paragraphs[index], starts[index], start, end);
  }
  return source.querySelector("mark");
}
function openPassage(start, end) {
  source.querySelector("details").open = true;
  const mark = markPassage(start, end);
  if (!mark) return closePassage();
  source.classList.add("panel");
  document.body.classList.add("reading");
  closeButton.hidden = false;
  mark.tabIndex = -1;
  mark.focus({ preventScroll: true });
  mark.scrollIntoView({ block: "center", behavior: "instant" });
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
  if (origin) origin.focus();
  origin = null;
}
function follow() {
  const match = /^#p-(\d+)-(\d+)$/.exec(location.hash);
  if (match) openPassage(Number(match[1]), Number(match[2]));
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
addEventListener("hashchange", follow);
addEventListener("popstate", follow);
follow();
