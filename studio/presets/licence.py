"""Under which terms an engine may be used, and what of them is acknowledged before its weights are fetched."""

from __future__ import annotations

import hashlib

from studio.shot import Record

__all__ = ["Licence", "Terms"]


class Licence(Record):
    """Under which terms an engine may be used.

    Attributes:
        excludes: where it does not apply.  revenue: from which revenue on it is not free.
        attribution: what must stand with what is made.
        note: what else to know.  page: where the terms are.
    """

    name: str
    excludes: tuple[str, ...] = ()
    revenue: str = ""
    attribution: str = ""
    note: str = ""
    page: str = ""

    @property
    def words(self) -> str:
        """The terms in a few sentences."""
        said = [self.name + "."]
        if self.excludes:
            *most, last = self.excludes
            said.append(f"Not licensed in {', '.join(most)}{' and ' if most else ''}{last}.")
        if self.revenue:
            said.append(f"Free below a revenue of {self.revenue}.")
        if self.attribution:
            said.append(f"Say “{self.attribution}” with what you make.")
        return " ".join((*said, self.note)).strip()


class Terms(Record):
    """What is shown before an engine's weights come onto this computer, and acknowledged once.

    Attributes:
        engine, title: of the engine.
        licence: None where its profile names none.
        source: the repository of the weights on the Hub.  revision: of it.
        gated: its makers ask for an account that has accepted the terms on their own page.
        gigabytes: how much is downloaded, about; None: not known.
        besides: what else comes with it, in words.
    """

    engine: str
    title: str
    licence: Licence | None
    source: str
    revision: str = "main"
    gated: bool = False
    gigabytes: float | None = None
    besides: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """SHA-256 of what is agreed to. Another address, revision or size of the same terms does not change it."""
        agreed = self.licence.but(page="") if self.licence else None
        return hashlib.sha256(f"{self.engine} {agreed.to_json() if agreed else ''}".encode()).hexdigest()

    @property
    def page(self) -> str:
        """Where the terms can be read in full."""
        return (self.licence and self.licence.page) or f"https://huggingface.co/{self.source}"

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """What there is to know as (name, words), the most important first."""
        held = self.licence
        named = held.name if held else f"Not named in its profile: read it at {self.page}"
        size = f", about {self.gigabytes:.0f} GB" if self.gigabytes else ""
        rows = [
            ("Licence", named),
            ("Not licensed in", ", ".join(held.excludes) if held else ""),
            ("Free below", f"a revenue of {held.revenue}" if held and held.revenue else ""),
            ("Say with what you make", f"“{held.attribution}”" if held and held.attribution else ""),
            ("Note", held.note if held else ""),
            ("Download", f"{self.source}{size}, once"),
            ("With it", "; ".join(self.besides)),
            ("Gated", f"Its makers want you to accept these terms at {self.hub_page} too" if self.gated else ""),
        ]
        return tuple((name, words) for name, words in rows if words)

    @property
    def hub_page(self) -> str:
        """The page of the weights."""
        return f"https://huggingface.co/{self.source}"
