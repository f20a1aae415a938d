"""The Wan family, and SkyReels-V2 and Helios, which share its parts."""

from __future__ import annotations

from diffusers import (
    AnyFlowFARPipeline,
    AnyFlowFARTransformer3DModel,
    AutoencoderKLWan,
    FlowMapEulerDiscreteScheduler,
    SkyReelsV2DiffusionForcingImageToVideoPipeline,
    SkyReelsV2ImageToVideoPipeline,
    SkyReelsV2Transformer3DModel,
    UniPCMultistepScheduler,
    WanAnimatePipeline,
    WanAnimateTransformer3DModel,
    WanImageToVideoPipeline,
    WanTransformer3DModel,
    WanVACEPipeline,
    WanVACETransformer3DModel,
)
from transformers import CLIPImageProcessor, CLIPVisionConfig, CLIPVisionModel

from tests.tiny.text import WIDTH, t5, t5_tokenizer

CORE = {
    "patch_size": (1, 2, 2), "num_attention_heads": 2, "attention_head_dim": 12, "text_dim": WIDTH, "freq_dim": 256,
    "ffn_dim": 32, "num_layers": 2, "cross_attn_norm": True, "qk_norm": "rms_norm_across_heads", "rope_max_seq_len": 64,
}  # fmt: skip


def vae():
    return AutoencoderKLWan(
        base_dim=3, z_dim=16, dim_mult=[1, 1, 1, 1], num_res_blocks=1, temperal_downsample=[False, True, True]
    ).eval()  # fmt: skip


def flow():
    return UniPCMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0)


def shared():
    tokenizer = t5_tokenizer()
    return {"tokenizer": tokenizer, "text_encoder": t5(tokenizer=tokenizer), "vae": vae(), "scheduler": flow()}


def vision():
    return {
        "image_encoder": CLIPVisionModel(
            CLIPVisionConfig(
                hidden_size=4, projection_dim=4, num_hidden_layers=2, num_attention_heads=2, image_size=32,
                intermediate_size=16, patch_size=16,
            )
        ).eval(),
        "image_processor": CLIPImageProcessor(crop_size=32, size=32),
    }  # fmt: skip


def wan_2_1():
    return WanImageToVideoPipeline(
        transformer=WanTransformer3DModel(**CORE, in_channels=36, out_channels=16, image_dim=4).eval(),
        **shared(), **vision(),
    )  # fmt: skip


def wan_2_1_first_last():
    return WanImageToVideoPipeline(
        transformer=WanTransformer3DModel(
            **{**CORE, "patch_size": (1, 2, 2)}, in_channels=36, out_channels=16, image_dim=4,
            pos_embed_seq_len=2 * (4 + 1),
        ).eval(),
        **shared(), **vision(),
    )  # fmt: skip


def wan_2_2():
    def transformer():
        return WanTransformer3DModel(**CORE, in_channels=36, out_channels=16).eval()

    return WanImageToVideoPipeline(
        transformer=transformer(), transformer_2=transformer(), boundary_ratio=0.9, **shared()
    )


def wan_2_2_5b():
    parts = shared()
    parts["vae"] = AutoencoderKLWan(
        base_dim=3, z_dim=48, dim_mult=[1, 1, 1, 1], num_res_blocks=1, temperal_downsample=[False, True, True],
        in_channels=12, out_channels=12, is_residual=True, patch_size=2, scale_factor_spatial=16,
        latents_mean=[0.0] * 48, latents_std=[1.0] * 48,
    ).eval()  # fmt: skip
    return WanImageToVideoPipeline(
        transformer=WanTransformer3DModel(**CORE, in_channels=48, out_channels=48).eval(),
        expand_timesteps=True,
        **parts,
    )


def wan_vace():
    transformer = WanVACETransformer3DModel(
        **CORE, in_channels=16, out_channels=16, vace_layers=[0], vace_in_channels=96
    ).eval()
    return WanVACEPipeline(transformer=transformer, **shared())


def skyreels_df():
    return SkyReelsV2DiffusionForcingImageToVideoPipeline(
        transformer=SkyReelsV2Transformer3DModel(**CORE, in_channels=16, out_channels=16).eval(), **shared()
    )


def skyreels_i2v():
    return SkyReelsV2ImageToVideoPipeline(
        transformer=SkyReelsV2Transformer3DModel(**CORE, in_channels=36, out_channels=16, image_dim=4).eval(),
        **shared(), **vision(),
    )  # fmt: skip


def anyflow_far():
    core = {name: value for name, value in CORE.items() if name != "qk_norm"}
    transformer = AnyFlowFARTransformer3DModel(**core, in_channels=16, out_channels=16).eval()
    return AnyFlowFARPipeline(transformer=transformer, **{**shared(), "scheduler": FlowMapEulerDiscreteScheduler()})


def wan_animate():
    core = {name: value for name, value in CORE.items() if name != "qk_norm"}
    sizes = {"4": 8, "8": 8, "16": 8}
    transformer = WanAnimateTransformer3DModel(
        **core, in_channels=36, latent_channels=16, out_channels=16, image_dim=4, motion_encoder_channel_sizes=sizes,
        motion_encoder_size=16, motion_style_dim=8, motion_dim=4, motion_encoder_dim=16, face_encoder_hidden_dim=16,
        face_encoder_num_heads=2, inject_face_latents_blocks=2,
    ).eval()  # fmt: skip
    return WanAnimatePipeline(transformer=transformer, **shared(), **vision())
