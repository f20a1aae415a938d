"""Whether every thing that the words name by "@" has its picture, and every named picture its word."""

from __future__ import annotations

from studio.elements import named_elements
from studio.errors import ShotError
from studio.presets import Profile
from studio.shot import Shot

__all__ = ["elements"]


def elements(shot: Shot, profile: Profile) -> tuple[str, ...]:
    """What is worth a word.

    Raises:
        ShotError: a name in the prompt has no picture, and this engine takes such pictures.
    """
    asked = named_elements(shot.prompt)
    given = [control.name.lower() for control in shot.controls if control.kind == "reference" and control.name]
    if "reference" not in profile.driven:
        return tuple(
            f"@{name}: {profile.title} takes no reference pictures; it reads the word alone." for name in asked
        )
    for name in asked:
        if name not in given:
            raise ShotError(
                "the element",
                f"@{name}",
                expected="a reference picture of that name" + (f" (there is {', '.join(given)})" if given else ""),
                action=f"Give one, such as --control reference:{name}=PICTURE, or write the word without the @.",
            )
    return tuple(
        f"The reference {name} is not named: say @{name} where it appears." for name in given if name not in asked
    )
