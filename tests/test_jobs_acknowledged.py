"""Nothing is fetched before its terms were shown and accepted; what was accepted is kept, and asked again on change."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.engines.catalogue import Catalogue
from studio.engines.diffusers import engine as diffusers_engine
from studio.engines.diffusers.engine import Diffusers
from studio.engines.diffusers.memory import Device
from studio.errors import TermsError
from studio.jobs.acknowledged import Acknowledged
from studio.jobs.forget import forget
from studio.presets import Profile
from studio.settings import Settings
from studio.shot import Shot
from studio.workspace import Workspace
from tests.job_shots import small_shot
from tests.sketch_shots import PROFILES

ENGINE = "svd_xt"
"""Gated, with a limit of revenue and an attribution."""


@pytest.fixture(autouse=True)
def large_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every engine fits, and a download that is begun is a failure."""
    device = Device(kind="cuda", title="a device", vram=140, ram=256)
    monkeypatch.setattr(diffusers_engine, "find_device", lambda: device)
    monkeypatch.setattr(diffusers_engine, "free_gigabytes", lambda: 500.0)
    monkeypatch.setattr(diffusers_engine, "fetch", lambda *_: pytest.fail("it was fetched"))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.open(Settings(data=tmp_path / "data", models=tmp_path / "models"))


@pytest.fixture
def shot(workspace: Workspace, picture: Path) -> Shot:
    return small_shot(workspace, picture, engine=ENGINE, seconds=2.0, fps=None, width=None, height=None)


def profile(**licence: object) -> Profile:
    found = PROFILES[ENGINE]
    assert found.licence is not None
    return found.but(licence=found.licence.but(**licence))


def test_a_shot_is_planned_but_not_queued_before_its_terms_are_acknowledged(workspace: Workspace, shot: Shot) -> None:
    assert workspace.plan(shot).frames > 0
    with pytest.raises(TermsError, match=r"python -m studio engines svd_xt --accept-terms"):
        workspace.jobs.add(shot)
    assert workspace.jobs.list() == []
    terms = workspace.terms.open(PROFILES[ENGINE])
    assert terms is not None
    workspace.terms.acknowledge(terms)
    assert workspace.jobs.add(shot).state == "queued"
    assert workspace.terms.open(PROFILES[ENGINE]) is None


def test_a_waiting_job_cannot_be_given_an_engine_whose_terms_nobody_acknowledged(
    workspace: Workspace, shot: Shot, picture: Path
) -> None:
    job = workspace.jobs.add(small_shot(workspace, picture))
    with pytest.raises(TermsError):
        workspace.jobs.edit(job.id, shot)


def test_what_was_acknowledged_is_kept_with_its_revision_by_whom_and_when(workspace: Workspace, tmp_path: Path) -> None:
    terms = PROFILES[ENGINE].terms
    assert terms is not None
    workspace.terms.acknowledge(terms, "visitor-1")
    workspace.terms.acknowledge(terms, "visitor-2")
    (kept,) = Workspace.open(workspace.settings).terms.all()
    assert (kept.engine, kept.terms, kept.revision, kept.owner) == (ENGINE, terms.digest, "main", "visitor-1")
    assert kept.at
    forget(workspace.store, tmp_path / "data", "visitor-1")
    assert [one.owner for one in workspace.terms.all()] == [""]


@pytest.mark.parametrize(
    ("changed", "asked"),
    [
        ({"revenue": "US$2M a year"}, True),
        ({"excludes": ("the EU",)}, True),
        ({"attribution": "Made with it"}, True),
        ({"page": "https://example.org/licence"}, False),
    ],
)
def test_terms_are_asked_again_only_when_they_change(
    workspace: Workspace, changed: dict[str, object], asked: bool
) -> None:
    terms = PROFILES[ENGINE].terms
    assert terms is not None
    workspace.terms.acknowledge(terms)
    assert (workspace.terms.open(profile(**changed)) is not None) == asked


def test_weights_that_are_here_ask_for_nothing(workspace: Workspace) -> None:
    folder = workspace.settings.models / ENGINE
    folder.mkdir(parents=True)
    (folder / "model_index.json").write_text("{}", encoding="utf-8")
    assert workspace.terms.open(PROFILES[ENGINE]) is None
    assert workspace.terms.open(PROFILES["sketch"]) is None


def test_an_engine_fetches_nothing_by_itself(workspace: Workspace, shot: Shot) -> None:
    for engine in (
        Diffusers(PROFILES[ENGINE], workspace.settings.models),
        Catalogue(PROFILES, workspace.settings.models).get(ENGINE),
        workspace.catalogue.get(ENGINE),
    ):
        with pytest.raises(TermsError, match="Stable Video Diffusion"):
            list(engine.generate(shot, lambda _: None))


def test_sketch_never_opens_the_store_to_look_for_terms(tmp_path: Path) -> None:
    def store() -> None:
        pytest.fail("the store was opened")

    Acknowledged(store, tmp_path).check(PROFILES["sketch"])  # type: ignore[arg-type]


def test_the_terms_say_licence_territory_revenue_attribution_size_and_gate() -> None:
    words = {name: " ".join(text for _, text in terms.rows) for name, one in PROFILES.items() if (terms := one.terms)}
    for text in (
        "Stability AI Community License",
        "US$1M a year",
        "Powered by Stability AI",
        "GB, once",
        "accept these",
    ):
        assert text in words[ENGINE]
    assert "the EU, the UK, South Korea" in words["hunyuan_i2v"]
    assert "https://huggingface.co/" in PROFILES[ENGINE].terms.page  # type: ignore[union-attr]


def test_the_command_line_shows_the_terms_and_goes_on_only_when_they_are_accepted(studio, picture: Path) -> None:
    asked = ("animate", picture, "--engine", ENGINE, "--seconds", "2", "--prompt", "Waves roll in.", "-o", "out.mp4")
    refused = studio(*asked)
    assert refused.status == 2
    assert "Powered by Stability AI" in refused.err
    assert "--accept-terms" in refused.err
    listed = studio("engines", ENGINE, "--accept-terms")
    assert listed.status == 0
    assert "svd_xt" in listed.out and "wan_2_2" not in listed.out
    again = studio("engines", ENGINE, "--accept-terms")
    assert "US$1M" not in again.err
    assert studio("engines", "--accept-terms").status == 2


def test_an_attribution_goes_into_the_take_and_its_clip(workspace: Workspace, picture: Path, tmp_path: Path) -> None:
    from studio.engines.sketch.engine import Sketch
    from studio.jobs.make import make_take
    from studio.media.provenance import read_take

    sketch = PROFILES["sketch"]
    assert sketch.licence is not None
    engine = Sketch(sketch.but(licence=sketch.licence.but(attribution="Drawn with Sketch")))
    take = make_take(engine, small_shot(workspace, picture), lambda _: None, tmp_path / "out.mp4")
    assert take.attribution == read_take(tmp_path / "out.mp4").attribution == "Drawn with Sketch"
