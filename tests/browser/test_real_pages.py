"""Pages and index of a real batch: reached by keyboard, printed, and without serious findings of axe-core."""

import shutil
from pathlib import Path

import pytest

from workbench.run.batch import BatchOptions
from workbench.run.reports import Choice, report

pytestmark = pytest.mark.browser

SEEDS = Path(__file__).parents[2] / "seeds"
PAGES = ("01_text_statistics", "02_target_extraction", "03_cross_region_comparison", "04_theme_trends")
HOSTILE = '../../甲"<b>市/..'
SCRIPT = "<script>window.ran=1</script></style><img src=x onerror='window.ran=1'>"
FORMULA = "=HYPERLINK(1)"


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    """A seed and a report that is hostile in its region, title and text, run by all notebooks."""
    folder, out = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("parent") / "out"
    shutil.copy(SEEDS / "六合区_2023.txt", folder)
    (folder / "bad.txt").write_text(
        f"甲市政府工作报告\n各位代表:\n一、2022年工作回顾\n地区生产总值增长5%。{SCRIPT}\n"
        f"二、2023年工作安排\n{FORMULA}地区生产总值增长6%左右。[点](javascript:window.ran=1)\x07推动创新。\n",
        encoding="utf-8",
    )
    title = (SCRIPT + "长" * 500).replace('"', '""')
    region = HOSTILE.replace('"', '""')
    header = "file,region,year,level,title,genre\n"
    rows = (
        f'六合区_2023.txt,六合区,2023,county,,digest\nbad.txt,"{region}",2023,county,"{title}",full report\n'
    )
    (folder / "documents.csv").write_text(header + rows, encoding="utf-8")
    records = report(folder, out, choice=Choice(), options=BatchOptions())
    assert [record.error for record in records] == [""] * 8
    return out


def folder_of(out, hostile):
    found = [path for path in out.iterdir() if path.is_dir() and (path.name == "六合区_2023") != hostile]
    return found[0]


@pytest.fixture(params=["light", "dark"])
def tab(request, browser):
    context = browser.new_context(
        color_scheme=request.param, offline=True, viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(120_000)  # a busy machine is no fault of the page
    tab = context.new_page()
    tab.complaints, asked = [], []
    tab.on("console", lambda m: tab.complaints.append(m.text) if m.type == "error" else None)
    tab.on("pageerror", lambda error: tab.complaints.append(str(error)))
    tab.on("request", lambda request: asked.append(request.url))
    yield tab
    assert tab.complaints == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert tab.evaluate("window.ran") is None
    context.close()


def findings(tab):
    """Return the serious and critical findings of axe-core, as rule and element."""
    core = pytest.importorskip("axe_core_python.sync_playwright").Axe()
    found = core.run(tab)["violations"]
    return [
        (one["id"], node["html"][:120])
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious_on_a_page(tab, batch, name):
    tab.goto((folder_of(batch, hostile=False) / f"{name}.html").as_uri())
    tab.get_by_role("button", name="Show code").click()
    assert findings(tab) == []


def test_axe_finds_a_picture_without_words(tab, batch):
    """The check can fail: else its silence would say nothing."""
    tab.goto((folder_of(batch, hostile=False) / f"{PAGES[1]}.html").as_uri())
    tab.locator(".plot img").first.evaluate("e => e.removeAttribute('alt')")
    assert [rule for rule, _ in findings(tab)] == ["image-alt"]


def test_axe_finds_nothing_serious_on_the_index(tab, batch):
    tab.goto((batch / "index.html").as_uri())
    assert findings(tab) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_report_is_shown_as_text(tab, batch, name):
    tab.goto((folder_of(batch, hostile=True) / f"{name}.html").as_uri())
    assert HOSTILE in tab.locator(".where").inner_text()
    tab.locator("#source-text details").evaluate("e => (e.open = true)")
    assert SCRIPT in tab.locator("#source-text .source").inner_text()
    source = tab.locator("#source-text .source").evaluate("e => e.textContent")
    assert "\x07" in source  # control characters are text as well
    assert "[点](javascript:window.ran=1)" in source
    assert tab.locator("[href^='javascript:']").count() == 0
    assert tab.locator("main script, main [onerror]").count() == 0


def test_a_hostile_region_is_text_on_the_index_and_leads_to_its_page(tab, batch):
    tab.goto((batch / "index.html").as_uri())
    tab.get_by_role("link", name=HOSTILE, exact=True).click()
    assert HOSTILE in tab.locator("h1").inner_text()


def test_no_file_lies_outside_the_output_folder(batch):
    assert [path.name for path in batch.parent.iterdir()] == ["out"]
    assert all(
        path.parent == batch or path.parent.parent == batch or "figures" in path.parts
        for path in batch.rglob("*")
        if path.is_file()
    )


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_small_and_whole(batch, name):
    path = folder_of(batch, hostile=False) / f"{name}.html"
    assert path.stat().st_size < 3_000_000


def test_a_target_is_read_in_its_paragraph_in_two_clicks(tab, batch):
    tab.goto((batch / "index.html").as_uri())
    tab.locator(".index tr", has_text="六合区").locator("a.passage").first.click()
    assert tab.locator("#source-text mark").first.inner_text() == "5.5%"
    paragraph = tab.locator("#source-text p", has=tab.locator("mark")).first.inner_text()
    assert "地区生产总值增长5.5%" in paragraph


def test_bars_of_every_figure_with_places_open_them(tab, batch):
    tab.goto((folder_of(batch, hostile=False) / "01_text_statistics.html").as_uri())
    bar = tab.get_by_role("link", name="创新: 20")
    bar.click()
    assert tab.locator("#source-text mark").all_text_contents() == ["创新"] * 20


@pytest.mark.parametrize("name", [*PAGES, "index"])
def test_the_keyboard_alone_reaches_everything(tab, batch, name):
    """Every link, button and field is reached by Tab, or by arrow keys within a figure."""
    folder = batch if name == "index" else folder_of(batch, hostile=False)
    tab.goto((folder / f"{name}.html").as_uri())
    wanted = tab.evaluate(
        """() => [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")]
          .filter((e) => e.checkVisibility() && !(e.matches(".mark") && e.tabIndex < 0)).length"""
    )
    tab.evaluate("""() => {
      window.reached = new Set();
      addEventListener("focusin", (event) => window.reached.add(event.target));
    }""")
    for _ in range(wanted + 5):
        tab.keyboard.press("Tab")
    assert tab.evaluate("window.reached.size") >= wanted
    for marks in tab.locator(".marks").all()[:3]:
        links = marks.locator("a[href]")
        links.first.focus()
        for _ in range(links.count() - 1):
            tab.keyboard.press("ArrowRight")
        assert links.last.evaluate("e => e === document.activeElement")


def test_nothing_moves_after_the_first_paint(tab, batch):
    tab.goto((folder_of(batch, hostile=False) / "02_target_extraction.html").as_uri())
    moved = tab.evaluate(
        """() => new Promise((done) => {
          let total = 0;
          new PerformanceObserver((list) => { for (const one of list.getEntries()) total += one.value; })
            .observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(total), 500);
        })"""
    )
    assert moved < 0.1


def test_it_prints_as_a4(tab, batch, tmp_path):
    import pdfplumber

    tab.goto((folder_of(batch, hostile=False) / "02_target_extraction.html").as_uri())
    path = tmp_path / "page.pdf"
    tab.pdf(path=path, prefer_css_page_size=True)
    with pdfplumber.open(path) as printed:
        assert (round(printed.pages[0].width), round(printed.pages[0].height)) in {(595, 842), (596, 842)}
        text = "".join(page.extract_text() for page in printed.pages)
    assert "Show code" not in text
    assert "5.5%" in text
