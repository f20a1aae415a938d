"""Near and far as the network draws it: the shipped weights, seeds, steps, and what happens where they are damaged."""

from __future__ import annotations

import hashlib
import json
import shutil

import numpy as np
import pytest
import torch

from studio.engines.engine import Note, Preview, StageStarted, Step
from studio.engines.sketch import hypotheses, memory
from studio.engines.sketch.hypotheses import MODEL, STEPS, draw, levels, load_denoiser
from studio.engines.sketch.pipeline import DepthPipeline
from studio.errors import Cancelled, EngineError
from tests.sketch_shots import SKETCH, frames_of, shot_of, still_of, textured

WEIGHTS = "network/diffusion_pytorch_model.safetensors"


@pytest.fixture
def model(tmp_path, monkeypatch):
    """A copy of the shipped model, which a test may damage."""
    copy = tmp_path / "model"
    shutil.copytree(MODEL, copy)
    monkeypatch.setattr(hypotheses, "MODEL", copy)
    load_denoiser.cache_clear()
    yield copy
    load_denoiser.cache_clear()


def test_the_shipped_weights_are_those_that_were_trained_and_are_small():
    content = (MODEL / WEIGHTS).read_bytes()
    record = json.loads((MODEL / "training.json").read_text(encoding="utf-8"))
    assert hashlib.sha256(content).hexdigest() == record["sha256"]
    assert len(content) < 10_000_000
    assert record["log"][-1]["step"] == record["recipe"]["steps"]


def test_the_same_seed_draws_the_same_bytes_and_other_seeds_other_hypotheses(model):
    still = textured()
    first = [draw(still, seed) for seed in (0, 1, 2)]
    load_denoiser.cache_clear()
    again = [draw(still, seed) for seed in (0, 1, 2)]
    assert [one.tobytes() for one in first] == [one.tobytes() for one in again]
    for one, other in ((0, 1), (1, 2), (0, 2)):
        assert np.abs(first[one] - first[other]).mean() > 0.01
    assert min(one.min() for one in first) >= 0
    assert max(one.max() for one in first) <= 1


@pytest.mark.parametrize("threads", [1, 2])
def test_the_number_of_threads_changes_nothing(threads):
    before = torch.get_num_threads()
    told = draw(textured(), 0).tobytes()
    try:
        torch.set_num_threads(threads)
        assert draw(textured(), 0).tobytes() == told
    finally:
        torch.set_num_threads(before)


def test_the_engine_s_steps_are_the_pipeline_s():
    pipeline = DepthPipeline.from_pretrained(MODEL)
    seen: list = []
    noise = np.random.default_rng(5).standard_normal((1, 1, 32, 48))
    pipeline.scheduler.set_timesteps(sigmas=np.linspace(1, 0, STEPS + 1)[:-1])
    np.testing.assert_allclose(pipeline.scheduler.sigmas, levels(STEPS), atol=1e-6)
    draw(textured(300, 200), 5, lambda done, total, now: seen.append((done, total, now)))
    assert [(done, total) for done, total, _ in seen] == [(n, STEPS) for n in range(1, STEPS + 1)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(torch, "randn", lambda *_, **__: torch.from_numpy(noise).float())
        out = pipeline(textured(300, 200), num_inference_steps=STEPS).disparity[0]
    np.testing.assert_allclose(out, seen[-1][2], atol=2e-3)


def test_the_shipped_model_is_saved_and_read_back_exact(tmp_path):
    pipeline = DepthPipeline.from_pretrained(MODEL)
    pipeline.save_pretrained(tmp_path)
    back = DepthPipeline.from_pretrained(tmp_path)
    for kept, read in zip(pipeline.network.parameters(), back.network.parameters(), strict=True):
        assert torch.equal(kept, read)


@pytest.mark.parametrize("damage", ["missing", "cut", "other", "no record"])
def test_without_its_weights_sketch_says_so_once_and_goes_on_by_rule(model, tmp_path, damage):
    weights = model / WEIGHTS
    if damage == "missing":
        weights.unlink()
    elif damage == "no record":
        (model / "training.json").unlink()
    else:
        content = weights.read_bytes()
        weights.write_bytes(content[: len(content) // 2] if damage == "cut" else content[:-1] + b"\x01")
    with pytest.raises(EngineError):
        draw(textured(), 0)
    heard = []
    shot = shot_of(still_of(textured(seed=31), tmp_path, damage), [("orbit", 0, 1)], seconds=1.0, fps=8)
    assert len(frames_of(shot, heard)) == 8
    notes = [event.text for event in heard if isinstance(event, Note) and "by rule" in event.text]
    assert len(notes) == 1
    assert "network" in notes[0]


@pytest.mark.parametrize(("seed", "steps"), [(0, 1), (7, STEPS)])
def test_the_denoise_stage_tells_its_steps_and_shows_them(tmp_path, seed, steps):
    heard = []
    frames_of(shot_of(still_of(textured(seed=32), tmp_path), seconds=0.5, depth_seed=seed), heard)
    done = [(event.done, event.total) for event in heard if isinstance(event, Step) and event.stage == "denoise"]
    assert done == [(number, steps + 1) for number in range(1, steps + 2)]
    began = next(i for i, e in enumerate(heard) if isinstance(e, StageStarted) and e.stage == "denoise")
    assert sum(isinstance(event, Preview) for event in heard[began : began + 2 * steps + 1]) == steps
    assert (f"guess {seed}" in heard[began].detail) == bool(seed)  # how many steps, its progress tells


def test_a_cancel_between_two_steps_is_heeded_and_the_next_run_is_whole(tmp_path):
    shot = shot_of(still_of(textured(seed=33), tmp_path), seconds=0.5, depth_seed=3)
    heard = []

    def tell(event):
        heard.append(event)
        if isinstance(event, Step) and event.stage == "denoise" and event.done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        list(SKETCH.generate(shot, tell))
    assert heard[-1].done == 2
    assert frames_of(shot)


def test_another_depth_moves_otherwise_and_another_camera_does_not_denoise_again(tmp_path, monkeypatch):
    still = still_of(textured(seed=34), tmp_path)
    shot = shot_of(still, [("truck_right", 0, 1, 3)], seconds=1.0, fps=8)
    first, other = frames_of(shot), frames_of(shot.but(depth_seed=9))
    assert np.array_equal(frames_of(shot)[-1], first[-1])
    assert not np.array_equal(other[-1], first[-1])
    monkeypatch.setattr(memory, "draw", lambda *_: pytest.fail("denoised again"))
    frames_of(shot_of(still, [("orbit", 0, 1)], seconds=1.0, fps=8, seed=4, focus=(0.2, 0.3), depth_seed=9))
