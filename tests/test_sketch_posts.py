"""What stands thin before the sky is seen, and nothing else is taken for it."""

from __future__ import annotations

import cv2
import numpy as np

from studio.engines.sketch.life.posts import find_posts

WIDTH, HEIGHT, GROUND = 480, 320, 260
SKY, DARK = (120, 160, 220), (70, 70, 75)


def skyline():
    pixels = np.full((HEIGHT, WIDTH, 3), SKY, np.uint8)
    pixels[GROUND:] = (60, 50, 40)
    cover = np.full((HEIGHT, WIDTH), 255, np.uint8)
    cover[GROUND:] = 0
    return pixels, cover


def test_a_post_is_found_from_its_foot_to_what_hangs_on_it():
    pixels, cover = skyline()
    pixels[100:GROUND, 200:203] = DARK
    pixels[100:103, 196:208] = DARK
    posts = find_posts(pixels, cover)
    assert (posts[100:GROUND, 201] > 0).all()
    assert posts[101, 198] > 0
    assert not posts[:, :180].any()
    assert not posts[:, 230:].any()


def test_a_mast_that_leans_a_little_is_found():
    pixels, cover = skyline()
    cv2.line(pixels, (300, GROUND), (308, 120), DARK, 3)
    assert (find_posts(pixels, cover)[130:GROUND].any(axis=1)).all()


def test_clouds_birds_and_towers_are_no_posts():
    pixels, cover = skyline()
    cv2.ellipse(pixels, (120, 80), (60, 20), 0, 0, 360, (250, 250, 250), -1)
    cv2.ellipse(pixels, (180, 90), (50, 18), 0, 0, 360, (235, 235, 240), -1)
    cv2.line(pixels, (330, 100), (340, 104), DARK, 2)
    pixels[60:120, 420:423] = DARK  # it hangs in the air
    pixels[150:GROUND, 240:280] = DARK
    assert not find_posts(pixels, cover).any()


def test_the_tip_of_a_spire_is_found_though_it_is_short():
    pixels, cover = skyline()
    cv2.fillPoly(pixels, [np.array([(190, GROUND), (210, GROUND), (200, 200)])], DARK)
    cv2.fillPoly(cover, [np.array([(190, GROUND), (210, GROUND), (200, 200)])], 0)
    pixels[190:202, 199:202] = DARK
    assert (find_posts(pixels, cover)[191:199, 200] > 0).all()


def test_a_weathervane_stays_though_its_rod_is_hardly_seen():
    pixels, cover = skyline()
    pixels[170:, 190:211], cover[170:, 190:211] = DARK, 0
    pixels[150:170, 200] = (112, 152, 212)
    pixels[146:152, 201:210] = (90, 70, 40)
    assert (find_posts(pixels, cover)[147:151, 202:209] > 0).all()
    assert not find_posts(pixels, cover)[:140].any()


def test_a_twig_that_hangs_in_is_whole_whichever_way_it_runs():
    pixels, cover = skyline()
    cover[:180, 400:] = 0
    for end in ((330, 60), (340, 110), (352, 170)):
        cv2.line(pixels, (470, 90), end, DARK, 2)
    twigs = find_posts(pixels, cover)
    for x, y in ((336, 63), (350, 108), (360, 164)):
        assert twigs[y - 2 : y + 3, x].any()
    assert not twigs[:, :320].any()


def test_a_bird_that_the_sky_ends_across_is_not_torn():
    pixels, cover = skyline()
    cv2.line(pixels, (392, 80), (408, 90), DARK, 3)
    cover[:180, 400:] = 0
    bird = (pixels[:120] == DARK).all(axis=2) & (cover[:120] > 0)
    assert (find_posts(pixels, cover)[:120][bird] > 0).all()
