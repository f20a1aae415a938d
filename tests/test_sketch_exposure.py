"""What a person may rely on when light is made brighter or dimmer."""

from __future__ import annotations

import numpy as np
import pytest

from studio.engines.sketch.life.exposure import STEPS, expose, linear

GREYS = np.arange(256, dtype=np.uint8).reshape(16, 16, 1).repeat(3, axis=2)


def by(stops, frame=GREYS):
    return expose(frame, np.full(frame.shape, round(stops * STEPS), np.int16)).ravel()[::3].astype(int)


def test_no_stops_change_no_bit():
    np.testing.assert_array_equal(by(0), np.arange(256))


@pytest.mark.parametrize("stops", [-3.0, -1.0, -0.3, 0.3, 1.0])
def test_shadows_and_mid_tones_double_and_halve_in_linear_light(stops):
    light = linear(np.arange(256) / 255)
    dark = slice(60, 110) if stops < 0 else slice(40, 70)
    found = linear(by(stops)[dark] / 255) / light[dark]
    np.testing.assert_allclose(found, 2**stops, rtol=0.15)


@pytest.mark.parametrize("stops", [-5.0, -0.7, 0.4, 1.2])
def test_brighter_stays_brighter_and_no_order_is_turned(stops):
    assert (np.diff(by(stops)) >= 0).all()
    assert ((by(stops) - np.arange(256)) * np.sign(stops) >= 0).all()


def test_most_highlights_survive_a_stop_more_light():
    assert by(1.0)[235] < 255
    assert by(0.5)[242] < 255


def test_black_stays_black():
    assert by(3.0)[0] == 0


@pytest.mark.parametrize("steps", [-32768, 32767])
def test_extreme_stops_end_at_black_and_white(steps):
    shown = expose(GREYS, np.full(GREYS.shape, steps, np.int16))
    assert set(np.unique(shown)) <= {0, 255}
    assert shown.ravel()[-1] == (255 if steps > 0 else 0)
