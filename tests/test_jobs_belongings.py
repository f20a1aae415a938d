"""Whose file it is: asked of the store, for each person alone."""

from __future__ import annotations

from sqlalchemy import update

from studio.jobs.belongings import Belongings, signing_key
from studio.jobs.schema import secrets
from studio.jobs.store import Store
from studio.workspace import Workspace


def test_a_file_is_theirs_who_brought_it_and_nobody_elses(workspace: Workspace) -> None:
    belongings = workspace.belongings
    belongings.add("ann", "stills/a.png", "controls/b.png")
    belongings.add("ann", "stills/a.png")
    belongings.add("ben", "stills/a.png")
    assert belongings.has("ann", "controls/b.png") and belongings.has("ben", "stills/a.png")
    assert not belongings.has("ben", "controls/b.png")


def test_it_is_known_after_a_restart(workspace: Workspace) -> None:
    workspace.belongings.add("ann", "stills/a.png")
    assert Belongings(Store.open(workspace.settings.data)).has("ann", "stills/a.png")


def test_who_is_forgotten_has_nothing(workspace: Workspace) -> None:
    workspace.belongings.add("ann", "stills/a.png")
    assert workspace.belongings.has("ann", "stills/a.png")
    workspace.forget("ann")
    assert not workspace.belongings.has("ann", "stills/a.png")


def test_the_secret_is_made_once(workspace: Workspace) -> None:
    key = signing_key(workspace.store)
    assert len(key) == 32
    assert signing_key(Store.open(workspace.settings.data)) == key


def test_a_secret_that_was_damaged_is_one_all_the_same(workspace: Workspace) -> None:
    before = signing_key(workspace.store)
    with workspace.store.writing() as connection:
        connection.execute(update(secrets).values(value="no number at all"))
    damaged = signing_key(workspace.store)
    assert len(damaged) == 32
    assert damaged != before
    assert signing_key(Store.open(workspace.settings.data)) == damaged
