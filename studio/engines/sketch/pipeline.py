"""The diffusion pipeline that draws the disparity of a still: stock scheduler, the project's own network.

Load it with ``DepthPipeline.from_pretrained(folder)``: the network is the project's, so the generic
``DiffusionPipeline.from_pretrained`` does not know it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import torch
from diffusers.pipelines.pipeline_utils import DiffusionPipeline
from diffusers.schedulers.scheduling_flow_match_euler_discrete import FlowMatchEulerDiscreteScheduler
from diffusers.utils.outputs import BaseOutput
from numpy.typing import NDArray

from studio.engines.sketch.hypotheses import AREA, SHIFT, still_size
from studio.engines.sketch.network import DepthNetwork

__all__ = ["AREA", "SHIFT", "DepthOutput", "DepthPipeline", "still_size"]

StepEnd = Callable[[Any, int, int, dict[str, torch.Tensor]], dict[str, torch.Tensor] | None]


@dataclass
class DepthOutput(BaseOutput):
    """Hypotheses of how near every part of the still is.

    Attributes:
        disparity: count × rows × columns, float32, 0 (far) to 1 (near).
    """

    disparity: NDArray[np.float32]


class DepthPipeline(DiffusionPipeline):
    """Draws disparity from noise, conditioned on a still.

    Args:
        network: the denoiser.
        scheduler: Euler steps along a rectified flow.
    """

    def __init__(self, network: DepthNetwork, scheduler: FlowMatchEulerDiscreteScheduler) -> None:
        super().__init__()
        self.register_modules(network=network, scheduler=scheduler)

    @torch.no_grad()
    def __call__(
        self,
        still: NDArray[np.uint8],
        *,
        num_inference_steps: int = 4,
        num_hypotheses: int = 1,
        generator: torch.Generator | None = None,
        callback_on_step_end: StepEnd | None = None,
        area: int = AREA,
    ) -> DepthOutput:
        """Draw disparity.

        Args:
            still: height × width × 3, RGB.
            num_inference_steps: from 1 (the mean of all hypotheses) up.
            num_hypotheses: how many to draw.
            generator: of the noise; the same state gives the same disparity.
            callback_on_step_end: called after every step with this pipeline, the step's number, its time and
                ``{"latents": the noisy disparity}``; may give other latents back; what it raises is passed on.
            area: pixels of the still that the network is shown.
        """
        columns, rows = still_size(still.shape[1], still.shape[0], area)
        small = cv2.resize(still, (columns, rows), interpolation=cv2.INTER_AREA)
        pixels = torch.from_numpy(small).permute(2, 0, 1)[None].to(self.device, self.network.dtype) / 127.5 - 1
        pixels = pixels.expand(num_hypotheses, -1, -1, -1).contiguous()
        shape = (num_hypotheses, 1, rows // 2, columns // 2)
        latents = torch.randn(shape, generator=generator, dtype=torch.float32).to(self.device, self.network.dtype)
        self.scheduler.set_timesteps(sigmas=np.linspace(1, 0, num_inference_steps + 1)[:-1], device=self.device)
        for number, time in enumerate(self.scheduler.timesteps):
            sigma = self.scheduler.sigmas[number]
            clean = self.network(latents, pixels, sigma.expand(num_hypotheses))
            latents = self.scheduler.step((latents - clean) / sigma, time, latents, return_dict=False)[0]
            if callback_on_step_end:
                answer = callback_on_step_end(self, number, int(time), {"latents": latents})
                latents = (answer or {}).get("latents", latents)
        disparity = (latents[:, 0].float().cpu().numpy() / 2 + 0.5).clip(0, 1)
        return DepthOutput(disparity=disparity)
