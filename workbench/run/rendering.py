"""Make one self-contained HTML page of a notebook that was run."""

from __future__ import annotations

import base64
import functools
import hashlib
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from workbench.run.formulae import draw_formulae
from workbench.run.passages import Passages
from workbench.run.records import Run

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from nbconvert import HTMLExporter
    from nbformat import NotebookNode

TEMPLATES = Path(__file__).resolve().parents[1] / "display" / "template"
SCRIPTS = {"page": ("theme.js", "tables.js", "page.js"), "overview": ("theme.js", "tables.js")}
SHOWN_TYPES = ("text/html", "text/markdown", "image/svg+xml", "image/png", "image/jpeg", "text/plain")
"""Types of output that are shown, the first that an output has; widgets and scripts are not."""
Link = Callable[[str], str | None]
REMOVED_TAGS = ("remove-cell", "parameters", "papermill-error-cell-tag")
SETTING_TAGS = {"parameters", "injected-parameters"}
FORBIDDEN = ("script", "iframe", "object", "embed", "base", "link", "meta", "form")


def render_page(run: Run, *, error: str, passages: Passages, siblings: Mapping[str, str], link: Link) -> str:
    """Render the notebook at ``run.executed`` as HTML that asks no host for anything.

    Parameters
    ----------
    run : Run
        It was run; its executed notebook exists.
    error : str
        Why the notebook did not run to its end; empty if it did.
    passages : Passages
        Text of the document, for links into it.
    siblings : mapping
        Name -> title of the notebooks of the same document, this one among them.
    link : callable
        document_id -> address of another document's page of the same notebook, None without one.
    """
    from bs4 import BeautifulSoup

    body, _ = _exporters.html.from_notebook_node(_read(run))
    soup = BeautifulSoup(body, "html.parser")
    _disarm(soup)
    _name_region(soup, f"{run.region} {run.year or ''}".strip())
    draw_formulae(soup)
    _frame_tables(soup)
    _link_passages(soup, run.document_id, link)
    return render_template(
        "page",
        title=siblings.get(run.name, run.name),
        region=run.region,
        year=run.year,
        siblings=[
            {"title": title, "href": quote(f"{name}.html"), "current": name == run.name}
            for name, title in siblings.items()
        ],
        relatives=run.relatives.linked(link),
        headings=_headings(soup),
        error=error,
        has_traceback=soup.find(id="error") is not None,
        body=Markup(soup),
        passages=passages,
    )


def render_template(name: str, **values: Any) -> str:
    """Fill ``NAME.html.j2`` with `values`, its stylesheet and its script; the policy names the script.

    The script is allowed by its hash, so that no other runs, even if a report's text held one.
    """
    environment = _environment()
    script = "\n".join((TEMPLATES / part).read_text(encoding="utf-8") for part in SCRIPTS[name])
    css = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    hashed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'sha256-{hashed}'; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return environment.get_template(f"{name}.html.j2").render(
        **values, script=Markup(script), css=Markup(css), policy=policy
    )


def notebook_title(path: Path) -> str:
    """Return the first heading of a notebook; its name if it has none."""
    import nbformat

    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            for line in cell.source.splitlines():
                if line.startswith("#"):
                    return str(line.lstrip("#").strip())
    return path.stem


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )


class _Exporters(threading.local):
    """An exporter for each thread: it keeps its compiled template, and cannot be shared."""

    @functools.cached_property
    def html(self) -> HTMLExporter:
        from nbconvert import HTMLExporter
        from traitlets.config import Config

        config = Config()
        config.NbConvertBase.display_data_priority = list(SHOWN_TYPES)
        config.TagRemovePreprocessor.enabled = True
        config.TagRemovePreprocessor.remove_cell_tags = set(REMOVED_TAGS)
        config.TagRemovePreprocessor.remove_input_tags = {"remove-input"}
        return HTMLExporter(
            config=config,
            template_name=TEMPLATES.name,
            extra_template_basedirs=[str(TEMPLATES.parent)],
            embed_images=True,
            exclude_anchor_links=True,
        )


_exporters = _Exporters()


def _read(run: Run) -> NotebookNode:
    import nbformat

    notebook = nbformat.read(run.executed, as_version=4)
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            # papermill writes Chinese as escapes
            cell.source = "\n".join(f"{name} = {value!r}" for name, value in run.parameters.items())
    notebook.cells = _results_first(notebook.cells)
    return notebook


def _results_first(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Move the parameters, with the prose before them, to the end: a reader comes for results."""
    tagged = [bool(SETTING_TAGS & set(cell.metadata.get("tags", []))) for cell in cells]
    if True not in tagged:
        return cells
    first, last = tagged.index(True), len(tagged) - 1 - tagged[::-1].index(True)
    if first and cells[first - 1].cell_type == "markdown" and first > 1:
        first -= 1
    return [*cells[:first], *cells[last + 1 :], *cells[first : last + 1]]


def _disarm(soup: BeautifulSoup) -> None:
    """Take out what could act: outputs quote texts that nobody here has written."""
    for tag in soup.find_all(FORBIDDEN):
        tag.decompose()
    for tag in soup.find_all(True):
        for name in [n for n in tag.attrs if n.lower().startswith("on")]:
            del tag.attrs[name]
        address = str(tag.attrs.get("href", "")).strip().lower()
        if address.startswith(("javascript:", "data:")) and not address.startswith("data:text/csv;"):
            del tag.attrs["href"]
        if "src" in tag.attrs and not str(tag.attrs["src"]).startswith("data:image/"):
            del tag.attrs["src"]


def _name_region(soup: BeautifulSoup, report: str) -> None:
    """Say in the title whose report the page is about; the notebook says only what it asks."""
    title = soup.find("h1")
    if title is not None:
        name = soup.new_tag("span", attrs={"class": "of", "lang": "zh-Hans"})
        name.string = report
        title.insert(0, name)


def _frame_tables(soup: BeautifulSoup) -> None:
    """Put each table into a frame that scrolls on a narrow screen and can be reached by keyboard.

    The caption moves out of what scrolls, to a line that also has room for the table's tools.
    """
    for number, table in enumerate(soup.find_all("table"), 1):
        caption = table.find("caption")
        label = caption.get_text(" ", strip=True) if caption else f"Table {number}"
        head = soup.new_tag("div", attrs={"class": "table-head"})
        if caption:
            title = soup.new_tag("p", attrs={"class": "table-title", "aria-hidden": "true"})
            title.string = label
            head.append(title)
            caption["class"] = "for-readers"
        frame = soup.new_tag("div", attrs={"class": "table-frame", "role": "region", "tabindex": "0"})
        frame["aria-label"] = label
        table.wrap(frame)
        frame.insert_before(head)


def _link_passages(soup: BeautifulSoup, document_id: str, link: Link) -> None:
    """Let links to passages of other documents lead to the pages that hold their texts."""
    for anchor in soup.select("a.passage[data-document]"):
        other = str(anchor["data-document"])
        if other == document_id:
            continue
        page = link(other)
        if page is None:
            _lead_nowhere(anchor)
        else:
            anchor["href"] = f"{page}{anchor['href']}"


def _lead_nowhere(anchor: Tag) -> None:
    """Make text of a link without a page; its place is still saved, a mark still tells its number."""
    anchor.name = "span"
    anchor["data-place"] = anchor.attrs.pop("href")
    anchor.attrs.pop("aria-label", None)


def _headings(soup: BeautifulSoup) -> list[dict[str, Any]]:
    """List the headings below the title, giving each an anchor of its own."""
    headings, taken = [], {"main", "source-text", "source-title", "error", "toggle-code", "toggle-theme"}
    for tag in soup.find_all(["h2", "h3"]):
        text = tag.get_text(" ", strip=True)
        anchor = base = "s-" + "-".join(text.split())
        count = 2
        while anchor in taken:
            anchor, count = f"{base}-{count}", count + 1
        taken.add(anchor)
        tag["id"] = anchor
        headings.append({"level": int(tag.name[1]), "text": text, "anchor": anchor})
    return headings
