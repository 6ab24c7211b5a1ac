"""The index in a browser: found by region or year, failures told as text."""

from pathlib import Path

import pytest

from workbench.pipeline import read_corpus
from workbench.run.overview import write_overview
from workbench.run.records import RunRecord

pytestmark = pytest.mark.browser

SEEDS = Path(__file__).parents[2] / "seeds"
ERROR = "<script>window.ran=1</script><img src=x onerror='window.ran=1'>"


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    corpus = read_corpus(SEEDS)
    records = []
    for row in corpus.documents.itertuples():
        failed = row.region == "南昌市"
        status, error = ("failed", ERROR) if failed else ("ok", "")
        record = RunRecord("01_say", row.document_id, row.region, row.year, status, 1.0, "d", error=error)
        (out / row.document_id).mkdir()
        (out / row.document_id / "01_say.html").write_text("<p id='p-1-2'>page</p>", encoding="utf-8")
        records.append(record)
    write_overview(corpus, records, out)
    return out / "index.html"


@pytest.fixture
def page(browser, index):
    context = browser.new_context(offline=True)
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(index.as_uri())
    yield page
    assert complaints == []
    assert page.evaluate("window.ran") is None
    context.close()


@pytest.mark.parametrize(("words", "regions"), [("江北", 1), ("2023", 2), ("江苏省", 4), ("county 2024", 1)])
def test_search_finds_reports_by_region_year_level_and_province(page, words, regions):
    page.get_by_label("Region, year, level or province").fill(words)
    assert page.locator("table.index tbody tr:visible").count() == regions


def test_each_run_leads_to_its_page(page):
    page.get_by_role("link", name="六合区 2023, 01_say: ok").click()
    assert page.get_by_text("page").is_visible()


def test_a_failure_is_told_with_its_error_as_text(page):
    page.get_by_role("link", name="1 not to their end").click()
    assert page.locator("dl.failures pre").inner_text() == ERROR


def test_a_target_leads_to_its_words(page):
    href = page.locator(".index tr", has_text="六合区").locator("a.passage").first.get_attribute("href")
    assert href.startswith("%E5%85%AD%E5%90%88%E5%8C%BA_2023/01_say.html#p-")


def test_coverage_says_what_each_mark_stands_for(page):
    cells = page.locator("table.grid td[title]")
    assert cells.count() == 5
    assert "2023: doubtful; digest" in page.locator("table.grid td.doubtful").first.get_attribute("title")
    page.get_by_role("link", name="江北新区 2024: present").click()
    assert page.get_by_text("page").is_visible()
