"""Why a rewrite leaves words out: one reason a value, with the sentence that the author reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from studio.shot import Span

__all__ = ["REASONS", "Omission", "Reason", "by_reason", "omission"]


class Omission(Span):
    """A stretch of the prompt that the rewrite leaves out.

    Attributes:
        reason: the name of the reason, one of `REASONS`; "" in a record of before there were any.
        why: the reason in a sentence.
    """

    reason: str = ""
    why: str = ""


@dataclass(frozen=True)
class Reason:
    """One reason; its sentence may speak of the seconds of the shot."""

    name: str
    why: str


_TABLE = (
    # What happens, and has no place.
    Reason("not understood", "The coach cannot tell what moves here. Say who does what."),
    Reason("next shot", "More than {seconds} can hold; it is offered as the next shot."),
    Reason("one too many", "More than {seconds} can hold."),
    Reason("another shot", "A clip is one shot, and this lies behind a cut."),
    Reason("editing", "It is made when takes are joined; a still opens one shot, and no cut or fade is in it."),
    Reason("one shot", "The rewrite is one shot without a cut as it stands."),
    # The camera and the pace.
    Reason("too fast", "A big or fast camera move tears what the still does not hold; it is made calm."),
    Reason("one move too many", "A shot of this length follows one camera move, or two in a row."),
    Reason("names no motion", "An engine has to be told who moves, and how."),
    # What spoils a clip.
    Reason("lettering", "Letters are drawn anew in every frame, and they swim; the still carries them better."),
    Reason("other light", "The still fixes the light; a different one in words makes the engine repaint."),
    Reason("ruled out", "An engine hears the thing louder than the “no”; its place is a negative prompt."),
    Reason("settings", "Settings of another tool would be read as words."),
    # What the still has already.
    Reason("framing", "The still already sets how it is framed."),
    Reason("looks", "The still already shows it."),
    Reason("place", "The still already shows where and when it is."),
    Reason("light", "The still already has its light; only light that changes is told."),
    Reason("style", "The still already has its style."),
    Reason("holds still", "Nothing moves in it, and the still already shows it."),
    Reason("only named", "Nothing is said to happen to it; the still shows what is there."),
    # What nobody sees.
    Reason("praise", "Nobody can film praise or quality, and it names no change."),
    Reason("said of the clip", "It tells what the clip is, feels like or means, and nobody can film that."),
    Reason("said to the machine", "It is a request, not what is seen."),
    Reason("sound", "It is heard, not seen."),
    # What is not lost.
    Reason("said otherwise", "The rewrite says it in other words."),
    Reason("links", "It only ties sentences together."),
)
REASONS = {reason.name: reason for reason in _TABLE}
"""Every reason by its name, what matters most to the author first."""


def omission(span: Span, name: str, seconds: float) -> Omission:
    """The omission of a span for a reason, in a shot of so many seconds."""
    why = REASONS[name].why.format(seconds=f"{seconds:g} s")
    return Omission(start=span.start, end=span.end, text=span.text, reason=name, why=why)


def by_reason(omissions: Iterable[Omission]) -> list[tuple[Omission, ...]]:
    """The omissions in groups of one reason each, what matters most first."""
    groups: dict[str, list[Omission]] = {}
    for one in omissions:
        groups.setdefault(one.reason, []).append(one)
    return [tuple(groups[name]) for name in ("", *REASONS) if name in groups]
