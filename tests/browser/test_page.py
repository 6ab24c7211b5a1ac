"""A page in a browser: self-contained, readable, and every quotation leads to its passage."""

import csv
import io
import re
from html import escape
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from workbench.display.reading import Passage, show_table
from workbench.run.passages import Passages
from workbench.run.records import Run
from workbench.run.rendering import render_page

pytestmark = pytest.mark.browser

NASTY = '<script>window.ran=1</script><img src=x onerror="window.ran=1">'
TEXT = (
    f"甲区政府工作报告\r\n导航 首页\n𠮷祥街道增长6%左右,{NASTY}完成。\n\n第二段说增长5.5%以上。\n"
    + "填充。\n" * 200
)
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="


def place(quote):
    start = TEXT.index(quote)
    return start, start + len(quote)


def link(quote, document="甲区_2024"):
    start, end = place(quote)
    return f'<a class="passage" href="#p-{start}-{end}" data-document="{document}">{escape(quote)}</a>'


def table():
    values = ["12,000", "900", "", "−3%", "5.5", "70", "=1+1", "8", "9", "10"]
    rows = "".join(f"<tr><td>{chr(97 + i)}, x</td><td>{value}</td></tr>" for i, value in enumerate(values))
    head = "<thead><tr><th>name</th><th>value</th></tr></thead>"
    return f'<table class="wb"><caption>Values</caption>{head}<tbody>{rows}</tbody></table>'


def numbers():
    rows = "".join(f"<tr><td>{value}</td></tr>" for value in ("12,000", "900", "", "−3%", "5.5"))
    return f'<table class="dataframe"><thead><tr><th>n</th></tr></thead><tbody>{rows}</tbody></table>'


def quotations():
    links = link("6%左右"), link("5.5%以上。"), link(NASTY), link("𠮷祥街道增长"), link("6%", "乙市_2024")
    links += (link("第二段", "丙市_2024"),)
    return "".join(f"<p>{one}</p>" for one in (*links, counted()._repr_html_()))


def counted():
    places = [match.span() for match in re.finditer("增长", TEXT)]
    return Passage("2", "甲区_2024", *places[0], more=tuple(places[1:]))


def marks():
    """Marks of a figure: one with a label that tries to be markup, one of a report without a page."""
    boxes = ([10, 10, 20, 20], [60, 60, 20, 20])
    labels = ("增速 6%", '"><script>window.ran=1</script>')
    parts = zip(("6%左右", "5.5%以上。"), boxes, labels, strict=True)
    return [
        {"href": "#p-{}-{}".format(*place(quote)), "document": "甲区_2024", "label": label, "box": box}
        for quote, box, label in parts
    ] + [{"href": "#p-0-1", "document": "丙市_2024", "label": "丙市 5%", "box": [40, 40, 5, 5]}]


def values():
    """A table whose values are links: the words alone would sort 1.2万亿元 before 900亿元."""
    rows = [("1.2万亿元", 1.2e12), ("≥900亿元", 9e10), ("3亿元", 3e8)]
    cells = [Passage(words, "甲区_2024", *place("6%左右"), number=number) for words, number in rows]
    return show_table(
        pd.DataFrame({"value": pd.Series(cells, dtype=object)}), caption="Amounts"
    )._repr_html_()


def long():
    """A table of 40 rows, 10 of them seen at first; the last ones begin like formulas."""
    words = [f"row {number}" for number in range(36)] + ["=SUM(A1)", "+cmd|1", "-A1", "@SUM(A1)"]
    return show_table(pd.DataFrame({"word": words}), caption="Long", rows=10)._repr_html_()


QUOTED = (
    '<div class="wb-quote"><p class="wb-quote-head">Methods</p><blockquote>We counted.</blockquote></div>'
)


def shown(html):
    return new_output("execute_result", data={"text/html": html, "text/plain": "-"}, execution_count=1)


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    run = Run(Path("01_say.ipynb"), "甲区_2024", "甲区", 2024, {"region": "甲区"}, out, "digest")
    figure = new_output(
        "display_data",
        data={"image/png": PIXEL, "text/plain": "-"},
        metadata={
            "image/png": {"alt": "点的图", "csv": "x,y\n1,2\n", "width": 300, "height": 200, "marks": marks()}
        },
    )
    cells = [
        new_markdown_cell("# 题 Title\n\nA question."),
        new_markdown_cell("## 一 First"),
        new_code_cell("region", outputs=[shown(table()), shown(numbers())]),
        new_markdown_cell("## 二 Second\n\nWith $n$ words, $$\\frac{a}{n}$$ is the share."),
        new_code_cell("1", outputs=[shown(quotations()), figure, shown(NASTY)]),
        new_code_cell("2", outputs=[shown(values()), shown(QUOTED), shown(long())]),
    ]
    run.folder.mkdir()
    nbformat.write(new_notebook(cells=cells), run.executed)
    passages = Passages(run.document_id, TEXT, [place("导航 首页")])
    html = render_page(
        run,
        error="",
        passages=passages,
        siblings={"01_say": "题 Title", "02_other": "Other"},
        link={"乙市_2024": "../other/01_say.html"}.get,
    )
    run.page.write_text(html, encoding="utf-8", newline="")
    return run.page


@pytest.fixture(params=["light", "dark"])
def page(request, browser, page_file):
    """The page from disk, offline; fails the test if the page complained or asked for anything."""
    context = browser.new_context(color_scheme=request.param, offline=True, accept_downloads=True)
    page = context.new_page()
    complaints, asked = [], []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    yield page
    assert complaints == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert page.evaluate("window.ran") is None
    context.close()


def test_contents_lead_to_the_headings(page):
    links = page.locator(".contents a")
    assert links.all_inner_texts() == ["一 First", "二 Second", "Text of the report 原文"]
    links.nth(1).click()
    heading = page.get_by_role("heading", name="二 Second")
    assert heading.evaluate("e => '#' + e.id === decodeURIComponent(location.hash)")


def test_code_is_hidden_until_asked_for(page):
    code = page.locator("details.code pre").first
    assert not code.is_visible()
    page.get_by_role("button", name="Show code").click()
    assert code.is_visible()
    page.get_by_role("button", name="Hide code").click()
    assert not code.is_visible()


@pytest.mark.parametrize("quote", ["6%左右", "5.5%以上。", NASTY, "𠮷祥街道增长"])
def test_a_quotation_leads_to_its_passage_and_back(page, quote):
    anchor = page.locator("a.passage", has_text=quote).first
    anchor.click()
    mark = page.locator("#source-text mark")
    assert "".join(mark.all_text_contents()) == quote
    assert mark.first.is_visible()
    page.keyboard.press("Escape")
    assert mark.count() == 0
    assert anchor.evaluate("e => e === document.activeElement")
    assert page.locator("#source-text p").nth(2).text_content() == TEXT.split("\n")[2]


def test_a_count_leads_to_each_place_in_turn(page):
    page.locator("a.passage", has_text=re.compile("^2$")).click()
    marked = page.locator("#source-text mark")
    assert marked.all_text_contents() == ["增长", "增长"]
    steps = page.locator("#source-steps")
    assert steps.get_by_role("status").inner_text() == "1 / 2"
    steps.get_by_role("button", name="Next passage").press("Enter")
    assert steps.get_by_role("status").inner_text() == "2 / 2"
    assert [one.evaluate("e => e.classList.contains('current')") for one in marked.all()] == [False, True]


def test_a_mark_of_a_figure_opens_its_passage(page):
    page.get_by_role("link", name="增速 6%").click()
    assert page.locator("#source-text mark").all_text_contents() == ["6%左右"]


def test_marks_stand_on_the_picture(page):
    picture, mark = page.locator(".picture img").bounding_box(), page.locator(".mark").first.bounding_box()
    padding = page.locator(".picture img").evaluate("e => parseFloat(getComputedStyle(e).paddingLeft)")
    width = picture["width"] - 2 * padding
    assert mark["x"] == pytest.approx(picture["x"] + padding + 0.1 * width, abs=1)
    assert mark["width"] == pytest.approx(0.2 * width, abs=1)


def test_arrow_keys_go_from_mark_to_mark_and_enter_opens(page):
    first, second = page.locator("a.mark").all()
    assert (first.get_attribute("tabindex"), second.get_attribute("tabindex")) == ("0", "-1")
    first.focus()
    page.keyboard.press("ArrowRight")
    assert second.evaluate("e => e === document.activeElement")
    page.keyboard.press("Enter")
    assert page.locator("#source-text mark").all_text_contents() == ["5.5%以上。"]


def test_formulae_are_drawn_without_a_script(page):
    assert page.locator("math").count() == 2
    fraction = page.locator("math mfrac").bounding_box()
    assert fraction["height"] > page.locator("math").first.bounding_box()["height"]


def test_methods_are_copied_with_one_button(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.locator(".wb-quote").get_by_role("button", name="Copy")
    button.click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "We counted."


def test_links_sort_by_what_they_are_worth_and_take_their_places_along(page):
    frame = page.get_by_role("region", name="Amounts")
    frame.get_by_role("button").click()
    assert frame.locator("tbody td").all_inner_texts() == ["3亿元", "≥900亿元", "1.2万亿元"]
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV: Amounts").click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_bytes().decode("utf-8-sig"))))
    start, end = place("6%左右")
    assert rows[0] == ["value", "document_id", "start", "end"]
    assert rows[1] == ["3亿元", "甲区_2024", str(start), str(end)]


def test_going_back_closes_the_passage(page):
    page.locator("a.passage").first.click()
    assert page.locator("#source-text mark").count() == 1
    page.go_back()
    page.wait_for_function("!document.querySelector('#source-text mark')")


def test_an_address_with_a_passage_opens_it(page, page_file):
    start, end = place("5.5%以上")
    page.goto("about:blank")
    page.goto(f"{page_file.as_uri()}#p-{start}-{end}")
    assert page.locator("#source-text mark").all_text_contents() == ["5.5%以上"]


def test_a_passage_that_is_not_there_opens_nothing(page, page_file):
    page.goto(f"{page_file.as_uri()}#p-999999-1000000")
    assert page.locator("#source-text mark").count() == 0


def test_a_quotation_of_another_report_leads_to_its_page(page):
    start, end = place("6%")
    other = page.locator("a.passage[data-document='乙市_2024']")
    assert other.get_attribute("href") == f"../other/01_say.html#p-{start}-{end}"


def test_a_quotation_of_a_report_without_a_page_is_text_with_its_place(page):
    start, end = place("第二段")
    quoted = page.locator("main .passage[data-document='丙市_2024']", has_text="第二段")
    assert quoted.evaluate("e => e.tagName") == "SPAN"
    assert quoted.get_attribute("data-place") == f"#p-{start}-{end}"
    mark = page.locator("span.mark")
    assert mark.get_attribute("title") == "丙市 5%"
    assert mark.get_attribute("aria-label") is None


def test_noise_is_grey(page):
    assert page.locator("#source-text p .noise").all_text_contents() == ["导航 首页"]


def test_a_column_of_numbers_sorts_by_value_with_empty_ones_last(page):
    heading = page.locator("table.dataframe th")
    values = page.locator("table.dataframe td")
    original = values.all_text_contents()
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    assert values.all_text_contents() == ["−3%", "5.5", "900", "12,000", ""]
    heading.get_by_role("button").press("Enter")
    assert values.all_text_contents() == ["12,000", "900", "5.5", "−3%", ""]
    heading.get_by_role("button").press("Enter")
    assert values.all_text_contents() == original


def test_filter_and_csv_give_the_rows_shown(page):
    page.locator(".table-head", has_text="Values").get_by_label("Filter").fill("x 1")
    assert page.get_by_role("region", name="Values").locator("tbody tr:visible").count() == 3
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV: Values").click()
    content = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(content))) == [
        ["name", "value"],
        ["a, x", "12,000"],
        ["g, x", "'=1+1"],
        ["j, x", "10"],
    ]


def test_a_long_table_shows_filters_and_saves_all_its_rows(page):
    frame = page.get_by_role("region", name=re.compile("^Long"))
    tools = page.locator(".table-head", has_text="Long")
    assert frame.locator("tbody tr:visible").count() == 10
    assert tools.get_by_role("status").inner_text() == "10 of 40 rows"
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV: Long").click()
    saved = list(csv.reader(io.StringIO(Path(download.value.path()).read_bytes().decode("utf-8-sig"))))
    guarded = ["'=SUM(A1)", "'+cmd|1", "'-A1", "'@SUM(A1)"]
    assert [row[0] for row in saved] == ["word", *(f"row {n}" for n in range(36)), *guarded]
    tools.get_by_label("Filter").fill("row 35")
    assert frame.locator("tbody tr:visible").all_inner_texts() == ["row 35"]
    tools.get_by_label("Filter").fill("")
    frame.get_by_role("columnheader").get_by_role("button").click()
    frame.get_by_role("columnheader").get_by_role("button").click()
    assert frame.locator("tbody tr:visible").first.inner_text() == "row 35"  # descending, 10 after 9
    assert frame.locator("tbody tr:visible").count() == 10
    tools.get_by_role("button", name="All 40 rows").press("Enter")
    assert frame.locator("tbody tr:visible").count() == 40
    assert not tools.get_by_role("button", name="All 40 rows").is_visible()


def test_a_figure_keeps_its_letters_on_a_phone_and_scrolls(page):
    page.set_viewport_size({"width": 200, "height": 700})
    frame = page.locator(".picture-frame")
    assert page.locator(".picture").bounding_box()["width"] == pytest.approx(0.8 * 300, abs=1)
    assert frame.evaluate("e => e.scrollWidth > e.clientWidth")
    page.locator(".picture-frame[tabindex='0']").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 200
    page.set_viewport_size({"width": 1280, "height": 700})
    page.locator(".picture-frame:not([tabindex])").wait_for()


def test_a_phone_shows_code_only_when_asked(page):
    page.set_viewport_size({"width": 390, "height": 800})
    assert not page.locator("details.code summary").first.is_visible()
    page.get_by_role("button", name="Show code").click()
    assert page.locator("details.code pre").first.is_visible()


def test_a_figure_has_words_and_its_data(page):
    assert page.get_by_role("img", name="点的图").count() == 1
    with page.expect_download() as download:
        page.get_by_role("link", name="Data of this figure").click()
    assert Path(download.value.path()).read_text("utf-8") == "x,y\n1,2\n"


CONTRAST = """() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const linear = (v) => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b);
  const paper = (element) => {
    for (; element; element = element.parentElement) {
      const colour = parse(getComputedStyle(element).backgroundColor);
      if (colour[3] !== 0) return colour;
    }
    return [255, 255, 255];
  };
  const ratio = (element) => {
    const pair = [light(parse(getComputedStyle(element).color)), light(paper(element))];
    return (Math.max(...pair) + .05) / (Math.min(...pair) + .05);
  };
  return [...document.querySelectorAll("p,a,h1,h2,td,th,summary,button,span,pre,small,mark,label")]
    .filter((element) => element.checkVisibility() && element.textContent.trim() && ratio(element) < 4.5)
    .map((element) => [ratio(element), element.tagName, element.className, element.textContent.slice(0, 20)]);
}"""


def test_text_stands_out_in_both_themes(page):
    page.get_by_role("button", name="Show code").click()
    page.locator("a.passage").first.click()
    assert page.evaluate(CONTRAST) == []
    page.locator("#source-close").click()
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#toggle-theme").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before
    assert page.evaluate(CONTRAST) == []


def test_a_phone_needs_no_sideways_scrolling(page):
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("a.passage").first.click()
    assert page.locator("#source-text mark").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_landmarks_and_the_first_tab_skips_to_the_content(page):
    assert [page.locator(name).count() for name in ("main", "header", "h1")] == [1, 1, 1]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


def test_print_leaves_out_the_tools(page):
    page.emulate_media(media="print")
    for selector in (".tools", ".contents", ".table-tools", "#source-text"):
        assert not page.locator(selector).first.is_visible()
    assert page.locator("table.wb").first.is_visible()
