"""A tiny cross-encoder with known scores, made with the reference libraries.

Run: pip install torch transformers tokenizers onnx onnxscript; python reference/reranker/make_fixtures.py
Writes tandem-models/src/test/resources/cross-encoder: a BERT of random weights with one output as ONNX, its tokenizer, and the scores
that transformers gives for pairs, one of which is too long, so that its passage is cut (truncation="only_second").
"""

import json
import pathlib

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

QUESTION = "How many days of parental leave do I get?"
PASSAGES = [
    "Employees may take up to 15 weeks of parental leave at full pay.",
    "The VPN address is vpn.example.com, and its port is 1194.",
    "a",
    "naïve café 😀 wörld",
    " ".join(f"leave {i} runs past the window of the model" for i in range(30)),
]
WINDOW = 64

folder = pathlib.Path(__file__).parents[2] / "tandem-models/src/test/resources/cross-encoder"
folder.mkdir(parents=True, exist_ok=True)

words = Tokenizer(models.WordPiece(unk_token="[UNK]"))
words.normalizer = normalizers.BertNormalizer()
words.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
words.train_from_iterator(
    [QUESTION, *PASSAGES], trainers.WordPieceTrainer(vocab_size=200, special_tokens=["[PAD]", "[UNK]", "[CLS]", "[SEP]"])
)
words.post_processor = processors.TemplateProcessing(
    single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
)
words.save(str(folder / "tokenizer.json"))

torch.manual_seed(7)
config = BertConfig(
    vocab_size=words.get_vocab_size(),
    hidden_size=16,
    num_hidden_layers=2,
    num_attention_heads=2,
    intermediate_size=32,
    max_position_embeddings=WINDOW,
    num_labels=1,
    initializer_range=0.5,
)
model = BertForSequenceClassification(config).eval()
(folder / "config.json").write_text(
    json.dumps({"model_type": "bert", "hidden_size": 16, "max_position_embeddings": WINDOW, "num_labels": 1}) + "\n"
)


class Scores(torch.nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, input_ids, attention_mask, token_type_ids):
        return self.inner(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids).logits


network = Scores(model).eval()
tokenizer = PreTrainedTokenizerFast(
    tokenizer_object=words, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
)


def encoded(passage):
    return tokenizer(
        QUESTION, passage, truncation="only_second", max_length=WINDOW, return_tensors="pt", return_token_type_ids=True
    )


names = ["input_ids", "attention_mask", "token_type_ids"]
example = encoded(PASSAGES[0])
torch.onnx.export(
    network,
    tuple(example[name] for name in names),
    str(folder / "model.onnx"),
    input_names=names,
    output_names=["logits"],
    dynamic_axes={name: {0: "batch", 1: "tokens"} for name in names} | {"logits": {0: "batch"}},
    dynamo=False,
)
with torch.no_grad():
    scores = [network(*(encoded(passage)[name] for name in names)).item() for passage in PASSAGES]
(folder / "expected.json").write_text(
    json.dumps({"question": QUESTION, "passages": PASSAGES, "scores": [round(score, 5) for score in scores]}) + "\n"
)
print(scores)
