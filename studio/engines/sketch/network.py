"""The denoiser as a model of diffusers: with a configuration, and saved and loaded by its ways."""

from __future__ import annotations

from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.modeling_utils import ModelMixin

from studio.engines.sketch.denoiser import MULTIPLE, Denoiser

__all__ = ["MULTIPLE", "DepthNetwork"]


class DepthNetwork(Denoiser, ModelMixin, ConfigMixin):  # type: ignore[misc]
    """Gives clean disparity from noisy disparity, the still and the time.

    Args:
        widths, blocks, heads: as in ``Denoiser``.
    """

    @register_to_config  # type: ignore[untyped-decorator]
    def __init__(
        self, widths: tuple[int, ...] = (24, 48, 112, 224), blocks: tuple[int, ...] = (1, 2, 2), heads: int = 4
    ) -> None:
        super().__init__(widths, blocks, heads)
