"""Tokenizers made in memory, and text encoders of a few thousand weights."""

from __future__ import annotations

import string

import torch
from tokenizers.pre_tokenizers import ByteLevel
from transformers import CLIPTextConfig, CLIPTextModel, T5Config, T5EncoderModel, UMT5Config, UMT5EncoderModel
from transformers.models.clip.tokenization_clip import CLIPTokenizer
from transformers.models.t5.tokenization_t5 import T5Tokenizer

PRINTABLE = [c for c in string.printable if not c.isspace()]
WIDTH = 32


def t5_tokenizer():
    """One token for each printable character."""
    marks = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0), ("▁", -2.0)]
    return T5Tokenizer(vocab=marks + [(c, -3.0) for c in PRINTABLE], extra_ids=0, model_max_length=512)


def clip_tokenizer():
    """One token for each byte, at the end of a word or not."""
    letters = sorted(ByteLevel.alphabet())
    words = letters + [letter + "</w>" for letter in letters] + ["<|startoftext|>", "<|endoftext|>"]
    return CLIPTokenizer(vocab={word: number for number, word in enumerate(words)}, merges=[], model_max_length=77)


def t5(kind=UMT5EncoderModel, tokenizer=None):
    config = {UMT5EncoderModel: UMT5Config, T5EncoderModel: T5Config}[kind]
    size = len(tokenizer or t5_tokenizer())
    return kind(
        config(vocab_size=size + 8, d_model=WIDTH, d_kv=8, d_ff=37, num_layers=2, num_heads=4, dropout_rate=0)
    ).eval()


def clip_text(tokenizer, width=WIDTH):
    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(tokenizer), hidden_size=width, intermediate_size=37, num_hidden_layers=2,
            num_attention_heads=4, projection_dim=width, eos_token_id=len(tokenizer) - 1,
            bos_token_id=len(tokenizer) - 2, pad_token_id=1,
        )
    ).eval()  # fmt: skip


def seeded(make):
    """Make something from weights that are the same every time."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        return make()


def gemma_tokenizer():
    """Bytes and printable characters, with the marks that Gemma and Llama know."""
    from transformers.models.gemma.tokenization_gemma import GemmaTokenizer

    marks = ["<pad>", "<eos>", "<bos>", "<unk>", "▁"]
    pieces = marks + [f"<0x{byte:02X}>" for byte in range(256)] + PRINTABLE
    return GemmaTokenizer(vocab={piece: number for number, piece in enumerate(pieces)}, merges=[])


def llama_tokenizer():
    """As Gemma's, with Llama's marks."""
    from transformers.models.llama.tokenization_llama import LlamaTokenizer

    marks = ["<unk>", "<s>", "</s>", "▁"]
    pieces = marks + [f"<0x{byte:02X}>" for byte in range(256)] + PRINTABLE
    return LlamaTokenizer(vocab={piece: number for number, piece in enumerate(pieces)}, merges=[], pad_token="<unk>")


def qwen_tokenizer():
    """One token for each byte, and Qwen's marks."""
    from transformers.models.qwen2.tokenization_qwen2 import Qwen2Tokenizer

    marks = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|vision_start|>", "<|vision_end|>", "<|image_pad|>"]
    vocab = {piece: number for number, piece in enumerate([*marks, "<|video_pad|>", *sorted(ByteLevel.alphabet())])}
    tokenizer = Qwen2Tokenizer(vocab=vocab, merges=[])
    tokenizer.chat_template = (
        "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
        "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
    )
    return tokenizer


def header_tokenizer():
    """One token for each mark of Llama 3 and for each printable word that it was told; any other word is unknown."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import PreTrainedTokenizerFast

    marks = ["<unk>", "<pad>", "<image>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"]
    words = Tokenizer(WordLevel({word: number for number, word in enumerate([*marks, *PRINTABLE])}, unk_token="<unk>"))
    words.pre_tokenizer = Whitespace()
    return PreTrainedTokenizerFast(
        tokenizer_object=words, unk_token="<unk>", pad_token="<pad>", additional_special_tokens=marks[2:]
    )
