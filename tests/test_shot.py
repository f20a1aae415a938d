"""The shared records: they survive JSON, refuse nonsense, and say so in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import InputError, ShotError, TimelineError
from studio.shot import LAYERS, MOVES, Beat, Edit, Fix, Plan, Shot, Span, Still, Take, Timeline

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
fraction = st.floats(0, 1, allow_nan=False)


@st.composite
def beats(draw: st.DrawFn, seconds: float) -> Beat:
    start = draw(st.floats(0, seconds - 0.01, allow_nan=False))
    end = draw(st.floats(min(start + 0.005, seconds), seconds, exclude_min=True, allow_nan=False))
    layer = draw(st.sampled_from(LAYERS))
    return Beat(
        layer=layer,
        start=start,
        end=end,
        text=draw(text),
        move=draw(st.sampled_from(MOVES)) if layer == "camera" else None,
        level=draw(st.integers(1, 3)),
        origin=draw(st.sampled_from(["prompt", "coach", "user"])),
    )


@st.composite
def shots(draw: st.DrawFn) -> Shot:
    seconds = draw(st.floats(0.5, 15, allow_nan=False))
    timeline = Timeline(seconds=seconds, beats=tuple(draw(st.lists(beats(seconds), max_size=6))))
    still = Still(path=draw(text), digest="0" * 64, width=draw(st.integers(1, 9000)), height=600, name=draw(text))
    return Shot(
        still=still,
        prompt=draw(text),
        timeline=timeline,
        seconds=seconds,
        focus=(draw(fraction), draw(fraction)),
        seed=draw(st.integers(0, 2**32 - 1)),
        fps=draw(st.none() | st.integers(1, 60)),
    )


@settings(deadline=None, max_examples=60)
@given(shots())
def test_a_shot_survives_json(shot: Shot) -> None:
    assert Shot.from_json(shot.to_json()) == shot


@settings(deadline=None, max_examples=30)
@given(shots(), text)
def test_a_take_survives_json(shot: Shot, note: str) -> None:
    plan = Plan(engine="sketch", width=64, height=64, frames=24, fps=24, seconds=1.0, notes=(note,))
    take = Take(
        id="a" * 20, clip=note, shot=shot, plan=plan, created="2026", studio="0", timings={"decode": 0.5}, notes=(note,)
    )
    assert Take.from_json(take.to_json()) == take


@settings(deadline=None, max_examples=60)
@given(shots(), st.floats(0.5, 15))
def test_a_stretched_timeline_keeps_its_beats_inside_the_new_length(shot: Shot, seconds: float) -> None:
    long_enough = [beat for beat in shot.timeline.beats if beat.seconds * seconds / shot.seconds > 0.01]
    timeline = shot.timeline.but(beats=tuple(long_enough)).stretched(seconds)
    # As a bag: times are rounded to milliseconds, and beats that then begin together are ordered by their ends.
    assert sorted(beat.text for beat in timeline.beats) == sorted(beat.text for beat in long_enough)
    assert all(beat.end <= seconds for beat in timeline.beats)


def test_beats_are_ordered_by_layer_and_start() -> None:
    late = Beat(layer="camera", start=2, end=3, move="pan_left")
    early = Beat(layer="camera", start=0, end=1, move="dolly_in")
    steam = Beat(layer="scene", start=0, end=3)
    assert Timeline(seconds=3, beats=(steam, late, early)).beats == (early, late, steam)


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"layer": "camera", "start": 2, "end": 1}, "after its start"),
        ({"layer": "camera", "start": 0, "end": float("nan")}, "finite"),
        ({"layer": "weather", "start": 0, "end": 1}, "camera"),
        ({"layer": "scene", "start": 0, "end": 1, "move": "pan_left"}, "camera layer"),
        ({"layer": "scene", "start": 0, "end": 1, "colour": "red"}, "no such key"),
        ({"layer": "scene", "start": -1, "end": 1}, "greater than or equal to 0"),
    ],
)
def test_a_wrong_beat_is_refused_in_words(values: dict[str, object], word: str) -> None:
    with pytest.raises(TimelineError, match=word):
        Beat.from_dict(values)


@pytest.mark.parametrize("values", [7, {"layer": 5, "start": 0, "end": 1}, {"layer": "scene", "start": "x", "end": 1}])
def test_a_refusal_reads_as_one_sentence(values: object) -> None:
    with pytest.raises(TimelineError, match=r"Expected (?!.*should)(?!.*dictionary)"):
        Beat.from_dict(values)


def test_a_beat_past_the_end_is_refused() -> None:
    with pytest.raises(TimelineError, match="ends at 3 s"):
        Timeline.from_dict({"seconds": 2, "beats": [{"layer": "scene", "start": 0, "end": 3}]})


def test_a_shot_and_its_timeline_have_one_length() -> None:
    still = {"path": "a.png", "digest": "0", "width": 10, "height": 10}
    with pytest.raises(ShotError, match="same length"):
        Shot.from_dict({"still": still, "timeline": {"seconds": 4}, "seconds": 5})


@pytest.mark.parametrize("junk", ["", "{", "[]", "null", '{"still": 1}', '"\\ud800"', "NaN"])
def test_junk_is_no_shot(junk: str) -> None:
    with pytest.raises(InputError):
        Shot.from_json(junk)


def test_a_record_is_frozen_and_a_changed_copy_is_checked() -> None:
    beat = Beat(layer="scene", start=0, end=1)
    with pytest.raises(ValueError, match="frozen"):
        beat.end = 2
    assert beat.but(end=2).end == 2
    with pytest.raises(TimelineError):
        beat.but(end=-1)


@settings(deadline=None)
@given(text, st.data())
def test_a_fix_replaces_just_its_spans(prompt: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(prompt)), min_size=4, max_size=4)))
    edits = (Edit(start=cuts[0], end=cuts[1], replacement="<a>"), Edit(start=cuts[2], end=cuts[3], replacement=""))
    fixed = Fix(title="", safety="safe", edits=edits).apply(prompt)
    assert fixed == prompt[: cuts[0]] + "<a>" + prompt[cuts[1] : cuts[2]] + prompt[cuts[3] :]


@settings(deadline=None)
@given(text, st.data())
def test_a_span_points_at_its_own_words(source: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(source)), st.integers(0, len(source)))))
    span = Span.of(source, start, end)
    assert source[span.start : span.end] == span.text


def test_a_slow_move_is_told_as_slow():
    beat = Beat(layer="camera", move="dolly_in", start=0, end=3, level=1)
    assert Timeline(seconds=3, beats=(beat,)).words == "Dolly in, slowly."
