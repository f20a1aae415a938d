"""The limits of the studio as the page tells them before anybody meets them."""

from __future__ import annotations

from studio.presets import Limits

__all__ = ["caps"]

_OWN = Limits()


def caps(limits: Limits) -> str:
    """What one person may ask for here and how long takes stay, in a line; nothing where only the studio's own limits
    hold.
    """
    told = []
    if limits.max_seconds < _OWN.max_seconds or limits.max_side < _OWN.max_side:
        told.append(f"clips up to {limits.max_seconds:g} s and {limits.max_side} pixels")
    if limits.max_queued < _OWN.max_queued:
        takes = "take" if limits.max_queued == 1 else "takes"
        told.append(f"{limits.max_queued} {takes} waiting at a time")
    if limits.max_pictures:
        told.append(f"{limits.max_pictures} pictures and clips of your own, {limits.max_upload_mb} MB each")
    words = [f"Shared with others here: {', '.join(told)}."] if told else []
    if limits.keep_takes_days:
        hours = round(limits.keep_takes_days * 24)
        age = f"{hours} hours" if hours < 48 else f"{round(limits.keep_takes_days)} days"
        words.append(f"Takes without a star are deleted after {age}: save what you want to keep.")
    return " ".join(words)
