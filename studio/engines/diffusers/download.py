"""Weights from the Hub: only what a pipeline loads, only safetensors; disk looked at first, breaks gone on from.

The Hub's library keeps whole files; of one that broke off it begins anew, unless the line breaks while it listens.
"""

from __future__ import annotations

import contextlib
import errno
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from studio.engines.engine import Download, Listener
from studio.errors import DiskError, EngineError, StudioError
from studio.presets import Extra, Profile, Terms

__all__ = [
    "begun",
    "download_gigabytes",
    "fetch",
    "fetch_extra",
    "free_gigabytes",
    "kept",
    "kept_extra",
    "missing_part",
    "weight_gigabytes",
    "what_is_missing",
]

_INDEX = "model_index.json"
_FILES = ("*.json", "*.txt", "*.model", "*.safetensors", "*.jinja")
_VARIANTS = ("*.fp16.*", "*.fp8.*", "*.bf16.*", "*.onnx*", "*.msgpack")
_GIBI = 1024**3 / 1e9
_SPARE = 2 * 1024**3
"""Bytes that stay free on the disk."""
_WEIGHTLESS = ("Tokenizer", "TokenizerFast", "Processor", "ProcessorFast", "ProcessorPil", "Extractor", "Scheduler")
"""How the names of classes end that have no weights."""
_SINGLE = "model.safetensors"
"""A text encoder's weights in one file; transformers takes that before a list of several."""
_WORDY, _BYTES = ("Tokenizer", "TokenizerFast"), "ByT5Tokenizer"
_WORDS = ("tokenizer.json", "*.model", "vocab*", "*.tiktoken")
"""Where a tokenizer's words lie, one or the other; one that reads bytes has none."""
_SHUT = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.EISDIR)
"""What a folder says that cannot be written into."""
_FULL = (errno.ENOSPC, errno.EDQUOT)
_LARGE = 1024**2
"""Bytes of which no file is that only describes a model."""


def kept(profile: Profile, models: Path) -> Path | None:
    """Where an engine's weights lie on this computer, whole; None where they do not.

    A folder named like the engine in `models` comes first: a workshop hands its models round on a disk.
    """
    own = models / profile.id
    if (own / _INDEX).is_file():
        return own
    pipeline = profile.pipeline
    if pipeline is None or not pipeline.hub:
        return None
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    try:
        found = Path(snapshot_download(pipeline.hub, revision=pipeline.revision, local_files_only=True))
    except LocalEntryNotFoundError as error:
        folder = getattr(error, "snapshot_path", None)  # what is not there may be what no pipeline loads
        if folder is None:
            return None
        found = Path(folder)
    return found if _whole(found) else None


def begun(profile: Profile) -> bool:
    """Whether some of an engine's weights have come, and the rest has not."""
    from huggingface_hub.constants import HF_HUB_CACHE
    from huggingface_hub.file_download import repo_folder_name

    if profile.pipeline is None or not profile.pipeline.hub:
        return False
    blobs = Path(HF_HUB_CACHE) / repo_folder_name(repo_id=profile.pipeline.hub, repo_type="model") / "blobs"
    with contextlib.suppress(OSError):
        return any(blob.stat().st_size > _LARGE for blob in blobs.iterdir())
    return False


def weight_gigabytes(folder: Path) -> float:
    """How large the weights in a folder are."""
    return sum(file.stat().st_size for file in folder.rglob("*.safetensors")) / 1024**3


def download_gigabytes(weights: float) -> float:
    """How much room a download of so many gigabytes of weights wants on the disk, in gigabytes of the disk (10⁹)."""
    return weights * _GIBI + _SPARE / 1e9


def free_gigabytes() -> float:
    """How much room the disk has on which the Hub's cache lies."""
    from huggingface_hub.constants import HF_HUB_CACHE

    folder = Path(HF_HUB_CACHE)
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free / 1e9


def what_is_missing(terms: Terms) -> tuple[str, ...]:
    """What would keep a download from succeeding, as far as it is seen beforehand: a key, room on the disk."""
    from huggingface_hub import get_token

    lines = []
    if terms.gated and not get_token():
        lines.append(
            f"No key is set here: accept the terms at {terms.hub_page} with your account, then start the studio with "
            "HF_TOKEN set to your key."
        )
    free, wanted = free_gigabytes(), download_gigabytes(terms.gigabytes or 0.0)
    if terms.gigabytes and free < wanted:
        lines.append(
            f"The disk has {free:.0f} GB free, and it wants {wanted:.0f}: make room, or let HF_HOME name a folder on a "
            "larger disk."
        )
    return tuple(lines)


def fetch(profile: Profile, tell: Listener) -> Path:
    """Download an engine's weights, or go on with a download that was broken off.

    Raises:
        EngineError: there are none to be had; the message says why and what to do.
        DiskError: the disk filled up; as for Cancelled.
        Cancelled: raised by `tell`, passed on; the files that are whole are kept for the next time.
    """
    from huggingface_hub import hf_hub_download, snapshot_download

    pipeline = profile.pipeline
    if pipeline is None or not pipeline.hub:
        raise EngineError(
            f"the weights of {profile.title}",
            expected="a folder with them",
            action=f"Put them in a folder named {profile.id} in MOTION_FIRST_MODELS.",
        )
    with _explained(profile, pipeline.hub):
        index = Path(hf_hub_download(pipeline.hub, _INDEX, revision=pipeline.revision))
        try:
            wanted = _patterns(_read_index(index))
        except ValueError as error:
            raise EngineError(
                f"the weights of {profile.title}",
                error,
                expected="the list of parts that diffusers saves",
                action="Where a page of the network's own came in its place, sign in there and try again; else name "
                "another repository in its profile.",
            ) from error
        given: dict[str, Any] = {
            "revision": pipeline.revision,
            "allow_patterns": wanted,
            "ignore_patterns": list(_VARIANTS),
        }
        files = snapshot_download(pipeline.hub, dry_run=True, **given)
        _check_disk(profile, sum(file.file_size for file in files if file.will_download))
        found = Path(snapshot_download(pipeline.hub, tqdm_class=_bar(tell), **given))
    if lost := missing_part(found):
        raise EngineError(
            f"the weights of {profile.title}",
            f"{pipeline.hub} does not have its {lost} whole",
            expected="whole weights in safetensors; of other files some run code as they are read",
            action="Name another repository or revision in its profile.",
        )
    return found


def kept_extra(profile: Profile, models: Path, extra: Extra) -> dict[str, Path] | None:
    """Where weights besides the engine's own lie, by what they are for; None where they are not all here."""
    own = {part: models / profile.id / file for part, file in extra.files.items()}
    if all(path.is_file() for path in own.values()):
        return own
    from huggingface_hub import try_to_load_from_cache

    found = {
        part: try_to_load_from_cache(extra.hub, file, revision=extra.revision) for part, file in extra.files.items()
    }
    paths = {part: Path(path) for part, path in found.items() if isinstance(path, str)}
    return paths if len(paths) == len(found) else None


def fetch_extra(profile: Profile, extra: Extra, tell: Listener) -> dict[str, Path]:
    """Download weights besides the engine's own, or go on with a download that was broken off.

    Raises:
        EngineError, DiskError, Cancelled: as ``fetch``.
    """
    from huggingface_hub import snapshot_download

    given: dict[str, Any] = {"revision": extra.revision, "allow_patterns": list(extra.files.values())}
    with _explained(profile, extra.hub):
        files = snapshot_download(extra.hub, dry_run=True, **given)
        _check_disk(profile, sum(file.file_size for file in files if file.will_download))
        folder = Path(snapshot_download(extra.hub, tqdm_class=_bar(tell), **given))
    found = {part: folder / file for part, file in extra.files.items()}
    lost = [file for part, file in extra.files.items() if not found[part].is_file()]
    if lost:
        raise EngineError(
            f"the weights for {profile.title}",
            f"{extra.hub} has no {lost[0]}",
            expected="a file of that name",
            action="Check its name in presets/engines.",
        )
    return found


def _patterns(index: dict[str, Any]) -> list[str]:
    """The files of the parts that a pipeline names; nothing else of a repository, which may hold it many times over."""
    parts = [name for name, value in index.items() if isinstance(value, list) and value[0] is not None]
    return [_INDEX, *(f"{part}/{pattern}" for part in parts for pattern in _FILES)]


def _read_index(path: Path) -> dict[str, Any]:
    """What a pipeline is made of.

    Raises:
        ValueError: that is not what lies there.
    """
    index = None
    with contextlib.suppress(ValueError):
        index = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(index, dict):
        raise ValueError(f"its {_INDEX} is no index of a pipeline")
    return index


def _whole(folder: Path) -> bool:
    """Whether every part that the index names is there."""
    try:
        return not missing_part(folder)
    except (OSError, ValueError, KeyError, AttributeError):
        return False


def missing_part(folder: Path) -> str:
    """The first part that the index names and that is not whole, else empty.

    Its folder is there, the weights of a model with every shard, and the words of a tokenizer: transformers makes one
    without any where they are lost, and then no prompt is read.

    Raises:
        OSError, ValueError, KeyError, AttributeError: a file that describes them cannot be read.
    """
    index = _read_index(folder / _INDEX)
    for pattern in _patterns(index)[1 :: len(_FILES)]:
        name = pattern.split("/")[0]
        part, kind = folder / name, str(index[name][-1])
        wanted = ["*.safetensors"] if (part / "config.json").exists() and not kind.endswith(_WEIGHTLESS) else []
        if kind.endswith(_WORDY) and kind != _BYTES:
            wanted = list(_WORDS)
        if not part.is_dir() or (wanted and not any(found for one in wanted for found in part.glob(one))):
            return name
        for listing in part.glob("*.safetensors.index.json"):
            shards = set(json.loads(listing.read_text(encoding="utf-8"))["weight_map"].values())
            if not all((part / shard).is_file() for shard in shards) and not (part / _SINGLE).is_file():
                return name
    return ""


def _check_disk(profile: Profile, needed: int) -> None:
    free = free_gigabytes() * 1e9
    if needed + _SPARE > free:
        kind = DiskError if begun(profile) else EngineError  # what was begun waits for room, what was not is refused
        raise kind(
            f"the disk, for the weights of {profile.title}",
            f"{free / 1e9:.1f} GB free",
            expected=f"{(needed + _SPARE) / 1e9:.1f} GB",
            action="Make room, or let HF_HOME name a folder on a larger disk.",
        )


def _bar(tell: Listener) -> type:
    """A tqdm that tells how many bytes have come. The Hub shows several; only one counts what crosses the line."""
    from tqdm import tqdm

    class Told(tqdm):  # type: ignore[misc]
        def __init__(self, *given: Any, **named: Any) -> None:
            self._counts = named.get("unit") == "B" and not str(named.get("desc", "")).startswith("Reconstructing")
            named.pop("name", None)
            super().__init__(*given, **{**named, "disable": False, "file": _Nowhere()})

        def update(self, n: float | None = 1) -> Any:
            shown = super().update(n)
            if self._counts:
                tell(Download(done=int(self.n), total=int(self.total or 0)))
            return shown

    return Told


class _Nowhere:
    """Takes what tqdm would print."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        return None


@contextmanager
def _explained(profile: Profile, hub: str) -> Iterator[None]:
    """Turn what the Hub's library raises into words. The cause lies deep: it is looked for along the whole chain."""
    import httpx

    try:
        yield
    except (OSError, ValueError, httpx.HTTPError) as error:  # the library's own errors are kinds of OSError
        explained = _explain(profile, hub, error)
        if explained is None:
            raise
        raise explained from error


def _explain(profile: Profile, name: str, error: Exception) -> StudioError | None:
    import httpx
    from huggingface_hub import errors as hub

    def words(expected: str, action: str) -> EngineError:
        return EngineError(f"the weights of {profile.title}", name, expected=expected, action=action)

    causes = _causes(error)

    def found(*kinds: type[BaseException]) -> BaseException | None:
        return next((cause for cause in causes if isinstance(cause, kinds)), None)

    if found(hub.GatedRepoError):
        return words(
            "terms that you have accepted and a key of yours",
            f"Accept its terms on huggingface.co/{name}, then set HF_TOKEN to your key.",
        )
    if found(hub.RevisionNotFoundError, hub.RepositoryNotFoundError, hub.RemoteEntryNotFoundError):
        return words("a repository that is there", "Check its name and revision in presets/engines.")
    if found(hub.OfflineModeIsEnabled):
        return words("them on this computer, as HF_HUB_OFFLINE is set", "Unset it, or copy them here.")
    shut = next((cause for cause in causes if isinstance(cause, OSError) and cause.errno in _SHUT), None)
    if shut is not None:
        return words(f"a folder for them that can be written, not one that says: {shut.strerror}",
                     "Let HF_HOME name a folder of yours.")  # fmt: skip
    if any(isinstance(cause, OSError) and cause.errno in _FULL for cause in causes):
        return DiskError(
            f"the weights of {profile.title}",
            f"the disk is full, {free_gigabytes():.1f} GB free",
            expected="room for the rest of them",
            action="Make room: the files that have come whole are kept, and it goes on with the rest.",
        )
    if found(httpx.TransportError, hub.LocalEntryNotFoundError, ConnectionError):
        return words("a connection to the Hub", "Check the network and try again: what has come whole is kept.")
    if answer := found(hub.HfHubHTTPError):
        said = re.sub(r"\?[^\s'\"]*", "", str(answer).splitlines()[0])  # what follows in an address may be a key
        return words("an answer from the Hub", f"It said: {said[:100]}. Try again later.")
    return None


def _causes(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found
