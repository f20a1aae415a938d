"""Read a still: every fact in one record. What the facts mean for a shot is for the coach's rules to say."""

from __future__ import annotations

from studio.media.stills import load_pixels
from studio.shot import Still, StillReport
from studio.still.faces import find_faces
from studio.still.interest import point_of_interest
from studio.still.lettering import find_lettering
from studio.still.light import light
from studio.still.sharpness import sharpness

__all__ = ["read"]


def read(still: Still) -> StillReport:
    """Measure a still. The same pixels always give the same report.

    Raises:
        StillError: its file was removed or changed.
    """
    pixels = load_pixels(still)
    faces = find_faces(pixels)
    point, interest = point_of_interest(pixels, faces)
    measured = light(pixels)
    return StillReport(
        digest=still.digest,
        width=still.width,
        height=still.height,
        megapixels=round(still.width * still.height / 1e6, 3),
        sharpness=round(sharpness(pixels), 3),
        exposure=round(measured.exposure, 3),
        clipped=round(measured.clipped, 3),
        saturation=round(measured.saturation, 3),
        lettering=find_lettering(pixels),
        faces=faces,
        face_heights=tuple(round(face.height * still.height, 1) for face in faces),
        point_of_interest=(round(point[0], 3), round(point[1], 3)),
        interest=interest,
    )
