"""Reads an adapter that `tandem adapter export --format gguf` wrote with llama.cpp's own reader, undoes what the format
asks for, and compares each layer's update with the PEFT adapter's.

    venv/bin/python reference/decoder/check_gguf.py BASE ADAPTER FILE.gguf
"""
import json
import sys

import gguf
import numpy as np
from safetensors.numpy import load_file

base, adapter, file = sys.argv[1:4]
model = json.load(open(f"{base}/config.json"))
config = json.load(open(f"{adapter}/adapter_config.json"))
weights = load_file(f"{adapter}/adapter_model.safetensors")
reader = gguf.GGUFReader(file)
fields = {name: field.contents() for name, field in reader.fields.items()}
assert fields["general.type"] == "adapter" and fields["adapter.type"] == "lora", fields
tensors = {t.name: np.array(t.data) for t in reader.tensors}
names = {"self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
         "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down"}


def permuted(w, heads):  # LlamaModel.permute in convert_hf_to_gguf.py
    return w.reshape(heads, 2, w.shape[0] // heads // 2, *w.shape[1:]).swapaxes(1, 2).reshape(w.shape)


def pattern(patterns, layer, otherwise):
    import re
    return next((v for k, v in patterns.items() if re.match(rf"(.*\.)?({k})$", layer)), otherwise)


worst, count = 0.0, 0
for key in weights:
    if not key.endswith("lora_A.weight"):
        continue
    layer = key[len("base_model.model."):-len(".lora_A.weight")]
    a, b = weights[key].astype(np.float64), weights[key.replace("lora_A", "lora_B")].astype(np.float64)
    rank = pattern(config.get("rank_pattern") or {}, layer, config["r"])
    alpha = pattern(config.get("alpha_pattern") or {}, layer, config["lora_alpha"])
    update = b @ a * (alpha / (rank ** 0.5 if config.get("use_rslora") else rank))
    part = layer.split(".", 3)
    if model["model_type"] in ("llama", "mistral", "smollm3") and part[3].endswith(("q_proj", "k_proj")):
        update = permuted(update, model["num_attention_heads" if part[3].endswith("q_proj") else "num_key_value_heads"])
    name = f"blk.{part[2]}.{names[part[3]]}.weight"
    ga, gb = tensors[name + ".lora_a"].astype(np.float64), tensors[name + ".lora_b"].astype(np.float64)
    got = gb @ ga * (fields["adapter.lora.alpha"] / gb.shape[1])
    worst, count = max(worst, np.abs(got - update).max() / np.abs(update).max()), count + 1
assert count * 2 == len(tensors), (count, len(tensors))
print(f"{fields['general.architecture']}: {count} layers, largest relative difference {worst:.2e}")
assert worst < 1e-5
