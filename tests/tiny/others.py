"""LTX, EasyAnimate, CogVideoX, Stable Video Diffusion, I2VGen-XL, Helios, PIA, SparseCtrl, both Sanas and Motif."""

from __future__ import annotations

import torch
from diffusers import (
    AnimateDiffSparseControlNetPipeline,
    AutoencoderKL,
    AutoencoderKLCogVideoX,
    AutoencoderKLLTXVideo,
    AutoencoderKLMagvit,
    AutoencoderKLTemporalDecoder,
    CogVideoXDDIMScheduler,
    CogVideoXImageToVideoPipeline,
    CogVideoXTransformer3DModel,
    DDIMScheduler,
    EasyAnimateInpaintPipeline,
    EasyAnimateTransformer3DModel,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    HeliosDMDScheduler,
    HeliosPipeline,
    HeliosPyramidPipeline,
    HeliosTransformer3DModel,
    I2VGenXLPipeline,
    I2VGenXLUNet,
    LTXConditionPipeline,
    LTXI2VLongMultiPromptPipeline,
    LTXImageToVideoPipeline,
    LTXVideoTransformer3DModel,
    MotifVideoImage2VideoPipeline,
    MotifVideoTransformer3DModel,
    MotionAdapter,
    PIAPipeline,
    SanaImageToVideoPipeline,
    SanaVideoTransformer3DModel,
    SanaWMPipeline,
    SanaWMTransformer3DModel,
    SparseControlNetModel,
    StableVideoDiffusionPipeline,
    UNet2DConditionModel,
    UNetMotionModel,
    UNetSpatioTemporalConditionModel,
)
from transformers import (
    CLIPImageProcessor,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
    Gemma2Config,
    Gemma2Model,
    GemmaConfig,
    GemmaModel,
    Qwen2VLConfig,
    Qwen2VLForConditionalGeneration,
    SiglipImageProcessor,
    T5EncoderModel,
    T5Gemma2Encoder,
    T5Gemma2EncoderConfig,
)

from tests.tiny.hunyuan import qwen_config
from tests.tiny.sounding import video_vae
from tests.tiny.text import WIDTH, clip_text, clip_tokenizer, gemma_tokenizer, qwen_tokenizer, t5, t5_tokenizer
from tests.tiny.wan import CORE, vae


def _ltx_parts():
    tokenizer = t5_tokenizer()
    return {
        "tokenizer": tokenizer,
        "text_encoder": t5(T5EncoderModel, tokenizer),
        "scheduler": FlowMatchEulerDiscreteScheduler(),
        "transformer": LTXVideoTransformer3DModel(
            in_channels=8, out_channels=8, num_attention_heads=2, attention_head_dim=16, cross_attention_dim=32,
            num_layers=1, caption_channels=WIDTH,
        ).eval(),
        "vae": AutoencoderKLLTXVideo(
            latent_channels=8, block_out_channels=(8, 8, 8, 8), decoder_block_out_channels=(8, 8, 8, 8),
            layers_per_block=(1, 1, 1, 1, 1), decoder_layers_per_block=(1, 1, 1, 1, 1),
        ).eval(),
    }  # fmt: skip


def ltx():
    return LTXImageToVideoPipeline(**_ltx_parts())


def ltx_condition():
    return LTXConditionPipeline(**_ltx_parts())


def ltx_long():
    """Its autoencoder holds eight frames in one, as the pipeline counts on."""
    parts = _ltx_parts()
    parts["vae"] = AutoencoderKLLTXVideo(
        latent_channels=8, block_out_channels=(8, 8, 8, 8), decoder_block_out_channels=(8, 8, 8, 8),
        layers_per_block=(1, 1, 1, 1, 1), decoder_layers_per_block=(1, 1, 1, 1, 1),
        spatio_temporal_scaling=(True, True, True, False), decoder_spatio_temporal_scaling=(True, True, True, False),
    ).eval()  # fmt: skip
    return LTXI2VLongMultiPromptPipeline(**parts)


def easyanimate():
    tokenizer = qwen_tokenizer()
    vae = AutoencoderKLMagvit(
        latent_channels=4, block_out_channels=(8, 8, 8, 8), layers_per_block=1, norm_num_groups=2,
    ).eval()  # fmt: skip
    vae.register_to_config(cache_mag_vae=True)  # as in the weights' own configuration
    return EasyAnimateInpaintPipeline(
        tokenizer=tokenizer,
        text_encoder=Qwen2VLForConditionalGeneration(
            Qwen2VLConfig(
                text_config=qwen_config(tokenizer),
                vision_config={"depth": 1, "embed_dim": 16, "hidden_size": 16, "num_heads": 2, "mlp_ratio": 1},
                vision_start_token_id=3, image_token_id=5, video_token_id=6,
            )
        ).eval(),
        vae=vae,
        scheduler=FlowMatchEulerDiscreteScheduler(),
        transformer=EasyAnimateTransformer3DModel(
            num_attention_heads=2, attention_head_dim=16, in_channels=9, out_channels=4, patch_size=2, num_layers=1,
            mmdit_layers=1, time_embed_dim=8, text_embed_dim=16, sample_width=16, sample_height=16,
        ).eval(),
    )  # fmt: skip


def cogvideox():
    tokenizer = t5_tokenizer()
    return CogVideoXImageToVideoPipeline(
        tokenizer=tokenizer,
        text_encoder=t5(T5EncoderModel, tokenizer),
        transformer=CogVideoXTransformer3DModel(
            num_attention_heads=2, attention_head_dim=16, in_channels=8, out_channels=4, time_embed_dim=2,
            text_embed_dim=WIDTH, num_layers=1, sample_width=8, sample_height=8, sample_frames=9, patch_size=2,
            max_text_seq_length=16, use_rotary_positional_embeddings=True, use_learned_positional_embeddings=True,
        ).eval(),
        vae=AutoencoderKLCogVideoX(
            down_block_types=("CogVideoXDownBlock3D",) * 4, up_block_types=("CogVideoXUpBlock3D",) * 4,
            block_out_channels=(8, 8, 8, 8), latent_channels=4, layers_per_block=1, norm_num_groups=2,
        ).eval(),
        scheduler=CogVideoXDDIMScheduler(),
    )  # fmt: skip


def cogvideox_1_5():
    """As CogVideoX, with patches in time and no size of its own."""
    pipeline = cogvideox()
    parts = {**pipeline.components}
    parts["transformer"] = CogVideoXTransformer3DModel(
        num_attention_heads=2, attention_head_dim=16, in_channels=8, out_channels=4, time_embed_dim=2,
        text_embed_dim=WIDTH, num_layers=1, sample_width=300, sample_height=300, sample_frames=17, patch_size=2,
        patch_size_t=2, max_text_seq_length=16, use_rotary_positional_embeddings=True, patch_bias=False,
        ofs_embed_dim=2,
    ).eval()  # fmt: skip
    return CogVideoXImageToVideoPipeline(**parts)


def svd():
    return StableVideoDiffusionPipeline(
        unet=UNetSpatioTemporalConditionModel(
            block_out_channels=(32, 64), layers_per_block=1, sample_size=32, in_channels=8, out_channels=4,
            down_block_types=("CrossAttnDownBlockSpatioTemporal", "DownBlockSpatioTemporal"),
            up_block_types=("UpBlockSpatioTemporal", "CrossAttnUpBlockSpatioTemporal"), cross_attention_dim=32,
            num_attention_heads=8, projection_class_embeddings_input_dim=96, addition_time_embed_dim=32,
        ).eval(),
        vae=AutoencoderKLTemporalDecoder(
            block_out_channels=(32, 64), down_block_types=("DownEncoderBlock2D", "DownEncoderBlock2D"),
            latent_channels=4,
        ).eval(),
        image_encoder=CLIPVisionModelWithProjection(
            CLIPVisionConfig(
                hidden_size=32, projection_dim=32, num_hidden_layers=2, num_attention_heads=4, image_size=224,
                intermediate_size=37, patch_size=56,
            )
        ).eval(),
        feature_extractor=CLIPImageProcessor(crop_size=32, size=32),
        scheduler=EulerDiscreteScheduler(prediction_type="v_prediction", use_karras_sigmas=True),
    )  # fmt: skip


def i2vgen():
    tokenizer = clip_tokenizer()
    return I2VGenXLPipeline(
        tokenizer=tokenizer,
        text_encoder=clip_text(tokenizer),
        vae=AutoencoderKL(
            block_out_channels=(8,) * 4, down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4, latent_channels=4, norm_num_groups=2,
        ).eval(),
        unet=I2VGenXLUNet(
            block_out_channels=(4, 8), layers_per_block=1, sample_size=32, norm_num_groups=2, cross_attention_dim=32,
            down_block_types=("CrossAttnDownBlock3D", "DownBlock3D"),
            up_block_types=("UpBlock3D", "CrossAttnUpBlock3D"), attention_head_dim=4,
        ).eval(),
        image_encoder=CLIPVisionModelWithProjection(
            CLIPVisionConfig(
                hidden_size=32, projection_dim=32, num_hidden_layers=2, num_attention_heads=4, image_size=32,
                intermediate_size=37, patch_size=16,
            )
        ).eval(),
        feature_extractor=CLIPImageProcessor(crop_size=32, size=32),
        scheduler=DDIMScheduler(clip_sample=False, set_alpha_to_one=False),
    )  # fmt: skip


def helios():
    tokenizer = t5_tokenizer()
    core = {name: value for name, value in CORE.items() if name != "rope_max_seq_len"}
    return HeliosPipeline(
        tokenizer=tokenizer,
        text_encoder=t5(tokenizer=tokenizer),
        vae=vae(),
        scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=False),
        transformer=HeliosTransformer3DModel(**core, in_channels=16, out_channels=16, rope_dim=(4, 4, 4)).eval(),
    )


def helios_distilled():
    """In stages of growing size; its scheduler draws the noise of each anew."""
    parts = helios().components
    return HeliosPyramidPipeline(**{**parts, "scheduler": HeliosDMDScheduler()}, is_distilled=True)


def _picture_model():
    """What is left of a picture model without the part that denoises."""
    tokenizer = clip_tokenizer()
    return {
        "vae": AutoencoderKL(
            block_out_channels=(8, 8, 8, 8), down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4, latent_channels=4, norm_num_groups=4, layers_per_block=1,
        ).eval(),
        "text_encoder": clip_text(tokenizer),
        "tokenizer": tokenizer,
        "scheduler": DDIMScheduler(clip_sample=False),
    }  # fmt: skip


def pia():
    """A picture model with a motion adapter put in: the still and a mask stand beside the noise, nine channels."""
    return PIAPipeline(
        unet=UNetMotionModel(
            sample_size=8, in_channels=9, out_channels=4, block_out_channels=(8, 8), norm_num_groups=4,
            down_block_types=("CrossAttnDownBlockMotion", "DownBlockMotion"), layers_per_block=1,
            up_block_types=("UpBlockMotion", "CrossAttnUpBlockMotion"), cross_attention_dim=WIDTH,
            num_attention_heads=2, motion_num_attention_heads=2,
        ).eval(),
        **_picture_model(),
    )  # fmt: skip


def sparsectrl():
    """A picture model with a motion adapter put in, and a network beside it that reads the frames that are given."""
    core = {"block_out_channels": (8, 8), "layers_per_block": 1, "norm_num_groups": 4, "cross_attention_dim": WIDTH}
    reader = SparseControlNetModel(
        **core, conditioning_channels=4, down_block_types=("CrossAttnDownBlockMotion", "DownBlockMotion"),
        attention_head_dim=2, motion_num_attention_heads=2, conditioning_embedding_out_channels=(8,),
    ).eval()  # fmt: skip
    for weights in reader.parameters():  # it begins by saying nothing
        if not weights.any():
            torch.nn.init.normal_(weights, std=0.1)
    return AnimateDiffSparseControlNetPipeline(
        unet=UNet2DConditionModel(
            **core, sample_size=8, down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
            up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"), attention_head_dim=2,
        ).eval(),
        motion_adapter=MotionAdapter(
            block_out_channels=(8, 8), motion_layers_per_block=1, motion_norm_num_groups=4,
            motion_num_attention_heads=2,
        ).eval(),
        controlnet=reader,
        **_picture_model(),
    )  # fmt: skip


def _gemma(kind, config, tokenizer):
    return kind(
        config(
            vocab_size=len(tokenizer), hidden_size=8, intermediate_size=16, num_hidden_layers=1,
            num_attention_heads=2, num_key_value_heads=1, head_dim=4,
        )
    ).eval()  # fmt: skip


def sana():
    tokenizer = gemma_tokenizer()
    return SanaImageToVideoPipeline(
        tokenizer=tokenizer,
        text_encoder=_gemma(GemmaModel, GemmaConfig, tokenizer),
        vae=vae(),
        scheduler=FlowMatchEulerDiscreteScheduler(),
        transformer=SanaVideoTransformer3DModel(
            num_attention_heads=2, attention_head_dim=12, num_layers=2, num_cross_attention_heads=2,
            cross_attention_head_dim=12, cross_attention_dim=24, caption_channels=8, sample_size=30,
            patch_size=(1, 2, 2), qk_norm="rms_norm_across_heads", rope_max_seq_len=64,
        ).eval(),
    )  # fmt: skip


def sana_wm():
    tokenizer = gemma_tokenizer()
    return SanaWMPipeline(
        tokenizer=tokenizer,
        text_encoder=_gemma(Gemma2Model, Gemma2Config, tokenizer),
        vae=video_vae(),
        scheduler=FlowMatchEulerDiscreteScheduler(),
        transformer=SanaWMTransformer3DModel(
            in_channels=8, num_layers=2, hidden_size=48, num_attention_heads=2, linear_head_dim=24,
            softmax_every_n=2, caption_channels=8, chunk_plucker_post_attn_blocks=2,
        ).eval(),
    )  # fmt: skip


def motif():
    from diffusers.guiders import ClassifierFreeGuidance

    tokenizer = gemma_tokenizer()
    text = {
        "vocab_size": len(tokenizer) + 8, "hidden_size": WIDTH, "intermediate_size": 37, "num_hidden_layers": 2,
        "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 8, "dropout_rate": 0.0,
    }  # fmt: skip
    vision = {
        "hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2,
        "image_size": 32, "patch_size": 8,
    }  # fmt: skip
    return MotifVideoImage2VideoPipeline(
        tokenizer=tokenizer,
        text_encoder=T5Gemma2Encoder(
            T5Gemma2EncoderConfig(text_config=text, vision_config=vision, mm_tokens_per_image=4)
        ).eval(),
        feature_extractor=SiglipImageProcessor(size={"height": 32, "width": 32}),
        guider=ClassifierFreeGuidance(guidance_scale=5.0),
        vae=vae(),
        scheduler=FlowMatchEulerDiscreteScheduler(),
        transformer=MotifVideoTransformer3DModel(
            num_attention_heads=2, attention_head_dim=12, num_layers=1, num_single_layers=1, text_embed_dim=WIDTH,
            image_embed_dim=16, rope_axes_dim=(4, 4, 4),
        ).eval(),
    )  # fmt: skip
