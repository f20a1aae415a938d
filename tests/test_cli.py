"""The command line: what it prints, its exit status, and what it leaves on disk."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from studio.media.clips import probe
from studio.media.provenance import read_take, record_path
from studio.settings import ROOT
from studio.shot import MOVES
from tests.conftest import Answer

Studio = Callable[..., Answer]
RAW = "A beautiful ceramic mug on a wooden table, warm light, cozy scene, premium product shot"
KEYS = {
    "prompt",
    "seconds",
    "engine",
    "findings",
    "camera",
    "actions",
    "timeline",
    "rewrite",
    "engine_prompt",
    "readiness",
}


def test_coach_writes_one_json_object(studio: Studio) -> None:
    answer = studio("coach", RAW, "--json", "--seconds", 4)
    assert answer.status == 0
    review = answer.json
    assert set(review) >= KEYS
    assert review["seconds"] == 4
    assert "appearance-heavy" in {finding["rule"] for finding in review["findings"]}
    for finding in review["findings"]:
        assert set(finding) >= {"rule", "code", "severity", "spans", "boxes", "message", "why", "fixes"}
        assert all(RAW[span["start"] : span["end"]] == span["text"] for span in finding["spans"])


def test_coach_names_camera_moves_by_their_ids(studio: Studio) -> None:
    camera = studio("coach", "The camera pans left, then slowly pushes in.", "--json").json["camera"]
    assert [move["move"] for move in camera] == ["pan_left", "dolly_in"]
    assert all(move["move"] in MOVES for move in camera)


def test_coach_in_words_shows_advice_timeline_and_rewrite(studio: Studio) -> None:
    out = studio("coach", RAW).out
    assert all(word in out for word in ("appearance-heavy", "Timeline", "Rewrite", "Readiness"))


def test_coach_in_words_says_why_words_are_left_out(studio: Studio) -> None:
    out = studio("coach", "A heron takes off, masterpiece, 8k, neon light.").out
    assert "Left out: masterpiece · 8k (praise: " in out and "Left out: neon light (other light: " in out


def test_coach_is_told_of_the_shot_by_options(studio: Studio, picture: Path) -> None:
    told = ("--negative", "blur", "--guidance", 3, "--end-frame", picture, "--control", "audio", "--size", "768x512")
    more = (
        "--first-frame",
        "A bronze statue in fog.",
        "--idea",
        2,
        "--ignore",
        "aggressive-camera",
        "--ignore",
        "MOT001",
    )
    review = studio("coach", "The camera orbits the statue.", *told, *more, "--json").json
    assert not {"aggressive-camera", "no-motion"} & {finding["rule"] for finding in review["findings"]}
    again = studio("coach", "The camera orbits the statue.", *told, "--json").json
    assert "aggressive-camera" in {finding["rule"] for finding in again["findings"]}
    assert again["readiness"] < review["readiness"]


def test_readiness_is_shown_with_its_parts(studio: Studio) -> None:
    out = studio("coach", RAW).out
    assert all(part in out for part in ("motion", "time", "camera", "picture", "words", "engine"))


def test_rules_are_listed_and_each_says_why(studio: Studio) -> None:
    listing = studio("rules").out
    assert "CAM001" in listing and "no-motion" in listing
    assert studio("why", "CAM001").out == studio("rules", "aggressive-camera").out
    assert "Everything that such a move uncovers" in studio("why", "cam001").out
    assert studio("rules", "CAM001", "--json").json[0]["code"] == "CAM001"
    assert studio("rules", "CAM001", "--markdown").out.startswith("# The rules")


def test_coach_reads_standard_input(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("The camera tilts up."))
    assert studio("coach", "-", "--json").json["camera"][0]["move"] == "tilt_up"


def test_a_batch_answers_every_line_with_its_id(studio: Studio, tmp_path: Path) -> None:
    rows = [{"id": "a", "prompt": RAW}, {"id": 7, "prompt": "🌊 Waves roll in.\r\nThe camera holds still."}]
    batch = tmp_path / "prompts.jsonl"
    batch.write_text("\n".join(map(json.dumps, rows)) + "\n\n", encoding="utf-8")
    answer = studio("coach", "--batch", batch)
    reviews = [json.loads(line) for line in answer.out.splitlines()]
    assert (answer.status, [review["id"] for review in reviews]) == (0, ["a", 7])
    assert reviews[1]["prompt"] == rows[1]["prompt"]


def test_a_bad_line_of_a_batch_is_answered_and_the_rest_goes_on(studio: Studio, tmp_path: Path) -> None:
    batch = tmp_path / "prompts.jsonl"
    lines = ["{broken", '{"id": 2}', '{"id": 3, "prompt": "\\ud800 half"}', '{"id": 4, "prompt": "Waves roll in."}']
    batch.write_text("\n".join(lines), encoding="utf-8")
    answer = studio("coach", "--batch", batch)
    rows = [json.loads(line) for line in answer.out.splitlines()]
    assert answer.status == 2
    assert [row["id"] for row in rows] == [1, 2, 3, 4]
    assert ["error" in row for row in rows] == [True, True, False, False]
    assert "\N{REPLACEMENT CHARACTER}" not in rows[0]["error"]


def test_a_line_that_is_not_utf8_is_answered_and_the_rest_goes_on(studio: Studio, tmp_path: Path) -> None:
    batch = tmp_path / "prompts.jsonl"
    batch.write_bytes(b'{"id": 1, "prompt": "caf\xe9"}\n{"id": 2, "prompt": "Waves roll in."}\n')
    answer = studio("coach", "--batch", batch)
    rows = [json.loads(line) for line in answer.out.splitlines()]
    assert (answer.status, ["error" in row for row in rows]) == (2, [True, False])
    assert "Expected text in UTF-8" in rows[0]["error"]


def test_a_batch_is_split_at_line_ends_only_and_survives_absurd_numbers(studio: Studio, tmp_path: Path) -> None:
    batch = tmp_path / "prompts.jsonl"
    lines = ['{"id": 1, "prompt": "Waves roll\u2028in."}', '{"id": %s, "prompt": "a"}' % ("9" * 6000)]
    lines.append('{"id": 3, "prompt": "a", "seconds": %s}' % ("9" * 500))
    batch.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    answer = studio("coach", "--batch", batch)
    rows = [json.loads(line) for line in answer.out.splitlines()]
    assert [(row["id"], "error" in row) for row in rows] == [(1, False), (2, True), (3, True)]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a file that never ends")
def test_endless_input_is_refused(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/zero").open(encoding="utf-8") as endless:
        monkeypatch.setattr(sys, "stdin", endless)
        assert studio("coach", "-").status == 2
    assert studio("coach", "--batch", "/dev/zero").status == 2


@pytest.mark.parametrize("stdin", [io.TextIOWrapper(io.BytesIO(b"caf\xe9"), encoding="utf-8"), None])
def test_standard_input_that_is_no_text_is_refused(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, stdin: io.TextIOWrapper | None
) -> None:
    monkeypatch.setattr(sys, "stdin", stdin)
    answer = studio("coach", "-")
    assert (answer.status, len(answer.err.strip().splitlines())) == (2, 1)


def test_animate_writes_a_clip_with_its_record(studio: Studio, picture: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "clip.mp4"
    target.parent.mkdir()
    answer = studio(
        "animate", picture, "--prompt", "The camera pans left.", "-o", target, "--seconds", 1, "--fps", 12,
        "--size", "240x160", "--seed", 5, "--json",
    )  # fmt: skip
    assert answer.status == 0, answer.err
    facts = probe(target)
    assert (facts.width, facts.height, facts.fps, facts.frames) == (240, 160, 12, 12)
    assert answer.json["path"] == str(target)
    assert set(answer.json["timings"]) >= {"encode", "plan", "condition", "denoise", "decode", "total", "imports"}
    assert read_take(target).shot.prompt == "The camera pans left."
    assert sorted(path.name for path in target.parent.iterdir()) == ["clip.mp4", "take.json"]


def test_no_coach_suggests_nothing(studio: Studio, picture: Path, tmp_path: Path) -> None:
    common = ("animate", picture, "--prompt", "A mug.", "--seconds", 1, "--size", "240x160", "--fps", 8, "--json")
    said = studio(*common, "-o", tmp_path / "a.mp4", "--no-coach").json["shot"]["timeline"]["beats"]
    coached = studio(*common, "-o", tmp_path / "b.mp4").json["shot"]["timeline"]["beats"]
    assert said == []
    assert {beat["origin"] for beat in coached} == {"coach"}


def test_engines_are_listed_with_reason_and_remedy(studio: Studio) -> None:
    listing = studio("engines", "--json").json
    assert listing[0]["id"] == "sketch"
    assert listing[0]["ready"]
    assert all(engine["ready"] or (engine["reason"] and engine["remedy"]) for engine in listing)
    assert "sketch" in studio("engines").out


@pytest.mark.parametrize(
    "arguments",
    [
        ["coach"],
        ["coach", "words", "--batch", "x.jsonl"],
        ["coach", "words", "--engine", "wan_9"],
        ["coach", "words", "--seconds", "0"],
        ["coach", "words", "--seconds", "nan"],
        ["coach", "words", "--seconds", "soon"],
        ["coach", "words", "--still", "gone.png"],
        ["coach", "--batch", "gone.jsonl"],
        ["coach", "x " * 15_000],
        ["coach", "words", "--colour"],
        ["coach", "words", "--control", "wings"],
        ["coach", "words", "--size", "big"],
        ["coach", "words", "--guidance", "nan"],
        ["coach", "words", "--ignore", "no-such-rule"],
        ["coach", "words", "--idea", "-1"],
        ["coach", "words", "--end-frame", "gone.png"],
        ["why", "no-such-rule"],
        ["rules", "no-such-rule"],
        ["paint", "words"],
        ["animate"],
        ["animate", "gone.png", "-o", "x.mp4"],
        ["animate", "PICTURE", "-o", "x.gif"],
        ["animate", "PICTURE", "-o", "x.mp4", "--size", "big"],
        ["animate", "PICTURE", "-o", "x.mp4", "--size", "8x8"],
        ["animate", "PICTURE", "-o", "x.mp4", "--size", "99999x10"],
        ["animate", "PICTURE", "-o", "x.mp4", "--fps", "0"],
        ["animate", "PICTURE", "-o", "x.mp4", "--fps", "1000"],
        ["animate", "PICTURE", "-o", "x.mp4", "--seed", "-1"],
        ["animate", "PICTURE", "-o", "x.mp4", "--seconds", "1e9"],
        ["animate", "PICTURE", "-o", "x.mp4", "--engine", "nothing"],
        ["animate", "PICTURE", "-o", "caf\udce9.mp4"],
        ["animate", "folder.mp4", "-o", "folder.mp4"],
        ["animate", "same.mp4", "-o", "./same.mp4"],
    ],
    ids=lambda arguments: " ".join(arguments)[:40],
)
def test_bad_input_is_one_line_and_status_2(
    studio: Studio, picture: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    folder = picture.parent
    monkeypatch.chdir(folder)
    (folder / "folder.mp4").mkdir()
    (folder / "same.mp4").write_bytes(picture.read_bytes())
    answer = studio(*[str(picture) if word == "PICTURE" else word for word in arguments])
    assert answer.status == 2
    assert len(answer.err.strip().splitlines()) == 1
    assert "Traceback" not in answer.err
    assert {path.name for path in folder.iterdir()} <= {"data", "folder.mp4", "same.mp4", picture.name}
    assert (folder / "same.mp4").read_bytes() == picture.read_bytes()


def test_a_clip_that_cannot_be_written_leaves_nothing(studio: Studio, picture: Path, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file, not a folder")
    answer = studio("animate", picture, "-o", tmp_path / "blocked" / "clip.mp4", "--seconds", 1)
    assert answer.status == 1
    assert len(answer.err.strip().splitlines()) == 1
    assert (tmp_path / "blocked").read_text() == "a file, not a folder"


@pytest.mark.parametrize("name", ["clip.mp4", "walk.mp4"])
def test_a_record_that_cannot_lie_there_leaves_the_old_clip(
    studio: Studio, picture: Path, tmp_path: Path, name: str
) -> None:
    clip = tmp_path / "out" / name
    record_path(clip).mkdir(parents=True)
    clip.write_bytes(b"the old clip")
    answer = studio("animate", picture, "-o", clip, "--seconds", 1, "--fps", 8)
    assert answer.status == 1
    assert record_path(clip).name in answer.err
    assert clip.read_bytes() == b"the old clip"
    assert sorted(clip.parent.iterdir()) == sorted([clip, record_path(clip)])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_in_the_middle_leaves_nothing(picture: Path, tmp_path: Path, number: int, status: int) -> None:
    out, temporary = tmp_path / "out", tmp_path / "temporary"
    out.mkdir()
    temporary.mkdir()
    words = ["animate", picture, "-o", out / "clip.mp4", "--seconds", 15, "--size", "1280x720", "--prompt", "Pan left."]
    places = {"MOTION_FIRST_DATA": str(tmp_path / "data"), "TMPDIR": str(temporary)}
    command = [sys.executable, "-m", "studio", *map(str, words)]
    # As in a terminal: a suite that was started in the background ignores SIGINT, and children inherit that.
    heard = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)} if os.name == "posix" else {}
    env = {**os.environ, **places}
    with subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True, **heard) as work:
        until = time.monotonic() + 60
        while not list(out.iterdir()) and time.monotonic() < until:
            time.sleep(0.05)
        work.send_signal(number)
        complaint = work.communicate(timeout=60)[1]
    assert work.returncode == status
    assert complaint.startswith("motion-first: ") and len(complaint.splitlines()) == 1
    assert [*out.iterdir(), *temporary.iterdir()] == []


def test_an_engine_that_cannot_run_here_says_what_would_help(studio: Studio, picture: Path, tmp_path: Path) -> None:
    answer = studio("animate", picture, "-o", tmp_path / "clip.mp4", "--engine", "wan_2_2_ti2v_5b")
    assert answer.status == 1
    assert "sketch" in answer.err
    assert not (tmp_path / "clip.mp4").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
@pytest.mark.parametrize("redirected", [">/dev/full", ">&-", "2>&-"])
def test_output_that_cannot_be_written_is_no_crash(redirected: str) -> None:
    line = f'"{sys.executable}" -m studio coach "Pan left." --json {redirected}'
    work = subprocess.run(["sh", "-c", line], cwd=ROOT, capture_output=True, text=True, check=False)
    assert work.returncode == (1 if "full" in redirected else 0)
    assert len(work.stderr.splitlines()) == ("full" in redirected)


def test_help_reads_like_a_manual(studio: Studio) -> None:
    out = studio("--help").out
    assert all(word in out for word in ("EXIT STATUS", "ENVIRONMENT", "MOTION_FIRST_DATA", "coach", "animate"))


def test_the_coach_starts_without_loading_the_heavy_rooms() -> None:
    code = (
        "import sys; sys.argv = ['studio', 'coach', 'The camera pans left.', '--json']\n"
        "from studio import cli; cli.run()\n"
        "print([name for name in ('torch', 'diffusers', 'gradio', 'transformers', 'cv2') if sys.modules.get(name)])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    assert out.splitlines()[-1] == "[]"


def test_controls_are_given_by_kind_and_path(studio: Studio, picture: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mp4"
    asked = ("animate", picture, "--prompt", "The mug turns.", "-o", out)
    assert "KIND=PATH" in studio(*asked, "--control", "nonsense").err
    assert "KIND one of" in studio(*asked, "--control", f"smell={picture}").err
    assert "the pose video" in studio(*asked, "--control", f"pose_video={picture}").err
    missing = studio(*asked, "--control", f"reference:mug={tmp_path / 'none.png'}")
    assert missing.status == 2
    assert "none.png" in missing.err
    assert not out.exists()
