"""What the README promises works as it stands there."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from workbench import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
SCRIPTS = Path(sys.executable).parent


def commands_of(parser, prefix=""):
    for action in parser._subparsers._group_actions if parser._subparsers else []:
        for name, below in action.choices.items():
            yield from commands_of(below, f"{prefix}{name} ") or ()
            if not below._subparsers:
                yield f"{prefix}{name}"


@pytest.mark.parametrize("command", list(commands_of(cli.parser())))
def test_every_command_stands_in_the_readme(command):
    assert f"`workbench {command}" in README


def test_readme_names_no_command_that_is_not_there():
    promised = set(re.findall(r"^\| `workbench ([a-z]+(?: [a-z]+)?)", README, flags=re.MULTILINE))
    assert promised == set(commands_of(cli.parser()))


def test_pictures_of_the_readme_are_there():
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README)
    assert pictures
    assert all((ROOT / picture).is_file() for picture in pictures)


def test_the_guide_to_own_reports_works(tmp_path):
    (guide,) = re.findall(r"## Your own reports.*?```sh\n(.*?)```", README, flags=re.DOTALL)
    for name in ("seeds", "notebooks", "figures"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for line in guide.strip().splitlines():
        command = line.split("#")[0].replace(".venv/bin/", f"{SCRIPTS}/")
        run = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True, timeout=300)
        assert run.returncode == 0, f"{command}\n{run.stdout}\n{run.stderr}"
    assert (tmp_path / "targets.csv").read_text("utf-8").startswith('"kind","document_id","start"')
    assert list((tmp_path / "my_pages").rglob("02_target_extraction.html"))
    assert (tmp_path / "out.ipynb").is_file()
