"""Names of takes, jobs and reels that nobody can guess and everybody can type."""

from __future__ import annotations

import secrets

__all__ = ["new_identity"]

_BYTES = 16


def new_identity() -> str:
    """22 characters of ``A-Za-z0-9_-``, 128 bits; none begins with "-", which a command line takes for an option."""
    identity = secrets.token_urlsafe(_BYTES)
    while identity.startswith("-"):
        identity = secrets.token_urlsafe(_BYTES)
    return identity
