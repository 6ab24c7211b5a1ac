"""The explorers in JupyterLab itself, with Debian's Chromium: choose, and see the page follow."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from workbench.run.coding_sheets import read_coding_sheet

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
TOKEN = "explorers"
WAIT = 60_000

REPORTS = {
    "甲市_2023.txt": "甲市政府工作报告\n各位代表:\n一、2022年工作回顾\n地区生产总值增长5%。优化营商环境。\n"
    "二、2023年工作安排\n地区生产总值增长6%左右。城镇新增就业3万人以上。改善生态环境,治理污染。\n",
    "乙市_2023.txt": "乙市政府工作报告\n各位代表:\n一、2022年工作回顾\n地区生产总值增长4%。\n"
    "二、2023年工作安排\n地区生产总值增长5.5%。优化营商环境,新建学校。\n",
}
CELLS = [
    'import workbench as wb\n\nreports = wb.read_corpus("corpus")',
    'wb.explore_concordance(reports, term="环境")',
    "wb.explore_targets(reports)",
    'wb.explore_themes(reports, theme="industry")',
    'wb.explore_pair(reports, region="甲市", other="乙市")',
    "import pandas as pd\n\n"
    'case = {"document_id": "甲市_2023", "sentence": [6, 7], "quote": ["6%", "3万人"], "occurrence": 0}\n'
    'case |= {"field": "bound", "first": ["about", "at_least"], "second": ["exact", ""]}\n'
    "wb.adjudicate(reports, pd.DataFrame(case))",
    "sample = wb.draw_sample(reports.sentences, reports.documents, size=8, seed=1)\n"
    'wb.code_sample(reports, sample, path="mine.csv")',
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    (folder / "corpus").mkdir()
    for name, text in REPORTS.items():
        (folder / "corpus" / name).write_text(text, encoding="utf-8")
    cells = [new_markdown_cell("# Explorers"), *map(new_code_cell, CELLS)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), folder / "explore.ipynb")
    settings = folder / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}', encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def lab(folder):
    """Start JupyterLab on loopback and return its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        "--no-browser",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--allow-root",
        f"--IdentityProvider.token={TOKEN}",
        "--ServerApp.port_retries=0",
        "--expose-app-in-browser",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        f"--LabApp.user_settings_dir={folder / 'settings'}",
        f"--LabApp.workspaces_dir={folder / 'workspaces'}",
        f"--ServerApp.root_dir={folder}",
    ]
    python_path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(folder / "config"), "PYTHONPATH": python_path}
    environment.pop("WORKBENCH_STATIC", None)
    with (folder / "lab.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(f"http://127.0.0.1:{port}/api?token={TOKEN}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def wait_for(address, server, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=1).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError("JupyterLab did not start")


@pytest.fixture(scope="module")
def page(browser, lab):
    """Open the notebook, run all its cells and return the page, with a list of what went wrong."""
    page = browser.new_page(viewport={"width": 1400, "height": 1100})
    page.set_default_timeout(WAIT)
    page.problems, page.strangers = [], []
    page.on("console", lambda m: page.problems.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("request", lambda r: None if is_ours(r.url, lab) else page.strangers.append(r.url))
    page.goto(f"{lab}/lab/tree/explore.ipynb?token={TOKEN}&reset")
    page.get_by_text(re.compile(r"Python 3.*\| Idle")).wait_for()
    page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.locator(".wb-coding").wait_for()
    yield page
    page.close()


def is_ours(address, lab):
    return address.startswith((lab, lab.replace("http", "ws"), "data:", "blob:"))


def explorer(page, number):
    """Return an explorer's place in the page, scrolled into view."""
    found = page.locator(".wb-explorer").nth(number)
    found.scroll_into_view_if_needed()
    return found


def picture(page, name):
    """Save a screenshot for a person to look at, if a folder is named for them."""
    if os.environ.get("WORKBENCH_SCREENSHOTS"):
        page.screenshot(path=Path(os.environ["WORKBENCH_SCREENSHOTS"]) / f"{name}.png")


def test_concordance_follows_a_new_term_and_shows_the_passage(page):
    place = explorer(page, 0)
    place.get_by_text("索引行 Concordance: 3 occurrences").wait_for()
    term = place.get_by_label("词 term")
    term.fill("营商环境")
    term.press("Enter")
    place.get_by_text("索引行 Concordance: 2 occurrences").wait_for()
    assert "term='营商环境'" in place.locator("code").inner_text()
    row = place.get_by_label("原文 passage of row")
    row.fill("2")
    row.press("Enter")
    place.locator("mark", has_text="营商环境").wait_for()
    place.get_by_text("优化营商环境", exact=False).first.wait_for()
    picture(page, "concordance")


def test_targets_follow_a_choice(page):
    place = explorer(page, 1)
    place.get_by_label("约束 bound").select_option(label="左右 about")
    place.get_by_text("陈述 Statements: 1 of").wait_for()
    place.get_by_role("link", name="6%").or_(place.locator("a.passage")).first.wait_for()
    assert "bound='about'" in place.locator("code").inner_text()
    picture(page, "targets")


def test_an_edited_lexicon_shows_its_effect(page):
    place = explorer(page, 2)
    place.get_by_text("The two lists give every sentence the same themes.").wait_for()
    add = place.get_by_label("增词 add to theme")
    add.fill("新建")
    add.press("Enter")
    place.get_by_text("Sentences that gain or lose a theme: 1").wait_for()
    place.get_by_text("得 gained").wait_for()
    picture(page, "lexicon")


def test_a_pair_follows_another_region(page):
    place = explorer(page, 3)
    place.get_by_role("columnheader", name="乙市_2023").first.wait_for()
    picture(page, "pair")
    place.get_by_label("对照地区 other").select_option(label="甲市")
    place.get_by_role("columnheader", name="乙市_2023").first.wait_for(state="detached")


def test_disagreements_are_settled_by_keys_alone(page):
    place = page.locator(".wb-adjudication")
    place.scroll_into_view_if_needed()
    page.get_by_text("0 / 2 decided").wait_for()
    keys = place.get_by_label("按键 keys")
    keys.press("1")
    place.get_by_text("1 / 2 decided").wait_for()
    place.get_by_role("button", name="first (1): at_least").wait_for()
    keys.press("2")
    place.get_by_text("2 / 2 decided").wait_for()
    assert keys.input_value() == ""
    chosen = place.get_by_role("option").all_inner_texts()
    assert [line.split()[-1] for line in chosen] == ["about", "∅"]
    assert place.locator("mark").inner_text() == "3万人"
    picture(page, "adjudication")


def test_a_sample_is_coded_by_keys_alone_and_kept(page, folder):
    """Eight sentences: a statement for each with a number, nothing for the others; no mouse is used."""
    place = page.locator(".wb-coding")
    place.scroll_into_view_if_needed()
    keys = place.get_by_label("按键 keys")
    statements = 0
    for number in range(1, 9):
        sentence = place.locator("mark").inner_text()
        value = re.search(r"[\d.]+(%|万人)", sentence)
        if value is None:
            keys.focus()
            page.keyboard.type("0")
        else:
            statements += 1
            place.get_by_label("原文 quote").focus()
            page.keyboard.type(value[0])
            page.keyboard.press("Tab")
            page.keyboard.type("num")  # the first letters of a code stand for it
            keys.focus()
            page.keyboard.type("a")
            place.get_by_role("listitem").get_by_text(value[0]).wait_for()
            page.keyboard.type("n")
        place.get_by_text(f"已编 {number} / 8 coded").wait_for()
        page.wait_for_timeout(200)  # the next sentence is shown
    picture(page, "coding")
    kept = read_coding_sheet(folder / "mine.csv")
    assert statements > 0
    assert (kept["kind"] == "numeric").sum() == statements
    assert (kept["quote"] == "none").sum() == 8 - statements


def test_a_wrong_quotation_is_told_where_it_was_typed(page):
    place = page.locator(".wb-coding")
    place.get_by_label("原文 quote").fill("九成")
    place.get_by_role("button", name="add (a)").click()
    place.get_by_role("alert").get_by_text("quote: expected words of this sentence").wait_for()
    assert place.get_by_label("原文 quote").input_value() == "九成"


def test_nothing_failed_and_nothing_was_fetched_from_elsewhere(page):
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert page.problems == []
    assert page.strangers == []
