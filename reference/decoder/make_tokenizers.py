"""Trains three small tokenizers of the kinds that the families have, and keeps what the real library makes of odd texts.

    venv/bin/python reference/decoder/make_tokenizers.py tandem-models/src/test/resources/tokenizers

byte-level: as Qwen2's and Llama 3's (regular expression, bytes, NFC). sentencepiece: as Llama 2's (a leading space, bytes for
what is unknown). gemma: the same without the leading space. Texts with half a surrogate pair, which Python's library does not
take, are encoded with U+FFFD in its place.
"""
import json
import pathlib
import sys

import tokenizers
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from tokenizers.processors import TemplateProcessing

OUT = pathlib.Path(sys.argv[1])
WORDS = ("the tent is dry and the rain is cold; a warm room with a fire and bread, butter and tea. the driver asks where to "
         "turn. 12 and 345 and 6789. don't, it's, we'll. def f(x): return x + 1\n\tif a == b:\n        print(\"a\")\n"
         "déjà vu, über, naïve, señor. привет мир. 日本語の文章。你好世界。").split(" ")
QWEN = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+")
SPECIAL = [AddedToken(t, special=True, normalized=False) for t in ("<unk>", "<s>", "</s>", "<|im_start|>", "<|im_end|>")]
BYTES = [f"<0x{i:02X}>" for i in range(256)]

TEXTS = {
    "empty": "", "plain": "the tent is dry", "leading and trailing space": "  the tent  ", "one space": " ",
    "emoji": "a 🙂 b 👍🏽", "emoji joined": "👩‍👩‍👧‍👦🏳️‍🌈", "flags": "🇨🇭🇯🇵", "beyond the basic plane": "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𠜎𠜱",
    "combining": "e\u0301 e\u0301\u0323 Z\u0351\u036b\u0343\u036a a\u030a", "composed": "é Å", "hangul parts": "\u1112\u1161\u11ab 한",
    "cjk": "日本語の文章。你好世界!", "wide": "Ｆｕｌｌ　ｗｉｄｔｈ", "cyrillic": "привет, мир", "arabic": "مرحبا بالعالم ١٢٣", "hebrew": "שָׁלוֹם",
    "thai": "สวัสดีชาวโลก", "hindi": "नमस्ते दुनिया", "right to left marks": "\u202eabc\u202c \u200fx\u200e", "zero width": "a\u200bb\u200cc\u200dd\ufeffe",
    "controls": "a\u0001b\u0008c\u001bd\u007fe\u0085f", "nul": "a\u0000b\u0000", "line ends": "a\r\nb\rc\n\nd\u2028e\u2029f\u000bg\u000ch",
    "tabs and spaces": "\t\t  a \t b" + " " * 33 + "c\n" * 9 + " " * 129, "no-break": "a\u00a0b\u202fc\u3000d",
    "code": "def f(x):\n    if x == 1:\n\t\treturn {'a': [1, 2], \"b\": x**2}  # ok\n", "json": "{\"a\":[1,2,{\"b\":null}],\"c\":\"\\u00e9\"}",
    "html": "<a href='x'>&nbsp;&amp;</a><!-- -->", "numbers": "1234567890 3.14159 1e-9 ١٢٣ ⅷ ½", "contractions": "DON'T we'Ll it's '' 'd",
    "long word": "a" * 300, "long unknown": "ß" * 50 + "漢" * 20, "repeated emoji": "🙂" * 40, "special inside": "a<s>b</s>c<|im_start|>user\n<|im_end|>",
    "nearly special": "< s> <|im_start <|im_end|", "byte words": "<0x0A><0xE2>\u2581x", "replacement": "a\ufffdb", "private use": "\ue000\uf8ff",
    "noncharacters": "\ufffe\uffff", "ligatures": "ﬁ ﬀ ĳ ǆ", "case": "İıſẞß", "quotes": "“a” ‘b’ «c» „d“", "dashes": "a–b—c‐d−e", "shell": "; rm -rf / && $(x) `y`",
    "math": "∑∫√π≠≤∞", "half a pair": "a\ud83d b", "other half": "\ude42a", "halves the wrong way": "\ude42\ud83d", "half at the end": "the\ud83d",
}


def byte_level():
    t = Tokenizer(models.BPE())
    t.normalizer = normalizers.NFC()
    t.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(QWEN), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    t.decoder = decoders.ByteLevel()
    t.train_from_iterator([" ".join(WORDS)] * 2, trainers.BpeTrainer(
        vocab_size=340, special_tokens=SPECIAL, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()), show_progress=False))
    return t


def sentencepiece(prefix):
    trained = Tokenizer(models.BPE())
    trained.normalizer = normalizers.Replace(" ", "\u2581")
    trained.pre_tokenizer = pre_tokenizers.Split("\u2581", "merged_with_next")
    trained.train_from_iterator([" " + " ".join(WORDS)] * 2, trainers.BpeTrainer(vocab_size=140, show_progress=False))
    learned = json.loads(trained.to_str())["model"]
    names = [t.content for t in SPECIAL] + BYTES + sorted(learned["vocab"], key=learned["vocab"].get)
    t = Tokenizer(models.BPE(vocab={n: i for i, n in enumerate(names)}, merges=[tuple(m) for m in learned["merges"]],
                             unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    replace = normalizers.Replace(" ", "\u2581")
    t.normalizer = normalizers.Sequence([normalizers.Prepend("\u2581"), replace]) if prefix else replace
    t.decoder = decoders.Sequence([decoders.Replace("\u2581", " "), decoders.ByteFallback(), decoders.Fuse()]
                                  + ([decoders.Strip(" ", 1, 0)] if prefix else []))
    t.post_processor = TemplateProcessing(single="<s> $A", special_tokens=[("<s>", 1)])
    t.add_special_tokens(SPECIAL)
    return t


def expected(t):
    cases = []
    for name, text in TEXTS.items():
        whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        plain = t.encode(whole, add_special_tokens=False).ids
        cases.append(dict(name=name, text=text, ids=plain, with_special=t.encode(whole).ids, decoded=t.decode(plain)))
    return cases


print("tokenizers", tokenizers.__version__)
for name, t in (("byte-level", byte_level()), ("sentencepiece", sentencepiece(True)), ("gemma", sentencepiece(False))):
    folder = OUT / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokenizer.json").write_text(json.dumps(json.loads(t.to_str()), ensure_ascii=True, separators=(",", ":")) + "\n")
    (folder / "tokenizer_config.json").write_text(json.dumps(dict(bos_token="<s>", eos_token="</s>", unk_token="<unk>")) + "\n")
    t = Tokenizer.from_file(str(folder / "tokenizer.json"))
    (folder / "expected.json").write_text(json.dumps(expected(t)).replace('{"name"', '\n{"name"') + "\n")
    print(name, t.get_vocab_size(), t.encode("the tent 🙂").tokens)
