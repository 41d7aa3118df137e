"""LoRA examples a second with Hugging Face PEFT, for comparison with `bench/run TuningSpeed` on the same shape and data.

    OMP_NUM_THREADS=2 venv/bin/python reference/tuning/tuning_speed.py LAYERS STEPS BATCH float32|bfloat16 LENGTHS...

SmolLM2-135M's shape with random weights, rank 16 on all linear layers, on the GPU where there is one. Each batch has examples of the given
lengths in turn, the first half of each a prompt that is not learned; as a stock collator does, padded to the longest.
"""
import resource
import sys
import time

import torch
from peft import LoraConfig, get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM

layers, steps, batch = map(int, sys.argv[1:4])
lengths = list(map(int, sys.argv[5:]))
torch.manual_seed(1)
device = "cuda" if torch.cuda.is_available() else "cpu"
config = LlamaConfig(vocab_size=49152, hidden_size=576, intermediate_size=1536, num_hidden_layers=layers,
                     num_attention_heads=9, num_key_value_heads=3, tie_word_embeddings=True)
model = get_peft_model(LlamaForCausalLM(config).to(device, getattr(torch, sys.argv[4])), LoraConfig(r=16, lora_alpha=32, target_modules="all-linear", task_type="CAUSAL_LM"))
optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=2e-4)
longest = max(lengths[i % len(lengths)] for i in range(batch))
ids = torch.zeros(batch, longest, dtype=torch.long)
labels = torch.full((batch, longest), -100)
mask = torch.zeros(batch, longest, dtype=torch.long)
for i in range(batch):
    n = lengths[i % len(lengths)]
    ids[i, :n] = (torch.arange(n) * 37 + i) % 49152
    labels[i, n // 2:n] = ids[i, n // 2:n]
    mask[i, :n] = 1
ids, labels, mask = ids.to(device), labels.to(device), mask.to(device)
model.train()
times = []
for step in range(steps):
    began = time.time()
    loss = model(input_ids=ids, attention_mask=mask, labels=labels).loss
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad()
    value = loss.item()
    if device == "cuda":
        torch.cuda.synchronize()
    times.append(time.time() - began)
    print(f"step {step} loss {value:.4f} {times[-1]:.2f} s", flush=True)
best = sorted(times[1:])[len(times[1:]) // 2]
print(f"peft: {batch / best:.3f} examples/s, peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
