"""Which terms were acknowledged here: nothing of an engine is fetched before its licence was shown and agreed to.

It is written down once for each studio, not for each visitor: the weights come onto this computer once, for everybody
on it, and whoever brings them here takes them under their terms. Who that was stands beside it. What the terms want of
everybody afterwards, such as an attribution, goes with every take. The library of the store takes a while to read, and
an engine without terms has nothing to ask of it: it is read when somebody asks.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from studio.engines.diffusers.download import kept
from studio.errors import TermsError
from studio.jobs.records import LOCAL, Acknowledgement
from studio.presets import Profile, Terms

if TYPE_CHECKING:
    from sqlalchemy import Select

    from studio.jobs.store import Store

__all__ = ["Acknowledged"]


class Acknowledged:
    """The terms that were agreed to on this studio.

    Args:
        store: gives where that is written down; asked only when there is something to agree to.
        models: the folder of models that are not in the Hub's cache.
    """

    def __init__(self, store: Callable[[], Store], models: Path) -> None:
        self._store, self._models = store, models

    def open(self, profile: Profile) -> Terms | None:
        """The terms that have yet to be acknowledged before this engine can be used; None: nothing stands in the way.

        Weights that are here already were brought by somebody who knew where from.

        Raises:
            StoreError: the store cannot be read.
        """
        terms = profile.terms
        if terms is None or kept(profile, self._models) is not None or self._given(terms):
            return None
        return terms

    def check(self, profile: Profile) -> None:
        """Refuse an engine whose weights would have to be fetched without anybody having agreed to their terms.

        Raises:
            TermsError: that is so; the message says how to agree.
            StoreError: the store cannot be read.
        """
        terms = self.open(profile)
        if terms is not None:
            raise TermsError(
                f"the terms of {profile.title}",
                terms.licence.name if terms.licence else terms.source,
                expected="somebody here who has read and accepted them before its weights are downloaded",
                action=f"Press Animate on the page and read them there, or: python -m studio engines {profile.id} "
                "--accept-terms",
            )

    def acknowledge(self, terms: Terms, owner: str = LOCAL) -> None:
        """Write down that these terms were read and accepted; saying it twice does no harm.

        Raises:
            StoreError: the store cannot be written.
        """
        from sqlalchemy import insert

        from studio.jobs.schema import acknowledgements
        from studio.jobs.store import now, tick

        with self._store().writing() as connection:
            tick(connection)
            if connection.execute(_found(terms)).first() is None:
                values = {"engine": terms.engine, "terms": terms.digest, "revision": terms.revision, "owner": owner}
                connection.execute(insert(acknowledgements).values(at=now(), **values))

    def all(self) -> tuple[Acknowledgement, ...]:
        """Everything that was acknowledged here, by engine.

        Raises:
            StoreError: the store cannot be read.
        """
        from sqlalchemy import select

        from studio.jobs.schema import acknowledgements

        query = select(acknowledgements).order_by(acknowledgements.c.engine, acknowledgements.c.at)
        with self._store().reading() as connection:
            return tuple(Acknowledgement.from_dict(dict(row._mapping)) for row in connection.execute(query))

    def _given(self, terms: Terms) -> bool:
        with self._store().reading() as connection:
            return connection.execute(_found(terms)).first() is not None


def _found(terms: Terms) -> Select[tuple[str]]:
    from sqlalchemy import select

    from studio.jobs.schema import acknowledgements

    same = (acknowledgements.c.engine == terms.engine) & (acknowledgements.c.terms == terms.digest)
    return select(acknowledgements.c.engine).where(same)
