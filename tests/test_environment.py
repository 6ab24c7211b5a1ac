"""environment.yml, pyproject.toml and the lock tell the same story."""

import re
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def project_requirements():
    listed = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    return {r.name: r.specifier for r in map(Requirement, listed)}


def conda_requirements():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    from_pip = next(item["pip"] for item in listed if isinstance(item, dict))
    plain = [item for item in listed if isinstance(item, str)] + [
        i for i in from_pip if not i.startswith("-")
    ]
    found = {r.name: r.specifier for r in map(Requirement, plain)}
    found.pop("pip")
    return found


def test_conda_users_get_the_same_requirements():
    conda = conda_requirements()
    assert str(conda.pop("python")) == str(
        Requirement(f"python{PROJECT['project']['requires-python']}").specifier
    )
    assert conda == project_requirements()


def test_lock_pins_every_requirement_with_hashes_and_names_no_registry():
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = set(re.findall(r"^([a-z0-9._-]+)==", lock, flags=re.MULTILINE))
    assert {name.lower() for name in project_requirements()} <= pinned
    entries = len(re.findall(r"^[a-z0-9._-]+==", lock, flags=re.MULTILINE))
    assert len(re.findall(r"==[^\n]*\\\n    --hash=sha256:", lock)) == entries
    assert "://" not in lock
    assert not re.search(r"^\s*--(extra-)?index-url|^\s*--find-links", lock, flags=re.MULTILINE)
