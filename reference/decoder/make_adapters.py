"""Makes adapters for the tiny models with the real PEFT library, and what the model says with each.

    venv/bin/python reference/decoder/make_adapters.py tandem-decoder/src/test/resources/models \
        tandem-decoder/src/test/resources/adapters

Random weights everywhere, B and magnitudes too, since a fresh adapter changes nothing.
"""
import json
import pathlib
import shutil
import sys

import peft
import torch
from peft import LoraConfig, PromptTuningConfig, get_peft_model
from transformers import AutoModelForCausalLM

MODELS, OUT = map(pathlib.Path, sys.argv[1:3])
COMMON = dict(task_type="CAUSAL_LM", lora_dropout=0.1)
ADAPTERS = {
    "lora": ("llama3", LoraConfig(r=4, lora_alpha=8, target_modules=["q_proj", "v_proj"], **COMMON)),
    "lora-other": ("llama3", LoraConfig(r=2, lora_alpha=5, target_modules=["v_proj", "down_proj"], **COMMON)),
    "rslora-patterns": ("qwen2", LoraConfig(r=4, lora_alpha=6, use_rslora=True, target_modules="all-linear",
                                            rank_pattern={"down_proj": 2, "layers.1.self_attn.q_proj": 3},
                                            alpha_pattern={"down_proj": 10}, **COMMON)),
    "dora": ("qwen2", LoraConfig(r=3, lora_alpha=6, use_dora=True, target_modules=["q_proj", "o_proj", "up_proj"],
                                 **COMMON)),
    "prompt": ("llama2", PromptTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=3)),
}


def main():
    print("peft", peft.__version__)
    for number, (name, (base, config)) in enumerate(ADAPTERS.items()):
        torch.manual_seed(100 + number)
        model = AutoModelForCausalLM.from_pretrained(MODELS / base, dtype=torch.float32, attn_implementation="eager")
        model = get_peft_model(model, config).eval()
        with torch.no_grad():
            for key, parameter in model.named_parameters():
                if "lora_" in key and "magnitude" in key:
                    parameter.mul_(1 + 0.3 * torch.randn_like(parameter))
                elif "lora_" in key or "prompt" in key:
                    parameter.copy_(0.3 * torch.randn_like(parameter))
        folder = OUT / name
        shutil.rmtree(folder, ignore_errors=True)
        model.save_pretrained(folder)
        (folder / "README.md").unlink(missing_ok=True)
        ids = torch.randint(3, 96, (1, 9), generator=torch.Generator().manual_seed(number))
        with torch.no_grad():
            logits = model(input_ids=ids).logits[0]
        (folder / "expected.json").write_text(json.dumps(dict(
            base=base, ids=ids[0].tolist(), logits=[[round(x, 6) for x in row] for row in logits[-2:].tolist()])))
        print(name, sum(f.stat().st_size for f in folder.iterdir()), "bytes")


main()
