"""Read a still: every fact in one record. What the facts mean for a shot is for the coach's rules to say."""

from __future__ import annotations

from studio.media.stills import load_pixels
from studio.shot import Still, StillReport
from studio.still.clipping import clipping
from studio.still.coloured import coloured
from studio.still.compression import compression
from studio.still.faces import find_faces
from studio.still.interest import point_of_interest
from studio.still.lettering import find_lettering
from studio.still.light import light
from studio.still.room import frame, room
from studio.still.sharpness import sharpness
from studio.still.subject import find_subject

__all__ = ["read"]


def read(still: Still) -> StillReport:
    """Measure a still. The same pixels always give the same report.

    Raises:
        StillError: its file was removed or changed.
    """
    pixels = load_pixels(still)
    faces = find_faces(pixels)
    point, interest = point_of_interest(pixels, faces)
    measured, clipped, gels, sharp = light(pixels), clipping(pixels), coloured(pixels), sharpness(pixels)
    framed = frame(pixels, faces, interest != "centre")
    spare = room(framed, min(still.width, still.height), sharp)
    return StillReport(
        digest=still.digest,
        width=still.width,
        height=still.height,
        megapixels=round(still.width * still.height / 1e6, 3),
        sharpness=round(sharp, 3),
        compression=round(compression(pixels), 3),
        exposure=round(measured.exposure, 3),
        clipped=round(clipped.dark + clipped.bright, 3),
        clipped_dark=round(clipped.dark, 3),
        clipped_bright=round(clipped.bright, 3),
        clipped_areas=clipped.areas,
        saturation=round(measured.saturation, 3),
        coloured_light=round(gels.share, 3),
        light_hues=gels.hues,
        low_key=round(gels.low_key, 3),
        lettering=find_lettering(pixels),
        faces=faces,
        face_heights=tuple(round(face.height * still.height, 1) for face in faces),
        point_of_interest=(round(point[0], 3), round(point[1], 3)),
        interest=interest,
        subject=find_subject(pixels, point) if interest == "saliency" else None,
        room={move: round(share, 3) for move, share in spare.items()},
    )
