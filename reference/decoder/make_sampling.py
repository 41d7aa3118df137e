"""What transformers' logits processors make of small logits, for SamplerTest.

    venv/bin/python reference/decoder/make_sampling.py tandem-decoder/src/test/resources/sampling.json

The processors and their order are taken from generate() itself. Beside drawn logits there are ones with ties and with
probabilities that are exact in binary, so that each border (top-k, top-p, min-p) lies exactly on a token.
"""
import itertools
import json
import sys

import torch
import transformers
from transformers import GenerationConfig, LlamaConfig, LlamaForCausalLM

OFF = dict(repetition_penalty=1.0, temperature=1.0, top_k=0, top_p=1.0, min_p=0.0)
EXACT = [0.0, 0.0, 0.0, 0.0]  # a quarter each
model = LlamaForCausalLM(LlamaConfig(vocab_size=8, hidden_size=8, intermediate_size=8, num_hidden_layers=1,
                                     num_attention_heads=1))


def processors(settings):
    """As generate() makes them; a top-k of 0 and a min-p of 0 are none there too."""
    config = GenerationConfig(do_sample=True, **{**settings, "min_p": settings["min_p"] or None})
    return model._get_logits_processor(config, input_ids_seq_length=3, device="cpu")


def case(logits, prompt, **settings):
    settings = {**OFF, **settings}
    scores = processors(settings)(torch.tensor([prompt]), torch.tensor([logits], dtype=torch.float32))
    return dict(logits=logits, prompt=prompt, **settings, probabilities=[round(p, 9) for p in scores.softmax(-1)[0].tolist()])


def drawn(seed, size, width):
    return [round(x, 4) for x in (width * torch.randn(size, generator=torch.Generator().manual_seed(seed))).tolist()]


cases = []
for seed, (penalty, temperature, k, p, m) in enumerate(itertools.product(
        (1.0, 1.3), (1.0, 0.6, 1.8), (0, 1, 5, 100), (1.0, 0.9, 0.5), (0.0, 0.1))):
    cases.append(case(drawn(seed, 24, 2.0), [1, 5, 5, 17], repetition_penalty=penalty, temperature=temperature, top_k=k,
                      top_p=p, min_p=m))
cases.append(case(drawn(900, 12, 2.0), [0, 1, 2, 3, 4, 5], repetition_penalty=0.7))
# Of five equal tokens at the border of top-k, all stay.
for k in (1, 2, 3, 6, 7, 8):
    cases.append(case([1.0, 3.0, 2.0, 2.0, -1.0, 2.0, 2.0, 2.0], [0], top_k=k))
    cases.append(case([1.0, 3.0, 2.0, 2.0, -1.0, 2.0, 2.0, 2.0], [0], top_k=k, top_p=0.6))
# The sum of the likeliest is exactly top-p; which of the equal ones go.
for p in (0.2, 0.25, 0.25001, 0.5, 0.75, 0.75001, 1.0, 1e-9):
    cases.append(case(EXACT, [0], top_p=p))
    cases.append(case([-9.0] + EXACT, [0], top_p=p))
    cases.append(case([0.0, -0.0, 0.0, -0.0], [0], top_p=p))
# A probability that is exactly the share of the likeliest one.
for m in (1e-6, 0.5, 0.999999):
    cases.append(case(EXACT + [-0.6931472, -0.693, -0.694, -13.0], [0], min_p=m))
    cases.append(case(EXACT + [-0.6931472, -0.693, -0.694, -13.0], [0], min_p=m, top_p=0.8, top_k=6))
# Nothing but the likeliest is left by any of them.
cases.append(case([5.0, 40.0, -40.0, 0.0], [0], top_k=1, top_p=1e-6, min_p=0.99))
# Zero and negative logits of tokens that were seen.
cases.append(case([0.0, -1.0, 1.0, 2.0, -0.0], [0, 1, 2, 4], repetition_penalty=2.0))
with open(sys.argv[1], "w") as out:
    out.write(json.dumps(dict(transformers=transformers.__version__, cases=cases)).replace('{"logits"', '\n{"logits"') + "\n")
order = [type(p).__name__ for p in processors(dict(repetition_penalty=1.3, temperature=0.6, top_k=5, top_p=0.9, min_p=0.1))]
print(len(cases), "cases;", order)
