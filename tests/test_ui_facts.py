"""The facts of a still in plain words."""

from __future__ import annotations

from studio.picture import Lettering
from studio.shot import Box, StillReport
from studio.ui.facts import in_short, rows

PLAIN = StillReport(
    digest="d", width=1600, height=1200, megapixels=1.92, sharpness=0.8, exposure=0.5, clipped=0.0, saturation=0.4
)
BOX = Box(x=0.1, y=0.2, width=0.3, height=0.4)


def told(report: StillReport) -> dict[str, str]:
    return {row["name"]: row["text"] for row in rows(report)}


def test_a_plain_still_has_only_the_rows_that_every_still_has() -> None:
    assert told(PLAIN) == {
        "Size": "1600 × 1200 pixels, 1.9 megapixels",
        "Sharpness": "Sharp",
        "Light": "Evenly exposed",
    }
    assert in_short(PLAIN) == ["sharp"]


def test_every_fact_that_has_a_place_brings_its_boxes() -> None:
    sign = Lettering(box=BOX, text="OPEN", height=14.2, confidence=0.9)
    report = PLAIN.but(lettering=(sign,), faces=(BOX, BOX), face_heights=(120.0, 80.0), clipped_areas=(BOX,))
    places = {row["name"]: len(row["boxes"]) for row in rows(report)}
    assert places == {"Size": 0, "Sharpness": 0, "Light": 1, "Lettering": 1, "Faces": 2}
    assert told(report)["Lettering"] == "“OPEN” 14 px tall"
    assert told(report)["Faces"] == "2, the tallest 120 px tall"
    assert in_short(report) == ["sharp", "2 faces", "lettering"]


def test_what_is_wrong_with_a_picture_is_said_plainly() -> None:
    report = PLAIN.but(
        sharpness=0.1, compression=0.8, exposure=0.1, clipped_dark=0.2, coloured_light=0.4, light_hues=2, megapixels=0.2
    )
    assert told(report)["Sharpness"] == "Soft; heavy JPEG marks"
    assert told(report)["Light"] == "Dark; 20% lost in black"
    assert told(report)["Coloured light"] == "Neon or gels in 2 colours over 40% of the picture"
    assert told(report)["Size"].endswith("small for a video")


def test_a_tiny_picture_is_not_said_to_have_no_pixels() -> None:
    assert told(PLAIN.but(width=64, height=64, megapixels=0.004))["Size"] == "64 × 64 pixels, small for a video"


def test_room_is_told_for_the_basic_moves_in_words() -> None:
    report = PLAIN.but(room={"dolly_in": 1.0, "orbit": 0.1, "pan_left": 0.6, "whip_pan": 0.0})
    assert told(report)["Room to move"] == "Plenty to push in; little to orbit"


def test_many_lines_of_lettering_are_counted_not_listed() -> None:
    lines = tuple(Lettering(box=BOX, text=f"line {n}", height=10, confidence=1) for n in range(9))
    assert told(PLAIN.but(lettering=lines))["Lettering"].endswith("and 5 more")
