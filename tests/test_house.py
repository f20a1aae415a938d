"""The house keeps its shape: imports run one way, heavy rooms load late, modules stay small."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from studio.settings import ROOT

LEVELS = {
    "errors": 0,
    "zero": 0,
    "terms": 0,
    "elements": 0,
    "record": 1,
    "picture": 2,
    "advice": 3,
    "shot": 4,
    "reel": 5,
    "presets": 5,
    "settings": 6,
    "media": 7,
    "examples": 7,
    "shelter": 7,
    "coach": 8,
    "still": 8,
    "engines": 8,
    "apart": 9,
    "jobs": 9,
    "workspace": 10,
    "animatic": 11,
    "asked": 11,
    "backroom": 12,
    "reels": 11,
    "storyboard": 12,
    "reel_queue": 12,
    "console": 12,
    "accepting": 13,
    "choosing": 11,
    "doctor": 11,
    "revise": 11,
    "backstage": 13,
    "batch": 13,
    "commands": 14,
    "reeling": 14,
    "cli": 15,
    "ui": 15,
    "__main__": 16,
}
"""Which level each room stands on; an import goes to a lower level or stays in its own room."""

COACH = {
    "edits": 0,
    "vocabulary": 1,
    "language": 2,
    "cues": 3,
    "telling": 4,
    "timeline": 5,
    "dialects": 6,
    "rule": 7,
    "rules": 8,
    "readiness": 8,
    "review": 9,
    "pages": 10,
    "shot_list": 10,
    "training": 10,
}
"""The same inside the coach: words are read, cues found, told again, laid out in time, said to an engine."""

TELLING = {
    "reasons": 0,
    "accounting": 1,
    "wording": 2,
    "meaning": 3,
    "checks": 4,
    "clauses": 5,
    "captions": 6,
    "mending": 7,
    "kept": 7,
    "rewrite": 8,
    "word_reasons": 9,
    "explaining": 10,
}
"""And inside the telling: words in the making, what they mean, what holds, clauses; a prompt is mended before that."""

MODULES = sorted((ROOT / "studio").rglob("*.py"))


def room(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else ""


def imported(path: Path) -> set[str]:
    """Every module that a file imports, those under TYPE_CHECKING included."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
    return names


def of(path: Path) -> str:
    return path.relative_to(ROOT / "studio").parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", [p for p in MODULES if of(p) != "__init__"], ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_run_one_way(path: Path) -> None:
    home = of(path)
    for name in imported(path):
        if name == "studio" or not name.startswith("studio."):
            continue
        other = room(name)
        if other in LEVELS and other != home:
            assert LEVELS[other] < LEVELS[home], f"{home} imports {name}"


@pytest.mark.parametrize("path", [p for p in MODULES if of(p) == "coach"], ids=lambda p: str(p.relative_to(ROOT)))
def test_the_coach_reads_before_it_tells(path: Path) -> None:
    inside = path.relative_to(ROOT / "studio" / "coach").parts[0].removesuffix(".py")
    for name in imported(path):
        parts = name.split(".")
        if parts[:2] == ["studio", "coach"] and len(parts) > 2 and parts[2] in COACH and parts[2] != inside:
            assert COACH[parts[2]] < COACH[inside], f"{inside} imports {name}"


def test_the_telling_knows_its_words_before_its_clauses() -> None:
    folder = ROOT / "studio" / "coach" / "telling"
    for path in sorted(folder.rglob("*.py")):
        inside = path.relative_to(folder).parts[0].removesuffix(".py")
        for name in imported(path):
            parts = name.split(".")
            if parts[:3] == ["studio", "coach", "telling"] and len(parts) > 3 and parts[3] != inside:
                assert TELLING[parts[3]] < TELLING[inside], f"{inside} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_only_the_page_imports_gradio(path: Path) -> None:
    if of(path) != "ui":
        assert not {name for name in imported(path) if name.split(".")[0] == "gradio"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_and_signatures_stay_small(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 400, "split this module"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and path.name != "cli.py":
            arguments = [*node.args.args, *node.args.kwonlyargs]
            assert len(arguments) <= 8, f"{node.name} takes {len(arguments)} arguments; pass a record"


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("studio.cli", ("torch", "diffusers", "gradio", "transformers", "cv2", "spacy", "sqlalchemy")),
        ("studio.workspace", ("torch", "diffusers", "gradio", "spacy", "cv2", "sqlalchemy")),
        ("studio.coach.review", ("torch", "diffusers", "gradio", "cv2")),
        ("studio.engines.catalogue", ("torch", "diffusers", "gradio", "spacy")),
    ],
)
def test_heavy_imports_happen_where_they_are_used(module: str, absent: tuple[str, ...]) -> None:
    code = f"import sys, {module}; print([name for name in {absent!r} if sys.modules.get(name)])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert out.stdout.strip() == "[]"
