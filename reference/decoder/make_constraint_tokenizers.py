"""Makes small tokenizers of the kinds that models have, for tests of constrained output.

    venv/bin/python reference/decoder/make_constraint_tokenizers.py tandem-decoder/src/test/resources/tokenizers

byte-level: BPE over GPT-2's characters for bytes, as Llama 3's and Qwen's. byte-fallback: BPE over characters with tokens
<0xNN> for those that it lacks, as Llama 2's and Gemma's. characters: a token a character, for the tiny models' 96 tokens.
Needs tokenizers 0.23.
"""
import json
import pathlib
import sys

from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

folder = pathlib.Path(sys.argv[1])
NAMES = ["Zoë", "Žofie", "北京", "東京", "Łukasz", "naïve café", "🙂 smile", "🙃 again", "true story", "New York", "null and void"]
TEXTS = [json.dumps({"name": name, "age": i * 37 % 90, "tags": ["a b", name, f"tag{i}"], "score": i / 7, "nested": {"id": i, "ok": i % 2 == 0,
                     "note": None, "path": f'C:\\dir\\"{i}"\n'}}, ensure_ascii=False, separators=separators)
         for i in range(30) for name in NAMES for separators in [(",", ":"), (", ", ": ")]]
SPECIAL = ["<unk>", "<s>", "</s>"]


def save(tokenizer, name, end="</s>"):
    (folder / name).mkdir(parents=True, exist_ok=True)
    path = folder / name / "tokenizer.json"
    path.write_text(json.dumps(tokenizer, ensure_ascii=False, indent=0))
    (folder / name / "tokenizer_config.json").write_text(json.dumps(dict(eos_token=end)))
    loaded = Tokenizer.from_file(str(path))
    ids = loaded.encode('{"name": "Zoë 北京 🦉"}').ids
    print(name, loaded.get_vocab_size(), loaded.decode(ids), len(ids))


tokenizer = Tokenizer(models.BPE())
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
tokenizer.decoder = decoders.ByteLevel()
tokenizer.train_from_iterator(TEXTS, trainers.BpeTrainer(
    vocab_size=700, special_tokens=["<|end|>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
tokenizer.add_tokens([AddedToken("<think>", special=False)])
save(json.loads(tokenizer.to_str()), "byte-level", "<|end|>")

tokenizer = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(" ", 1, 0)])
tokenizer.train_from_iterator(TEXTS, trainers.BpeTrainer(
    vocab_size=400, special_tokens=SPECIAL, show_progress=False, initial_alphabet=[chr(c) for c in range(33, 127)], max_token_length=12))
made = json.loads(tokenizer.to_str())
pieces = [piece for piece, _ in sorted(made["model"]["vocab"].items(), key=lambda item: item[1])]
pieces[len(SPECIAL):len(SPECIAL)] = [f"<0x{byte:02X}>" for byte in range(256)]
made["model"]["vocab"] = {piece: i for i, piece in enumerate(pieces)}
save(made, "byte-fallback")

printable = [chr(c) for c in range(32, 127)]
pieces = printable[:2] + ["</s>"] + printable[2:]
tokenizer = Tokenizer(models.BPE(vocab={piece: i for i, piece in enumerate(pieces)}, merges=[]))
tokenizer.decoder = decoders.Fuse()
tokenizer.add_special_tokens([AddedToken("</s>", special=True)])
save(json.loads(tokenizer.to_str()), "characters")
