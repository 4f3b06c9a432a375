"""A language model of half a megabyte, written as a GGUF file.

It is a real one in every respect but sense: llama's architecture, a vocabulary of bytes, a chat template that knows
tools. Its weights are random, made from a fixed seed, but for four dimensions: one keeps its answers printable, two make
it begin a tool call where its turn begins with a new line, and one keeps it from ending after a space. The template has
that line where there are tools and the turn does not follow a tool's result, so that a loop of calls and results ends;
elsewhere it has a space, so that no answer is empty.
"""

import pathlib
import re

import gguf
import numpy as np

WIDTH = 64
HEADS = 4
LAYERS = 2
FEED_FORWARD = 128
CONTEXT = 65536

# Special tokens: the beginning of a turn, its end, the beginning of a tool call.
START, END, CALL = "<|im_start|>", "<|im_end|>", "<tool_call>"

# What every token has in the first dimension, and what makes some tokens follow others in those after it.
CONSTANT, CUE = 8.0, 40.0

# How much a token is liked always, and after its cue.
PRINTABLE, OTHER, FOLLOWS = 3.0, -9.0, 9.0

TEMPLATE = """\
{%- if tools %}{{ '<|im_start|>system\\n# Tools\\n<tools>' }}
{%- for tool in tools %}{{ '\\n' + (tool | tojson) }}{%- endfor %}
{{- '\\n</tools>\\nFor each function call return a json object within <tool_call></tool_call> XML tags:\\n\
<tool_call>\\n{"name": <function-name>, "arguments": <args-json-object>}\\n</tool_call><|im_end|>\\n' }}
{%- endif %}
{%- for message in messages %}
{%- if message.role == 'tool' %}{{ '<|im_start|>user\\n<tool_response>\\n' + message.content + '\\n</tool_response><|im_end|>\\n' }}
{%- else %}{{ '<|im_start|>' + message.role + '\\n' + (message.content or '') }}
{%- for call in message.tool_calls or [] %}
{{- '\\n<tool_call>\\n{"name": "' + call.function.name + '", "arguments": ' + (call.function.arguments | tojson) + '}\\n</tool_call>' }}
{%- endfor %}{{ '<|im_end|>\\n' }}
{%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}
{%- if not tools or messages[-1].role == 'tool' %}{{ '> ' }}{%- endif %}{%- endif %}"""


def write(path: pathlib.Path) -> None:
    """Writes the model. The same bytes every time."""
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("tiny")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    tokens = _vocabulary(writer)
    for name, tensor in _tensors(tokens):
        writer.add_tensor(name, tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _vocabulary(writer: gguf.GGUFWriter) -> list[str]:
    """Byte-level BPE that merges next to nothing, as GPT-2 writes bytes."""
    tokens = [*(_written(byte) for byte in range(256)), "Ġt", START, END, CALL]
    kinds = [gguf.TokenType.NORMAL] * 257 + [gguf.TokenType.CONTROL] * 3
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges(["Ġ t"])
    writer.add_vocab_size(len(tokens))
    writer.add_bos_token_id(tokens.index(START))
    writer.add_eos_token_id(tokens.index(END))
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)
    return tokens


def _written(byte: int) -> str:
    """The character that stands for a byte: itself where it can be seen, one from 256 on elsewhere."""
    seen = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    return chr(byte if byte in seen else 256 + [other for other in range(256) if other not in seen].index(byte))


def _tensors(tokens: list[str]):
    random = np.random.default_rng(7)

    def weights(*shape: int) -> np.ndarray:
        return (random.standard_normal(shape) / np.sqrt(shape[-1])).astype(np.float32)

    def ones() -> np.ndarray:
        return np.ones(WIDTH, dtype=np.float32)

    embedding = weights(len(tokens), WIDTH) * 8
    call, line_end, space = tokens.index(CALL), tokens.index("Ċ"), tokens.index("Ġ")
    embedding[:, :4] = CONSTANT, 0, 0, 0
    embedding[line_end, 1] = embedding[call, 2] = embedding[space, 3] = CUE
    output = weights(len(tokens), WIDTH) * 2
    liked = [bool(re.fullmatch(r"[ -~Ġ]+", token)) and token != CALL and token != START for token in tokens]
    output[:, :4] = 0
    output[:, 0] = np.where(liked, PRINTABLE, OTHER)
    output[call, 1] = output[line_end, 2] = FOLLOWS
    output[tokens.index(END), 3] = -FOLLOWS
    yield "token_embd.weight", embedding
    yield "output_norm.weight", ones()
    yield "output.weight", output
    for layer in range(LAYERS):
        block = f"blk.{layer}"
        yield f"{block}.attn_norm.weight", ones()
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            yield f"{block}.{name}.weight", weights(WIDTH, WIDTH)
        yield f"{block}.ffn_norm.weight", ones()
        for name, shape in (("gate", (FEED_FORWARD, WIDTH)), ("up", (FEED_FORWARD, WIDTH)), ("down", (WIDTH, FEED_FORWARD))):
            yield f"{block}.ffn_{name}.weight", weights(*shape)
