"""Trains a tiny model with the real PEFT and PyTorch's own AdamW and keeps the loss of every update, for LossCurveTest.

    venv/bin/python reference/tuning/make_loss_curve.py tandem-decoder/src/test/resources/models/qwen2 \
        tandem-tuning/src/test/resources/curves

Written as plainly as PyTorch allows: padded batches under an attention mask, logits of all positions, autograd through the
whole model. Only the order of the data is ours (java.util.Random's, as TrainingRun shuffles).
"""
import json
import math
import pathlib
import sys

import peft
import torch
from peft import LoraConfig, PromptTuningConfig, get_peft_model
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM

BASE, OUT = map(pathlib.Path, sys.argv[1:3])
EPOCHS, BATCH, ACCUMULATE, WARMUP, DECAY, CLIP, SEED = 7, 2, 2, 0.2, 0.05, 1.0, 5
RATES = dict(lora=0.02, dora=0.02, prompt=0.05, full=0.004)
VIRTUAL = [20, 21, 22, 23, 24]


class JavaRandom:
    def __init__(self, seed):
        self.state = (seed ^ 0x5DEECE66D) & ((1 << 48) - 1)

    def bits31(self):
        self.state = (self.state * 0x5DEECE66D + 0xB) & ((1 << 48) - 1)
        return self.state >> 17

    def below(self, bound):
        if bound & (bound - 1) == 0:
            return bound * self.bits31() >> 31
        while True:
            bits = self.bits31()
            if bits - bits % bound + bound - 1 < 1 << 31:
                return bits % bound

    def shuffled(self, n):
        order = list(range(n))
        for i in range(n, 1, -1):
            j = self.below(i)
            order[i - 1], order[j] = order[j], order[i - 1]
        return order


def examples():
    generator = torch.Generator().manual_seed(11)
    made = []
    for length in (9, 5, 12, 7, 16, 6, 8, 11, 5, 10):
        ids = torch.randint(5, 96, (length,), generator=generator).tolist()
        made.append(dict(ids=ids[:-1] + [4], prompt=min(length - 2, 2 + length // 3)))
    return made


def loss_sum(model, batch, virtual):
    longest = max(len(e["ids"]) for e in batch)
    ids, mask = torch.zeros(len(batch), longest, dtype=torch.long), torch.zeros(len(batch), longest, dtype=torch.long)
    labels = torch.full((len(batch), longest), -100)
    for row, e in enumerate(batch):
        n = len(e["ids"])
        ids[row, :n], mask[row, :n] = torch.tensor(e["ids"]), 1
        labels[row, e["prompt"]:n] = ids[row, e["prompt"]:n]
    logits = model(input_ids=ids, attention_mask=mask).logits[:, virtual:]
    return torch.nn.functional.cross_entropy(logits[:, :-1].reshape(-1, logits.shape[-1]), labels[:, 1:].reshape(-1),
                                             ignore_index=-100, reduction="sum")


def rate(highest, update, warmup, total):
    if update < warmup:
        return highest * (update + 1) / (warmup + 1)
    return highest * 0.5 * (1 + math.cos(math.pi * (update - warmup) / max(1, total - warmup)))


def learned(batch):
    return sum(len(e["ids"]) - e["prompt"] for e in batch)


def curve(method, data):
    torch.manual_seed(3)
    model = AutoModelForCausalLM.from_pretrained(BASE, dtype=torch.float32, attn_implementation="eager")
    if method in ("lora", "dora"):
        model = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM", r=8, lora_alpha=16, lora_dropout=0.0,
                                                 target_modules="all-linear", use_dora=method == "dora"))
        initial = peft.get_peft_model_state_dict(model)
        save_file({k.removeprefix("base_model.model."): v.clone().contiguous() for k, v in initial.items()},
                  OUT / f"{method}.safetensors")
    if method == "prompt":
        vectors = model.get_input_embeddings().weight[VIRTUAL].detach().clone()
        model = get_peft_model(model, PromptTuningConfig(task_type="CAUSAL_LM", num_virtual_tokens=len(VIRTUAL)))
        model.prompt_encoder["default"].embedding.weight.data.copy_(vectors)
    model.train()
    virtual = len(VIRTUAL) if method == "prompt" else 0
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW([dict(params=[p for p in trained if p.dim() > 1], weight_decay=DECAY),
                                   dict(params=[p for p in trained if p.dim() < 2], weight_decay=0.0)],
                                  betas=(0.9, 0.999), eps=1e-8)
    per_epoch = math.ceil(len(data) / (BATCH * ACCUMULATE))
    total = per_epoch * EPOCHS
    warmup = math.floor(WARMUP * total + 0.5)
    losses, norms = [], []
    for update in range(total):
        order = JavaRandom(SEED * 1_000_003 + update // per_epoch).shuffled(len(data))
        first = update % per_epoch * BATCH * ACCUMULATE
        taken = [data[i] for i in order[first:first + BATCH * ACCUMULATE]]
        loss = 0.0
        for at in range(0, len(taken), BATCH):
            part = loss_sum(model, taken[at:at + BATCH], virtual) / learned(taken)
            part.backward()
            loss += part.item()
        norms.append(torch.nn.utils.clip_grad_norm_(trained, CLIP).item())
        for group in optimizer.param_groups:
            group["lr"] = rate(RATES[method], update, warmup, total)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss)
    model.eval()
    with torch.no_grad():
        after = loss_sum(model, data, virtual).item() / learned(data)
    print(method, f"{losses[0]:.4f} -> {losses[-1]:.4f}, after {after:.4f}, clipped {sum(n > CLIP for n in norms)} of {total}")
    return dict(learning_rate=RATES[method], losses=losses, gradient_norms=norms, after=after)


OUT.mkdir(parents=True, exist_ok=True)
data = examples()
(OUT / "curves.json").write_text(json.dumps(dict(
    peft=peft.__version__, torch=torch.__version__, epochs=EPOCHS, batch=BATCH, accumulate=ACCUMULATE, warmup=WARMUP,
    weight_decay=DECAY, clip=CLIP, seed=SEED, virtual_tokens=VIRTUAL, examples=data,
    curves={method: curve(method, data) for method in RATES})) + "\n")
