"""Web pages (.html): the article, without navigation, share bars, related links and footers."""

from __future__ import annotations

import re
from typing import Any

from workbench.corpus.encodings import decode
from workbench.corpus.formats.extract import Extract, join_paragraphs, names
from workbench.errors import SeedError

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_BLOCKS = frozenset(
    ("div", "p", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article")
)
_HAN = re.compile("[\u4e00-\u9fff]")


def read_html(data: bytes, name: str) -> list[Extract]:
    """Return the article of a web page, found by trafilatura, one line a paragraph.

    Tables that only lay out the page are taken for what they hold. Where trafilatura keeps less
    than half of the characters outside links, its recall is favoured.

    Raises
    ------
    SeedError
        The page has no text.
    """
    import lxml.html
    import trafilatura

    declared = _CHARSET.search(data[:4096])
    page, encoding = _decode(data, name, declared[1].decode("ascii") if declared else "")
    tree = trafilatura.load_html(page)
    if tree is None:
        raise SeedError(f"{name}: expected a web page, found no HTML; save the page again as HTML.")
    _open_layout_tables(tree)
    _drop_besides(tree)
    _break_paragraphs(tree)
    _mark_article(tree)
    page = lxml.html.tostring(tree, encoding="unicode")
    article = _extract(page, favour_recall=False)
    if len(_HAN.findall(article)) < 0.5 * _outside_links(tree):
        article = max(article, _extract(page, favour_recall=True), key=len)
    metadata = trafilatura.extract_metadata(tree)
    found = {key: getattr(metadata, key, None) or "" for key in ("title", "date", "url", "sitename")}
    found["source"] = found.pop("url")
    return [Extract(join_paragraphs([article]), encoding, {k: str(v) for k, v in found.items() if v})]


def _decode(data: bytes, name: str, declared: str) -> tuple[str, str]:
    """Decode a page; single bytes that are damaged become U+FFFD, which `check` finds.

    Unlike a text, a page must not be refused for them: portals cut and join pages byte by byte.
    """
    try:
        return decode(data, name=name, declared=declared)
    except SeedError:
        encoding = "gb18030" if declared.lower().startswith("gb") else "utf-8"
        page = data.decode(encoding, "replace")
        if page.count("\ufffd") > max(5, len(page) // 1000) or "\x00" in page:
            raise
        return page, encoding


def _extract(page: str, *, favour_recall: bool) -> str:
    import trafilatura

    found = trafilatura.extract(
        page,
        include_comments=False,
        include_tables=True,
        include_images=False,
        include_links=False,
        deduplicate=False,
        favor_recall=favour_recall,
    )
    return found or ""


def _open_layout_tables(tree: Any) -> None:
    """Make divisions of the tables that hold paragraphs or long cells: they lay out, they list nothing."""
    for table in list(tree.iter("table")):
        cells = [
            cell
            for cell in table.iter("td")
            if len(cell.text_content()) > 300 or cell.find(".//p") is not None
        ]
        if cells:
            for node in table.iter("table", "tbody", "thead", "tr", "td", "th"):
                node.tag = "div"


def _break_paragraphs(tree: Any) -> None:
    """Make a paragraph of each stretch of text that line breaks part: many portals set no others."""
    from lxml.html import Element

    for node in list(tree.iter("div", "td", "article", "section", "p", "span", "font")):
        if node.find("br") is None:
            continue
        parts = [Element("p")]
        parts[0].text, node.text = node.text, None
        for child in list(node):
            if child.tag == "br":
                parts.append(Element("p"))
                parts[-1].text = child.tail
            elif isinstance(child.tag, str) and child.tag in _BLOCKS:
                parts += [child, Element("p")]
                parts[-1].text, child.tail = child.tail, None
            else:
                parts[-1].append(child)
        node[:] = parts
        node.tag = "div" if node.tag in ("p", "span", "font") else node.tag


def _drop_besides(tree: Any) -> None:
    """Leave out the short parts whose class or id says that they stand beside the article."""
    beside = re.compile(rf"(?:^|[\s_-])(?:{'|'.join(names('page')['beside'])})(?=$|[\s_-])", re.IGNORECASE)
    for node in list(tree.xpath("//body//*[@class or @id]")):
        called = f"{node.get('class', '')} {node.get('id', '')}"
        if beside.search(called) and not _holds(node, names("page")["short"]):
            node.drop_tree()


def _mark_article(tree: Any) -> None:
    """Make the innermost part that holds nearly all Chinese characters an <article>.

    Portals call it zoom, UCAP-CONTENT, TRS_Editor …; unmarked, trafilatura takes paragraphs that
    recur (各位代表！) once only.
    """
    from lxml.html import Element

    body = tree.find(".//body")
    part = body if body is not None else tree
    whole = len(_HAN.findall(part.text_content()))
    inner = part
    while inner is not None:
        part = inner
        inner = next((c for c in part if isinstance(c.tag, str) and _holds(c, 0.8 * whole)), None)
    if part.tag in ("div", "td", "section", "span", "form", "center", "font"):
        part.tag = "article"
    elif part.tag == "body":
        article = Element("article")
        article.text, part.text = part.text, None
        article.extend(list(part))
        part.append(article)


def _holds(node: Any, characters: float) -> bool:
    return len(_HAN.findall(node.text_content())) > characters


def _outside_links(tree: Any) -> int:
    """Return the number of Chinese characters of the page that are no link, script or style."""
    words = tree.xpath("//body//text()[not(ancestor::a or ancestor::script or ancestor::style)]")
    return sum(len(_HAN.findall(word)) for word in words)
