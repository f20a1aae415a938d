"""What a take of sketch costs, and what x264 alone needs for the same frames: `python -m benchmarks.sketch_cost W H S`.

One process for one size, so that its memory is its own; imports are not counted. Wall seconds need a quiet machine;
processor seconds hardly do.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import av
import cv2
import skimage
from PIL import Image

from studio.engines.engine import Event, Preview, film
from studio.media.clips import _QUALITY
from studio.media.planes import to_video_frame
from studio.settings import Settings
from studio.shot import Beat, Shot, Timeline
from studio.workspace import Workspace

FPS, TIMES = 24, 9
MOVES = ("orbit", "pan_left", "dolly_in", "rack_focus")


def spent(*works: Callable[[], object]) -> list[tuple[float, float]]:
    """The median wall and processor seconds of each work. They take turns, so that they meet the same machine."""
    runs: list[list[tuple[float, float]]] = [[] for _ in works]
    for _ in range(TIMES):
        for work, seen in zip(works, runs, strict=True):
            wall, cpu = time.perf_counter(), time.process_time()
            work()
            seen.append((time.perf_counter() - wall, time.process_time() - cpu))
    return [(median(run[0] for run in seen), median(run[1] for run in seen)) for seen in runs]


def encode(frames: list[av.VideoFrame], path: Path) -> None:
    """x264 with the studio's settings, and nothing else."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS, options=_QUALITY)
        stream.width, stream.height, stream.pix_fmt = frames[0].width, frames[0].height, "yuv420p"
        for number, frame in enumerate(frames):
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def first_preview(workspace: Workspace, shot: Shot) -> float:
    """Wall seconds until the first picture of the take is there."""
    began = time.perf_counter()

    class Seen(Exception):
        pass

    def tell(event: Event) -> None:
        if isinstance(event, Preview):
            raise Seen

    try:
        next(workspace.catalogue.get("sketch").generate(shot, tell))
    except Seen:
        return time.perf_counter() - began
    return float("inf")


def peak() -> float:
    """The most memory that this process ever held, in MB."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure one size."""
    width, height, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = Workspace.open(Settings(data=folder / "data"))
        photograph = cv2.imread(str(Path(skimage.__file__).parent / "data" / "coffee.png"))[..., ::-1]
        picture = folder / "still.png"
        Image.fromarray(cv2.resize(photograph, (width, height), interpolation=cv2.INTER_CUBIC)).save(picture)
        still = workspace.add_still(picture)
        for move in MOVES:
            beats = (Beat(layer="camera", move=move, start=0.2, end=seconds - 0.2),)
            shot = Shot(still=still, timeline=Timeline(seconds=seconds, beats=beats), seconds=seconds, fps=FPS)
            shot = shot.but(width=width, height=height)
            first = first_preview(workspace, shot)
            workspace.animate(shot, lambda _: None, folder / "clip.mp4")
            memory = peak()
            engine = workspace.catalogue.get("sketch")
            frames = [to_video_frame(picture) for picture in film(engine, shot, lambda _: None)]
            (wall, cpu), (alone_wall, alone_cpu) = spent(
                lambda: workspace.animate(shot, lambda _: None, folder / "clip.mp4"),  # noqa: B023
                lambda: encode(frames, folder / "alone.mp4"),  # noqa: B023
            )
            frames.clear()
            sys.stdout.write(
                f"  {move:10} whole take {wall:.2f} s wall, {cpu:.2f} s processor; x264 alone {alone_wall:.2f} s, "
                f"{alone_cpu:.2f} s: {wall / alone_wall:.1f} and {cpu / alone_cpu:.1f} times; "
                f"first picture after {first:.2f} s; at most {memory:.0f} MB\n"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
