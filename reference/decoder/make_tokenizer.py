"""Gives the tiny models a tokenizer of single characters, with chat marks, so that whole commands can be tested on them.

    venv/bin/python reference/decoder/make_tokenizer.py tandem-decoder/src/test/resources/models/qwen2
"""
import json
import pathlib
import sys

from tokenizers import AddedToken, Tokenizer, decoders, models

SPECIAL = ["<pad>", "<s>", "</s>", "<|im_start|>", "<|im_end|>"]
CHARS = "\n abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;!?'\"-+*/()<>|_=%#&"[:91]

folder = pathlib.Path(sys.argv[1])
vocabulary = {token: i for i, token in enumerate(SPECIAL + list(CHARS))}
assert len(vocabulary) <= 96, len(vocabulary)
tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
tokenizer.decoder = decoders.Fuse()
tokenizer.add_special_tokens([AddedToken(token, special=True) for token in SPECIAL])
tokenizer.save(str(folder / "tokenizer.json"))
(folder / "tokenizer_config.json").write_text(json.dumps(dict(
    tokenizer_class="PreTrainedTokenizerFast", bos_token="<s>", eos_token="<|im_end|>", pad_token="<pad>",
    chat_template="{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}"
                  "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"), indent=1))
(folder / "generation_config.json").write_text(json.dumps(dict(eos_token_id=[4, 2], pad_token_id=0)))
print(len(vocabulary), tokenizer.encode("<|im_start|>user\nHi!<|im_end|>").ids)
