"""LTX-2, which makes pictures and sound."""

from __future__ import annotations

from diffusers import (
    AutoencoderKLLTX2Audio,
    AutoencoderKLLTX2Video,
    FlowMatchEulerDiscreteScheduler,
    LTX2ConditionPipeline,
    LTX2DFRPipeline,
    LTX2VideoTransformer3DModel,
)
from diffusers.pipelines.ltx2 import LTX2TextConnectors
from diffusers.pipelines.ltx2.vocoder import LTX2Vocoder
from transformers import Gemma3Config, Gemma3ForConditionalGeneration

from tests.tiny.text import WIDTH, gemma_tokenizer

LAYERS = 2


def _encoder(tokenizer):
    return Gemma3ForConditionalGeneration(
        Gemma3Config(
            text_config={
                "vocab_size": len(tokenizer) + 8, "hidden_size": WIDTH, "intermediate_size": 37,
                "num_hidden_layers": LAYERS, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 8,
            },
            vision_config={
                "hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2,
                "image_size": 32, "patch_size": 8,
            },
            mm_tokens_per_image=4,
        )
    ).eval()  # fmt: skip


def _connectors():
    return LTX2TextConnectors(
        caption_channels=WIDTH, text_proj_in_factor=LAYERS + 1, video_connector_num_attention_heads=4,
        video_connector_attention_head_dim=8, video_connector_num_layers=1,
        video_connector_num_learnable_registers=None, audio_connector_num_attention_heads=4,
        audio_connector_attention_head_dim=8, audio_connector_num_layers=1,
        audio_connector_num_learnable_registers=None, connector_rope_base_seq_len=32, rope_theta=10000.0,
        rope_double_precision=False, causal_temporal_positioning=False, rope_type="split",
    ).eval()  # fmt: skip


def video_vae():
    return AutoencoderKLLTX2Video(
        latent_channels=8, block_out_channels=(8, 16, 32, 64), decoder_block_out_channels=(8, 16, 32),
        layers_per_block=(1, 1, 1, 1, 1), decoder_layers_per_block=(1, 1, 1, 1), spatial_compression_ratio=32,
        temporal_compression_ratio=8,
        spatio_temporal_scaling=(True, True, True, True), decoder_spatio_temporal_scaling=(True, True, True),
    ).eval()  # fmt: skip


def ltx_2(keyframes=False):
    tokenizer = gemma_tokenizer()
    sounds = AutoencoderKLLTX2Audio(
        base_channels=4, output_channels=2, ch_mult=(1,), num_res_blocks=1, in_channels=2, resolution=32,
        latent_channels=2, sample_rate=16000, mel_hop_length=160, mel_bins=8,
    ).eval()  # fmt: skip
    return LTX2ConditionPipeline(
        tokenizer=tokenizer, text_encoder=_encoder(tokenizer), connectors=_connectors(), vae=video_vae(),
        audio_vae=sounds, scheduler=FlowMatchEulerDiscreteScheduler(),
        transformer=LTX2VideoTransformer3DModel(
            in_channels=8, out_channels=8, num_attention_heads=2, attention_head_dim=8, cross_attention_dim=16,
            audio_in_channels=4, audio_out_channels=4, audio_num_attention_heads=2, audio_attention_head_dim=4,
            audio_cross_attention_dim=8, num_layers=1, caption_channels=WIDTH, rope_double_precision=False,
            rope_type="split", use_keyframes_abs_pos_embedding=keyframes,
        ).eval(),
        vocoder=LTX2Vocoder(
            in_channels=sounds.config.output_channels * sounds.config.mel_bins, hidden_channels=32, out_channels=2,
            upsample_kernel_sizes=[4, 4], upsample_factors=[2, 2], resnet_kernel_sizes=[3],
            resnet_dilations=[[1, 3, 5]], leaky_relu_negative_slope=0.1, output_sampling_rate=16000,
        ).eval(),
    )  # fmt: skip


def ltx_2_dfr():
    """As LTX-2, its transformer telling frames that stand alone from those that share a latent."""
    parts = ltx_2(keyframes=True).components
    return LTX2DFRPipeline(**{name: part for name, part in parts.items() if name != "audio_scheduler"})
