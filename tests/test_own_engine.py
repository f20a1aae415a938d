"""An engine that the studio does not know: one TOML in the user's own folder, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import diffusers
import numpy as np
import pytest
from diffusers import LTX2ImageToVideoPipeline, LTXImageToVideoPipeline

from studio.engines.diffusers.arguments import parameters
from studio.engines.diffusers.calls import CALLS
from studio.engines.engine import Step
from studio.errors import EngineError, PresetError
from studio.media.clips import read_frames
from studio.presets import load_profiles
from studio.settings import ROOT, Settings
from studio.workspace import Workspace
from tests.job_shots import small_shot
from tests.tiny import others, sounding, wan

LTX = """
id = "my_ltx"
title = "My LTX"
kind = "diffusers"
seconds = [0.3, 10.0]
fps = [24]
size_multiple = 32
guidance = 3.0

[frames]
step = 8
remainder = 1
compression = 8

[pipeline]
name = "LTXImageToVideoPipeline"
steps = 2
layout = "packed"

[pipeline.arguments]
max_sequence_length = 16

[size]
compression = 32
"""
LTX_2 = """
id = "my_ltx_2"
title = "My LTX-2"
kind = "diffusers"
seconds = [0.3, 10.0]
fps = [15]
size_multiple = 32
guidance = 1.0

[frames]
step = 8
remainder = 1
compression = 8

[pipeline]
name = "LTX2ImageToVideoPipeline"
steps = 2
layout = "packed"

[pipeline.arguments]
max_sequence_length = 16

[size]
compression = 32
"""


WAN = """
id = "my_wan"
title = "My Wan"
kind = "diffusers"
seconds = [0.3, 5.0]
fps = [24]
size_multiple = 16

[frames]
step = 4
remainder = 1

[pipeline]
name = "WanImageToVideoPipeline"
steps = 2

[pipeline.arguments]
max_sequence_length = 16
"""
"""Wrong in one thing: these weights make sides of multiples of 32, and smaller ones without a word."""

SPARSE = """
id = "my_sparse"
title = "My SparseCtrl"
kind = "diffusers"
seconds = [0.5, 2.0]
fps = [8]
size_multiple = 8
guidance = 7.5

[frames]
compression = 1

[pipeline]
name = "AnimateDiffSparseControlNetPipeline"
steps = 2

[pipeline.names]
still = "conditioning_frames"
"""
"""Its first frame goes by a name that no other pipeline has for it."""


def ltx() -> LTXImageToVideoPipeline:
    return LTXImageToVideoPipeline(**others._ltx_parts())


def ltx_2() -> LTX2ImageToVideoPipeline:
    parts = sounding.ltx_2().components
    return LTX2ImageToVideoPipeline(**{name: part for name, part in parts.items() if name != "audio_scheduler"})


def own(folder: Path, name: str, text: str) -> Settings:
    (folder / "engines").mkdir()
    (folder / "engines" / f"{name}.toml").write_text(text, encoding="utf-8")
    return Settings(data=folder / "data", profiles=folder / "engines", models=folder / "models")


@pytest.mark.parametrize(("name", "text", "build"), [("my_ltx", LTX, ltx), ("my_ltx_2", LTX_2, ltx_2)])
def test_one_file_makes_a_pipeline_of_diffusers_an_engine(
    tmp_path: Path, picture: Path, name: str, text: str, build
) -> None:
    settings = own(tmp_path, name, text)
    known = load_profiles(ROOT / "presets" / "engines").values()
    pipeline = build()
    assert type(pipeline).__name__ not in {one.pipeline.name for one in known if one.pipeline}
    pipeline.save_pretrained(settings.models / name)
    workspace = Workspace.open(settings)
    assert workspace.catalogue.availability(name).ready
    shot = small_shot(workspace, picture, engine=name, width=64, height=64, fps=None)
    plan, events = workspace.plan(shot), []
    take = workspace.animate(shot, events.append)
    frames = np.stack(list(read_frames(Path(take.clip))))
    assert frames.shape == (plan.frames, plan.height, plan.width, 3)
    assert take.plan.but(seconds=plan.seconds) == plan
    assert {"plan", "condition", "denoise", "decode"} <= set(take.timings)
    assert {type(event).__name__ for event in events} >= {"Preview", "Step"}


def test_the_guide_to_own_engines_holds_a_profile_that_is_read_and_every_call(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "engines.md").read_text(encoding="utf-8")
    settings = own(tmp_path, "my_engine", guide.split("```toml")[1].split("```")[0])
    assert "my_engine" in load_profiles(ROOT / "presets" / "engines", settings.profiles)
    told = {name for row in re.findall(r"(?m)^\| (`.*?) \|", guide) for name in re.findall(r"`(\w+)`", row)}
    assert set(CALLS) <= told


WRONG = {
    "a key mistyped": ("guidance = 3.0", "guidence = 3.0", "key guidence.*Did you mean guidance"),
    "one in a table": ("steps = 2", "stepz = 2", r"key pipeline\.stepz.*one of arguments.*Did you mean steps"),
    "one in a table of a table": ("[size]", "[pipeline.staging]\nscales = 2\n[size]", r"staging\.scales.*scale, steps"),
    "a key missing": ('name = "LTXImageToVideoPipeline"\n', "", r"key pipeline\.name\. Expected a value"),
    "a table missing": ("[pipeline]", "[licence]", "key licence"),
    "words for a list": ("fps = [24]", 'fps = "fast"', r"key fps: fast\. Expected a list"),
    "a rate below one": ("fps = [24]", "fps = [-3]", r"key fps: \[-3\]\. Expected one frame rate or more"),
    "no rate": ("fps = [24]", "fps = []", "key fps"),
    "the longest first": ("seconds = [0.3, 10.0]", "seconds = [10.0, 0.3]", r"key seconds: \[10\.0, 0\.3\]"),
    "a kind mistyped": ('kind = "diffusers"', 'kind = "difusers"', "key kind: difusers.*'sketch', 'diffusers'"),
    "a list for an argument": ("max_sequence_length = 16", "sigmas = [1.0]", r"arguments\.sigmas.*integer or .*string"),
    "a control that is not taken": ("steps = 2", 'steps = 2\nneeds = ["audio"]', r"pipeline\.needs: audio.*controls"),
    "a clip before, and no overlap": (
        "guidance = 3.0",
        'guidance = 3.0\ncontrols = ["previous_clip"]',
        r"pipeline\.overlap: 0\. Expected the frames",
    ),
    "no repository": ("steps = 2", 'steps = 2\nhub = "my ltx"', r"pipeline\.hub: my ltx.*text that matches"),
    "half a list": ("fps = [24]", "fps = [24", "Expected TOML"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_with_an_own_profile_is_told_by_file_key_and_value(tmp_path: Path, wrong: str) -> None:
    right, instead, told = WRONG[wrong]
    assert right in LTX
    settings = own(tmp_path, "my_ltx", LTX.replace(right, instead, 1))
    with pytest.raises(PresetError, match=f"(?s)my_ltx.toml.*{told}"):
        load_profiles(ROOT / "presets" / "engines", settings.profiles)


def test_an_open_engine_without_a_pipeline_is_refused(tmp_path: Path) -> None:
    settings = own(tmp_path, "my_ltx", LTX[: LTX.index("[frames]")])
    with pytest.raises(PresetError, match=r"my_ltx.toml.*key pipeline\. Expected a \[pipeline\] table"):
        load_profiles(ROOT / "presets" / "engines", settings.profiles)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("LTXImage2VideoPipeline", "(LTXImageToVideoPipeline is)"), ("LTXVideoTransformer3DModel", "has.")],
)
def test_a_pipeline_that_there_is_none_of_is_listed_with_the_nearest(tmp_path: Path, name: str, nearest: str) -> None:
    settings = own(tmp_path, "my_ltx", LTX.replace("LTXImageToVideoPipeline", name))
    state = Workspace.open(settings).catalogue.availability("my_ltx")
    assert not state.ready
    assert f"pipeline.name is {name}, which is not a pipeline that diffusers" in state.reason
    assert nearest in state.reason


def test_modular_blocks_are_listed_as_what_the_studio_does_not_run(tmp_path: Path) -> None:
    text = LTX.replace("LTXImageToVideoPipeline", "WanImage2VideoModularPipeline")
    state = Workspace.open(own(tmp_path, "my_ltx", text)).catalogue.availability("my_ltx")
    assert not state.ready
    assert "modular blocks, which the studio does not run" in state.reason


def test_every_pipeline_of_diffusers_that_takes_pictures_is_an_engine_or_named_with_the_reason_why_not() -> None:
    guide = (ROOT / "docs" / "engines.md").read_text(encoding="utf-8")
    known = {one.pipeline.name for one in load_profiles(ROOT / "presets" / "engines").values() if one.pipeline}
    unsaid = [name for name in dir(diffusers) if shows_and_films(name) and name not in known and name not in guide]
    assert unsaid == []


def shows_and_films(name: str) -> bool:
    """Whether a pipeline of diffusers is given a picture, or a clip, and gives a clip."""
    if not name.endswith("Pipeline") or name.endswith("ModularPipeline"):
        return False
    taken = parameters(getattr(diffusers, name).__new__(getattr(diffusers, name)))
    counts = {"num_frames", "frames", "video_length", "segment_frame_length", "num_videos_per_prompt"}
    shown = {"image", "cond_image", "ref_image", "conditions", "conditioning_frames", "video", "control_video",
             "reference_conditions", "last_image", "ip_adapter_image"}  # fmt: skip
    return bool(taken & shown and (taken & counts or "video" in taken))


def test_sound_looked_for_in_the_wrong_place_is_told_before_anything_is_denoised(tmp_path: Path, picture: Path) -> None:
    settings = own(tmp_path, "my_ltx", LTX.replace('layout = "packed"', 'layout = "packed"\nsound = "vocoder.rate"'))
    ltx().save_pretrained(settings.models / "my_ltx")
    workspace, events = Workspace.open(settings), []
    shot = small_shot(workspace, picture, engine="my_ltx", width=64, height=64, fps=None)
    with pytest.raises(EngineError, match=r"pipeline\.sound.*my_ltx: vocoder\.rate"):
        workspace.animate(shot, events.append)
    assert "denoise" not in {getattr(event, "stage", "") for event in events}


def test_an_argument_that_the_pipeline_does_not_have_is_left_out_aloud(tmp_path: Path, picture: Path) -> None:
    settings = own(tmp_path, "my_ltx", LTX.replace("max_sequence_length = 16", "max_length = 16"))
    ltx().save_pretrained(settings.models / "my_ltx")
    workspace = Workspace.open(settings)
    shot = small_shot(workspace, picture, engine="my_ltx", width=64, height=64, fps=None)
    take = workspace.animate(shot, lambda _: None)
    assert any("max_length is no argument of LTXImageToVideoPipeline" in note for note in take.notes)


def test_an_own_profile_may_not_pass_for_another_engine(tmp_path: Path) -> None:
    settings = own(tmp_path, "sketch", 'id = "sketch"\ntitle = "Mine"\nkind = "sketch"\n')
    with pytest.raises(PresetError, match="an id that no other engine has"):
        _ = Workspace.open(settings).profiles


def test_a_way_of_calling_that_there_is_none_of_is_named(tmp_path: Path) -> None:
    settings = own(tmp_path, "my_ltx", LTX.replace('layout = "packed"', 'call = "by_ear"'))
    with pytest.raises(PresetError, match=r"by_ear.*ltx_conditions"):
        Workspace.open(settings).catalogue.all()


def test_a_thing_said_that_there_is_none_of_is_named_with_the_nearest(tmp_path: Path) -> None:
    settings = own(tmp_path, "my_sparse", SPARSE.replace("still =", "stil ="))
    with pytest.raises(PresetError, match=r"pipeline\.names.*my_sparse: stil\..*Did you mean still"):
        Workspace.open(settings).catalogue.all()


def test_a_profile_says_what_a_pipeline_calls_the_still(tmp_path: Path, picture: Path) -> None:
    settings = own(tmp_path, "my_sparse", SPARSE)
    others.sparsectrl().save_pretrained(settings.models / "my_sparse")
    workspace = Workspace.open(settings)
    shot = small_shot(workspace, picture, engine="my_sparse", width=64, height=64, fps=None)
    plan, take = workspace.plan(shot), workspace.animate(shot, lambda _: None)
    assert len(list(read_frames(Path(take.clip)))) == plan.frames


def test_a_pipeline_that_has_no_name_for_the_still_says_where_to_give_one(tmp_path: Path, picture: Path) -> None:
    settings = own(tmp_path, "my_sparse", SPARSE.replace('"conditioning_frames"', '"frames_given"'))
    others.sparsectrl().save_pretrained(settings.models / "my_sparse")
    workspace = Workspace.open(settings)
    shot = small_shot(workspace, picture, engine="my_sparse", width=64, height=64, fps=None)
    with pytest.raises(EngineError, match=r"no argument for still.*\[pipeline\.names\]"):
        workspace.animate(shot, lambda _: None)


def test_what_a_profile_says_a_pipeline_has_no_name_for_is_not_told(tmp_path: Path, picture: Path) -> None:
    settings = own(tmp_path, "my_ltx", f'{LTX}\n[pipeline.names]\nsteps = ""\n[pipeline.stepping]\nshift = 2.0\n')
    ltx().save_pretrained(settings.models / "my_ltx")
    workspace, events = Workspace.open(settings), []
    shot = small_shot(workspace, picture, engine="my_ltx", width=64, height=64, fps=None)
    workspace.animate(shot, events.append)
    steps = [event for event in events if isinstance(event, Step) and event.stage == "denoise"]
    assert steps[-1].done == steps[-1].total == 50  # LTX's own number


def test_another_size_than_was_planned_is_told(tmp_path: Path, picture: Path) -> None:
    settings = own(tmp_path, "my_wan", WAN)
    wan.wan_2_2_5b().save_pretrained(settings.models / "my_wan")
    workspace = Workspace.open(settings)
    shot = small_shot(workspace, picture, engine="my_wan", width=80, height=64, fps=None)
    take = workspace.animate(shot, lambda _: None)
    assert any("64 × 64 came out, not the 80 × 64 planned" in note for note in take.notes)


def test_a_scheduler_that_there_is_none_of_is_named_and_the_weights_are_not_blamed(
    tmp_path: Path, picture: Path
) -> None:
    settings = own(tmp_path, "my_ltx", LTX.replace('layout = "packed"', 'layout = "packed"\nscheduler = "Backwards"'))
    ltx().save_pretrained(settings.models / "my_ltx")
    workspace = Workspace.open(settings)
    shot = small_shot(workspace, picture, engine="my_ltx", width=64, height=64, fps=None)
    with pytest.raises(EngineError, match=r"Backwards.*a scheduler that diffusers.*Correct it in the profile"):
        workspace.animate(shot, lambda _: None)


def test_a_profile_settles_the_scheduler(tmp_path: Path, picture: Path) -> None:
    settings = own(tmp_path, "my_ltx", f"{LTX}\n[pipeline.stepping]\nshift = 4.5\n")
    ltx().save_pretrained(settings.models / "my_ltx")
    workspace = Workspace.open(settings)
    shot = small_shot(workspace, picture, engine="my_ltx", width=64, height=64, fps=None)
    workspace.animate(shot, lambda _: None)
    assert workspace.catalogue.get("my_ltx")._loaded.pipeline.scheduler.config.shift == 4.5


def test_a_setting_that_the_scheduler_does_not_have_is_named(tmp_path: Path, picture: Path) -> None:
    settings = own(tmp_path, "my_ltx", f"{LTX}\n[pipeline.stepping]\nshif = 4.5\n")
    ltx().save_pretrained(settings.models / "my_ltx")
    workspace = Workspace.open(settings)
    shot = small_shot(workspace, picture, engine="my_ltx", width=64, height=64, fps=None)
    with pytest.raises(EngineError, match=r"stepping\.shif.*a setting of FlowMatch\w+, as shift"):
        workspace.animate(shot, lambda _: None)


def test_what_a_pipeline_refuses_is_told_with_its_name(tmp_path: Path, picture: Path) -> None:
    settings = own(tmp_path, "my_ltx", LTX.replace("size_multiple = 32", "size_multiple = 16"))
    ltx().save_pretrained(settings.models / "my_ltx")
    workspace = Workspace.open(settings)
    shot = small_shot(workspace, picture, engine="my_ltx", width=80, height=64, fps=None)
    with pytest.raises(EngineError, match=r"LTXImageToVideoPipeline.*my_ltx.*divisible by 32"):
        workspace.animate(shot, lambda _: None)


def test_an_unknown_key_of_an_own_profile_is_named(tmp_path: Path) -> None:
    settings = own(tmp_path, "mine", 'id = "mine"\ntitle = "Mine"\nkind = "diffusers"\nframe_law = 4\n')
    with pytest.raises(PresetError, match="frame_law"):
        _ = Workspace.open(settings).profiles
