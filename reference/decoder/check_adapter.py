"""Loads an adapter that Tandem wrote with the real PEFT and prints what the model says, to compare with `tandem generate`.

    venv/bin/python reference/decoder/check_adapter.py BASE ADAPTER "PROMPT"
"""
import sys

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast

base, adapter, prompt = sys.argv[1:4]
tokenizer = PreTrainedTokenizerFast.from_pretrained(base)
model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32), adapter).eval()
text = tokenizer.apply_chat_template([{"role": "user", "content": prompt}], tokenize=False, add_generation_prompt=True)
ids = tokenizer(text, return_tensors="pt", add_special_tokens=False).input_ids
with torch.no_grad():
    for _ in range(20):
        logits = model(input_ids=ids).logits[0, -1]
        ids = torch.cat([ids, logits.argmax().view(1, 1)], 1)
        if int(ids[0, -1]) in (2, 4):
            break
print(repr(tokenizer.decode(ids[0, len(tokenizer(text, add_special_tokens=False).input_ids):])))
