"""A sheet in JSON or in lines is said again in sentences; its times, its sounds and its lines are still there."""

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.coach.telling.mending.sheets import say_lines, say_sheet
from studio.shot import Fix
from tests.coaching import review


def said(edits, text):
    return Fix(title="", safety="safe", edits=edits).apply(text)


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        (
            '{"subject": "a tin boat", "action": "rocks on the pond", "camera": "slow push in"}',
            "Subject: a tin boat. Action: rocks on the pond. Camera: slow push in.",
        ),
        (
            '{"scene": "a ferry at noon.", "sound": {"ambience": "gulls"}, "seed": 7}',
            "A ferry at noon. Sound: gulls.",
        ),
        ('{"camera": {"movement": "pans left" "lens": "35mm"}, }', "Camera: pans left. 35mm."),
        (
            '{"beats": [{"time": "0-2s", "action": "a hen sits"}, {"time": "2-5s", "action": "it pecks"}]}',
            "[0-2s] A hen sits. [2-5s] It pecks.",
        ),
        ('{"dialogue": "All aboard!"}', 'Dialogue: "All aboard!"'),
    ],
)
def test_a_sheet_in_json_is_said_in_sentences(sheet, text):
    assert said(say_sheet(sheet), sheet).strip() == text


def test_the_rewrite_of_a_sheet_is_prose_and_lists_what_it_leaves_out():
    sheet = '{"subject": "an old tram", "action": "climbs the hill", "weather": "rain falls", "aspect_ratio": "16:9"}'
    rewrite = review(sheet).rewrite
    assert rewrite.text == "The tram climbs the hill. Rain falls."
    assert [span.text for span in rewrite.removed] == ["old", "16:9"]
    assert all(sheet[span.start : span.end] == span.text for span in (*rewrite.kept, *rewrite.removed))


def test_the_times_of_a_sheet_are_those_of_its_beats():
    sheet = '{"shots": [{"time": "0-2s", "action": "a fox sits up"}, {"time": "2-4s", "action": "it yawns"}]}'
    result = review(sheet)
    assert [(beat.start, beat.end) for beat in result.timeline.beats] == [(0.0, 2.0), (2.0, 4.0)]
    assert "[0-2s]" in result.rewrite.text and "[2-4s]" in result.rewrite.text


def test_json_that_is_taken_as_sentences_is_coached():
    sheet = '{"subject": "a lion", "action": "yawns and shakes its mane", "camera": "slow push in"}'
    finding = next(finding for finding in review(sheet).findings if finding.rule == "language")
    again = review(finding.fixes[0].apply(sheet))
    assert again.camera and again.actions and not any(other.rule == "language" for other in again.findings)


def test_what_is_heard_stays_on_the_line_that_names_it():
    rewrite = review("SUBJECT: a fisherman\nACTION: he pulls the rope\nSOUND: deep bells, creaking beams").rewrite
    assert rewrite.text == "The fisherman pulls the rope. SOUND: deep bells, creaking beams."
    assert rewrite.removed == ()


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("A parrot nods.\nDialogue: who is there?", 'A parrot nods.\nDialogue: "who is there?"'),
        ("Sound Design:\nA door creaks.\nSoft rain.", "Sound Design: A door creaks, Soft rain."),
        ('Dialogue: "Stay!"', 'Dialogue: "Stay!"'),
    ],
)
def test_lines_get_their_marks(lines, text):
    assert said(say_lines(lines), lines) == text


_LEAVES = st.one_of(st.text(max_size=12), st.integers(-9, 99), st.booleans(), st.none())
_SHEETS = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(("action", "camera", "time", "sound", "shots", "seed", "mood")), inner, max_size=3
        ),
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(_SHEETS, st.integers(0, 5))
def test_any_sheet_whole_or_cut_off_is_said_without_a_fault(sheet, cut):
    text = json.dumps({"action": sheet}, ensure_ascii=False)
    text = text[: len(text) - cut]
    edits = say_sheet(text)
    assert all(first.end <= second.start for first, second in pairwise(edits))
    rewrite = review(text).rewrite
    assert all(text[span.start : span.end] == span.text for span in (*rewrite.kept, *rewrite.removed))
