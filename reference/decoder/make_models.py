"""Makes the tiny models that the decoder's tests compare with, by the real transformers library.

    python3 -m venv venv && venv/bin/pip install torch transformers peft safetensors bitsandbytes
    venv/bin/python reference/decoder/make_models.py tandem-decoder/src/test/resources/models

One folder a family: config.json, random weights (norms and biases too), and expected.json with token ids, logits in
float32 and twelve greedily generated tokens. Every trait is switched on: windows shorter than the text, scaled rotations,
soft caps, tied and untied heads; weights in float32, bfloat16, float16 and in shards.
"""
import json
import pathlib
import shutil
import sys

import torch
import transformers
from transformers import AutoModelForCausalLM
from transformers.models.auto.configuration_auto import CONFIG_MAPPING

OUT = pathlib.Path(sys.argv[1])
SHAPE = dict(vocab_size=96, hidden_size=16, intermediate_size=24, num_hidden_layers=2, num_attention_heads=4,
             num_key_value_heads=2, max_position_embeddings=128, bos_token_id=1, eos_token_id=2, pad_token_id=0,
             initializer_range=0.3)
MODELS = {
    "llama2": ("llama", torch.float32, dict(num_key_value_heads=4, tie_word_embeddings=False)),
    "llama3": ("llama", torch.bfloat16, dict(tie_word_embeddings=True, head_dim=8, rope_theta=500000.0, rope_scaling=dict(
        rope_type="llama3", factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0, original_max_position_embeddings=32))),
    "llama-biases": ("llama", torch.float32, dict(attention_bias=True, mlp_bias=True, rope_scaling=dict(
        rope_type="linear", factor=2.0))),
    "mistral": ("mistral", torch.float16, dict(sliding_window=5, head_dim=8)),
    "qwen2": ("qwen2", torch.float32, dict(tie_word_embeddings=True)),
    "qwen2-window": ("qwen2", torch.float32, dict(use_sliding_window=True, sliding_window=6, max_window_layers=1)),
    "qwen3": ("qwen3", torch.bfloat16, dict(head_dim=12, tie_word_embeddings=True)),
    "smollm3": ("smollm3", torch.float32, dict(no_rope_layer_interval=2, no_rope_layers=[1, 0])),
    "gemma2": ("gemma2", torch.float32, dict(head_dim=8, query_pre_attn_scalar=12, sliding_window=5,
                                             attn_logit_softcapping=3.0, final_logit_softcapping=4.0)),
    "gemma3": ("gemma3_text", torch.float32, dict(num_hidden_layers=3, head_dim=8, query_pre_attn_scalar=10,
                                                  sliding_window=5, sliding_window_pattern=2, rope_theta=1e6,
                                                  rope_local_base_freq=1e4,
                                                  rope_scaling=dict(rope_type="linear", factor=8.0))),
}


def main():
    print("transformers", transformers.__version__, "torch", torch.__version__)
    for number, (name, (kind, dtype, traits)) in enumerate(MODELS.items()):
        torch.manual_seed(number)
        config = CONFIG_MAPPING[kind](**{**SHAPE, **traits})
        config._attn_implementation = "eager"
        model = AutoModelForCausalLM.from_config(config, attn_implementation="eager").eval()
        with torch.no_grad():
            for key, parameter in model.named_parameters():
                if "norm" in key or key.endswith("bias"):
                    parameter.copy_(torch.randn_like(parameter) * 0.3 + (0 if kind.startswith("gemma") else 1))
        folder = OUT / name
        shutil.rmtree(folder, ignore_errors=True)
        model.to(dtype).save_pretrained(folder, max_shard_size="8KB" if name == "llama2" else "1GB")
        model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
        (folder / "generation_config.json").unlink(missing_ok=True)
        cases = []
        for length in (5, 19):
            ids = torch.randint(3, SHAPE["vocab_size"], (1, length), generator=torch.Generator().manual_seed(length))
            with torch.no_grad():
                logits = model(ids).logits[0]
                greedy = ids
                for _ in range(12):
                    greedy = torch.cat([greedy, model(greedy).logits[:, -1:].argmax(-1)], 1)
            cases.append(dict(ids=ids[0].tolist(), logits=[[round(x, 6) for x in row] for row in logits[-3:].tolist()],
                              greedy=greedy[0, length:].tolist()))
        (folder / "expected.json").write_text(json.dumps(dict(parameters=model.num_parameters(), cases=cases)))
        print(name, sum(f.stat().st_size for f in folder.iterdir()), "bytes")


main()
