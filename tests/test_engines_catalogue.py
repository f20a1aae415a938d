"""Every engine is listed; one that cannot run here says why and what helps."""

from __future__ import annotations

import subprocess
import sys
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest

from studio.engines.catalogue import Catalogue
from studio.engines.diffusers import engine
from studio.engines.diffusers.memory import Device, find_device
from studio.engines.sketch.engine import Sketch
from studio.errors import EngineError, InputError
from studio.presets import Limits
from studio.settings import ROOT
from tests.sketch_shots import PROFILES


@pytest.fixture(autouse=True)
def large_disk(monkeypatch):
    monkeypatch.setattr(engine, "free_gigabytes", lambda: 500.0)


@pytest.fixture
def catalogue():
    return Catalogue(PROFILES)


def test_every_profile_is_listed_sketch_first(catalogue):
    listed = [profile.id for profile, _ in catalogue.all()]
    assert listed == list(PROFILES)
    assert listed[0] == "sketch"


def test_sketch_is_ready_and_needs_nothing(catalogue):
    assert catalogue.availability("sketch").ready
    assert isinstance(catalogue.get("sketch"), Sketch)


def test_what_cannot_run_here_says_why_and_what_helps(catalogue):
    for profile, state in catalogue.all():
        if not state.ready:
            assert state.reason.endswith(".")
            assert state.remedy.endswith(".")
            if profile.kind == "hosted":
                assert "this release writes prompts for it" in state.reason


def test_engines_are_listed_while_torch_is_still_being_loaded(monkeypatch):
    """The studio loads it behind the page; who opens the list meanwhile is not turned away."""
    half = ModuleType("torch")
    half.__spec__ = ModuleSpec("torch", None)
    half.__spec__._initializing = True  # as Python marks it
    monkeypatch.setitem(sys.modules, "torch", half)
    assert find_device().ram > 0


def test_an_open_engine_is_ready_where_its_weights_fit_and_says_what_is_missing_elsewhere(monkeypatch, tmp_path):
    catalogue = Catalogue(PROFILES, tmp_path)
    for vram, ram, ready in ((0, 8, False), (6, 64, False), (12, 64, True), (140, 128, True)):
        device = Device(kind="cuda", title="a device", vram=vram, ram=ram) if vram else Device(
            kind="cpu", title="processor", ram=ram
        )  # fmt: skip
        monkeypatch.setattr(engine, "find_device", lambda device=device: device)
        state = catalogue.availability("wan_2_2_ti2v_5b")
        assert state.ready == ready
        if not ready:
            assert "GPU" in state.reason
            assert "coach --engine wan_2_2_ti2v_5b" in state.remedy


def test_weights_that_are_not_in_one_place_are_asked_for_by_folder(tmp_path):
    state = Catalogue(PROFILES, tmp_path).availability("framepack_studio")
    assert not state.ready
    assert "MOTION_FIRST_MODELS" in state.remedy
    assert str(tmp_path) not in state.remedy  # visitors of the page read it
    assert "framepack_studio" in state.remedy


def test_getting_an_engine_that_cannot_run_is_an_error_with_its_remedy(catalogue):
    with pytest.raises(EngineError) as caught:
        catalogue.get("kling_3")
    assert "Kling" in str(caught.value)
    assert "python -m studio coach --engine kling_3" in str(caught.value)


def test_hyphens_and_capitals_are_taken_kindly(catalogue):
    assert catalogue.profile(" Wan-2-2-TI2V-5B ").id == "wan_2_2_ti2v_5b"


def test_a_slip_of_the_pen_is_answered_with_the_nearest_name(catalogue):
    with pytest.raises(InputError, match="Did you mean sketch"):
        catalogue.get("skecth")


def test_an_unknown_engine_is_answered_with_all_names(catalogue):
    with pytest.raises(InputError) as caught:
        catalogue.get("x" * 300)
    assert all(name in str(caught.value) for name in PROFILES)


def test_listing_engines_imports_nothing_heavy():
    program = (
        "import sys; from studio.engines.catalogue import Catalogue; from studio.presets import load_profiles;"
        "from studio.settings import Settings;"
        "Catalogue(load_profiles(Settings().presets / 'engines')).all();"
        "print(sorted({'torch', 'diffusers', 'gradio'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_first_take_of_sketch_waits_for_no_library_of_the_store(tmp_path):
    program = (
        "import sys; from studio.workspace import Workspace; from studio.settings import Settings;"
        f"Workspace.open(Settings(data={str(tmp_path)!r})).catalogue.get('sketch');"
        "print(sorted({'sqlalchemy', 'torch'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_limits_say_which_engines_are_offered(monkeypatch):
    monkeypatch.setattr(engine, "find_device", lambda: Device(kind="cuda", title="a device", vram=140, ram=128))
    catalogue = Catalogue(PROFILES, limits=Limits(engines=("ltx_video",)))
    assert catalogue.availability("sketch").ready
    assert catalogue.availability("LTX-Video").ready
    assert catalogue.availability("wan_2_2_ti2v_5b").reason == "This studio does not offer it."
    with pytest.raises(EngineError, match="does not offer"):
        catalogue.get("wan_2_2_ti2v_5b")


def test_where_nothing_is_downloaded_an_engine_needs_its_weights_here(monkeypatch, tmp_path):
    monkeypatch.setattr(engine, "find_device", lambda: Device(kind="cuda", title="a device", vram=140, ram=128))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    models = tmp_path / "models"
    state = Catalogue(PROFILES, models, limits=Limits(downloads=False)).availability("ltx_video")
    assert (state.ready, "downloads none" in state.reason) == (False, True)
    (models / "ltx_video").mkdir(parents=True)
    (models / "ltx_video" / "model_index.json").write_text("{}", encoding="utf-8")
    assert Catalogue(PROFILES, models, limits=Limits(downloads=False)).availability("ltx_video").ready
