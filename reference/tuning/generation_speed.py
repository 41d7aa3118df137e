"""New tokens a second of transformers' generate, for comparison with `bench/run GenerationSpeed` on the same shape.

    OMP_NUM_THREADS=2 venv/bin/python reference/tuning/generation_speed.py LAYERS PROMPT NEW ROUNDS float32|bfloat16

SmolLM2-135M's shape with random weights, greedy, batch 1, on the GPU where there is one.
"""
import sys
import time

import torch
from transformers import LlamaConfig, LlamaForCausalLM

layers, prompt, fresh, rounds = map(int, sys.argv[1:5])
torch.manual_seed(1)
device = "cuda" if torch.cuda.is_available() else "cpu"
config = LlamaConfig(vocab_size=49152, hidden_size=576, intermediate_size=1536, num_hidden_layers=layers,
                     num_attention_heads=9, num_key_value_heads=3, tie_word_embeddings=True)
model = LlamaForCausalLM(config).to(device, getattr(torch, sys.argv[5])).eval()
ids = 1000 + torch.arange(prompt, device=device).unsqueeze(0) * 37
rates = []
for round in range(-1, rounds):
    began = time.time()
    with torch.inference_mode():
        out = model.generate(ids, attention_mask=torch.ones_like(ids), max_new_tokens=fresh, min_new_tokens=fresh, do_sample=False,
                             pad_token_id=0)
    if round >= 0:
        rates.append((out.shape[1] - prompt) / (time.time() - began))
rates.sort()
print(f"transformers: median {rates[len(rates) // 2]:.2f} tokens/s ({rates[0]:.2f} to {rates[-1]:.2f})")
