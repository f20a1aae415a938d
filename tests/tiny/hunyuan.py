"""HunyuanVideo, FramePack, HunyuanVideo 1.5, Kandinsky 5 and 6, whose text encoders see pictures too."""

from __future__ import annotations

from diffusers import (
    AutoencoderKLHunyuanVideo,
    AutoencoderKLHunyuanVideo15,
    ClassifierFreeGuidance,
    FlowMatchEulerDiscreteScheduler,
    HunyuanSkyreelsImageToVideoPipeline,
    HunyuanVideo15ImageToVideoPipeline,
    HunyuanVideo15Transformer3DModel,
    HunyuanVideoFramepackPipeline,
    HunyuanVideoFramepackTransformer3DModel,
    HunyuanVideoImageToVideoPipeline,
    HunyuanVideoTransformer3DModel,
    Kandinsky5I2VPipeline,
    Kandinsky5Transformer3DModel,
    Kandinsky6TI2VAPipeline,
    Kandinsky6Transformer3DModel,
)
from diffusers.models.autoencoders.autoencoder_mmaudio import MMAudioVAE
from diffusers.models.autoencoders.mmaudio_vocoder import MMAudioVocoder
from transformers import (
    ByT5Tokenizer,
    CLIPImageProcessor,
    CLIPVisionConfig,
    LlamaConfig,
    LlamaModel,
    LlavaConfig,
    LlavaForConditionalGeneration,
    Qwen2_5_VLConfig,
    Qwen2_5_VLForConditionalGeneration,
    Qwen2_5_VLTextConfig,
    Qwen2_5_VLTextModel,
    SiglipImageProcessor,
    SiglipVisionConfig,
    SiglipVisionModel,
    T5EncoderModel,
)

from tests.tiny.text import clip_text, clip_tokenizer, header_tokenizer, llama_tokenizer, qwen_tokenizer, t5

HEAD = {
    "num_attention_heads": 2, "attention_head_dim": 10, "num_layers": 1, "num_single_layers": 1,
    "num_refiner_layers": 1, "patch_size": 1, "patch_size_t": 1, "text_embed_dim": 16, "pooled_projection_dim": 8,
    "rope_axes_dim": (2, 4, 4),
}  # fmt: skip


def _vae():
    return AutoencoderKLHunyuanVideo(
        latent_channels=4, down_block_types=("HunyuanVideoDownBlock3D",) * 4,
        up_block_types=("HunyuanVideoUpBlock3D",) * 4, block_out_channels=(8, 8, 8, 8), layers_per_block=1,
        norm_num_groups=4,
    ).eval()  # fmt: skip


def _llama(tokenizer):
    return {
        "vocab_size": len(tokenizer) + 8, "hidden_size": 16, "intermediate_size": 37, "num_hidden_layers": 4,
        "num_attention_heads": 4, "num_key_value_heads": 4,
    }  # fmt: skip


def _second():
    tokenizer = clip_tokenizer()
    return {"tokenizer_2": tokenizer, "text_encoder_2": clip_text(tokenizer, 8)}


def hunyuan():
    tokenizer = header_tokenizer()
    encoder = LlavaForConditionalGeneration(
        LlavaConfig(
            text_config=LlamaConfig(**_llama(tokenizer)),
            vision_config=CLIPVisionConfig(
                hidden_size=8, num_hidden_layers=2, num_attention_heads=4, image_size=48, intermediate_size=37,
                patch_size=2, projection_dim=32,
            ),
            image_token_index=tokenizer.convert_tokens_to_ids("<image>"), pad_token_id=1,
        )
    ).eval()  # fmt: skip
    return HunyuanVideoImageToVideoPipeline(
        tokenizer=tokenizer, text_encoder=encoder, **_second(), vae=_vae(),
        scheduler=FlowMatchEulerDiscreteScheduler(shift=7.0), image_processor=CLIPImageProcessor(size=48, crop_size=48),
        transformer=HunyuanVideoTransformer3DModel(
            **HEAD, in_channels=2 * 4 + 1, out_channels=4, guidance_embeds=False, image_condition_type="latent_concat"
        ).eval(),
    )  # fmt: skip


def skyreels_1():
    tokenizer = llama_tokenizer()
    return HunyuanSkyreelsImageToVideoPipeline(
        tokenizer=tokenizer, text_encoder=LlamaModel(LlamaConfig(**_llama(tokenizer), pad_token_id=0)).eval(),
        **_second(), vae=_vae(), scheduler=FlowMatchEulerDiscreteScheduler(shift=7.0),
        transformer=HunyuanVideoTransformer3DModel(
            **HEAD, in_channels=2 * 4, out_channels=4, guidance_embeds=True
        ).eval(),
    )  # fmt: skip


def framepack():
    tokenizer = llama_tokenizer()
    return HunyuanVideoFramepackPipeline(
        tokenizer=tokenizer, text_encoder=LlamaModel(LlamaConfig(**_llama(tokenizer), pad_token_id=0)).eval(),
        **_second(), vae=_vae(), scheduler=FlowMatchEulerDiscreteScheduler(shift=7.0),
        image_encoder=SiglipVisionModel(
            SiglipVisionConfig(
                hidden_size=8, intermediate_size=16, num_hidden_layers=2, num_attention_heads=2, image_size=32,
                patch_size=16,
            )
        ).eval(),
        feature_extractor=SiglipImageProcessor(size={"height": 32, "width": 32}),
        transformer=HunyuanVideoFramepackTransformer3DModel(
            **{**HEAD, "patch_size": 2}, in_channels=4, out_channels=4, guidance_embeds=True,
            has_image_proj=True, image_proj_dim=8, has_clean_x_embedder=True,
        ).eval(),
    )  # fmt: skip


def qwen_config(tokenizer, width=16):
    return {
        "vocab_size": len(tokenizer) + 8, "hidden_size": width, "intermediate_size": 16, "num_hidden_layers": 2,
        "num_attention_heads": 2, "num_key_value_heads": 2, "pad_token_id": 0,
        "rope_parameters": {"rope_type": "default", "mrope_section": [1, 1, 2], "rope_theta": 1e6},
    }  # fmt: skip


def hunyuan_1_5():
    tokenizer, glyphs = qwen_tokenizer(), ByT5Tokenizer()
    return HunyuanVideo15ImageToVideoPipeline(
        tokenizer=tokenizer, text_encoder=Qwen2_5_VLTextModel(Qwen2_5_VLTextConfig(**qwen_config(tokenizer))).eval(),
        tokenizer_2=glyphs, text_encoder_2=t5(T5EncoderModel, glyphs),
        vae=AutoencoderKLHunyuanVideo15(
            latent_channels=4, block_out_channels=(16, 16), layers_per_block=1, spatial_compression_ratio=4,
            temporal_compression_ratio=4, downsample_match_channel=False, upsample_match_channel=False,
        ).eval(),
        scheduler=FlowMatchEulerDiscreteScheduler(), guider=ClassifierFreeGuidance(guidance_scale=1.0),
        image_encoder=SiglipVisionModel(
            SiglipVisionConfig(
                hidden_size=8, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2, image_size=32,
                patch_size=16,
            )
        ).eval(),
        feature_extractor=SiglipImageProcessor(size={"height": 32, "width": 32}),
        transformer=HunyuanVideo15Transformer3DModel(
            in_channels=9, out_channels=4, num_attention_heads=2, attention_head_dim=8, num_layers=2,
            num_refiner_layers=1, mlp_ratio=2.0, text_embed_dim=16, text_embed_2_dim=32, image_embed_dim=8,
            rope_axes_dim=(2, 2, 4), target_size=16, task_type="i2v",
        ).eval(),
    )  # fmt: skip


def _qwen_vl(tokenizer):
    return Qwen2_5_VLForConditionalGeneration(
        Qwen2_5_VLConfig(
            text_config=qwen_config(tokenizer),
            vision_config={
                "depth": 1, "hidden_size": 16, "intermediate_size": 16, "num_heads": 2, "out_hidden_size": 16,
            },
            vision_start_token_id=3, vision_token_id=5, image_token_id=5, video_token_id=6,
        )
    ).eval()  # fmt: skip


_KANDINSKY = {
    "in_visual_dim": 4, "out_visual_dim": 4, "in_text_dim": 16, "in_text_dim2": 8, "time_dim": 16, "model_dim": 16,
    "ff_dim": 32, "num_text_blocks": 1, "num_visual_blocks": 1,
}  # fmt: skip


def _kandinsky():
    tokenizer = qwen_tokenizer()
    return {
        "tokenizer": tokenizer, "text_encoder": _qwen_vl(tokenizer), **_second(), "vae": _vae(),
        "scheduler": FlowMatchEulerDiscreteScheduler(),
    }  # fmt: skip


def kandinsky_5():
    return Kandinsky5I2VPipeline(
        **_kandinsky(),
        transformer=Kandinsky5Transformer3DModel(**_KANDINSKY, axes_dims=(1, 1, 2), visual_cond=True).eval(),
    )


def kandinsky_6():
    return Kandinsky6TI2VAPipeline(
        **_kandinsky(),
        transformer=Kandinsky6Transformer3DModel(
            **_KANDINSKY, axes_dims=(4, 6, 6), in_audio_dim=4, out_audio_dim=4, ca_rope=True,
            cross_gates=True, fix_modulation=True, text_token_padding=True, visual_token_type_num_embeddings=2,
        ).eval(),
        audio_vae=MMAudioVAE(
            mel_bins=8, latent_channels=4, hidden_channels=8, layers_per_block=1, sample_rate=16000, n_fft=64,
            hop_length=16,
        ).eval(),
        vocoder=MMAudioVocoder(
            num_mels=8, upsample_initial_channel=16, upsample_rates=(4, 4), upsample_kernel_sizes=(8, 8),
            resblock_kernel_sizes=(3,), resblock_dilation_sizes=((1, 3, 5),),
        ).eval(),
    )  # fmt: skip
