"""Renders chat templates with the real jinja2 as transformers sets it up, for ChatTemplateTest.

    venv/bin/python reference/decoder/make_templates.py tandem-models/src/test/resources/templates [MORE.jinja ...]

Further templates named are rendered into a file beside them, to check ones whose licence does not let us ship them.
"""
import json
import pathlib
import sys

from transformers.utils import chat_template_utils

TOOLS = [{"type": "function", "function": {"name": "get_weather", "description": "The weather — now.", "parameters": {
    "type": "object", "properties": {"city": {"type": "string", "description": "A \"city\""}, "days": {"type": "integer"}},
    "required": ["city"]}}}]
CALL = {"role": "assistant", "content": "", "tool_calls": [
    {"type": "function", "function": {"name": "get_weather", "arguments": {"city": "Zürich", "days": 2}}}]}
CONVERSATIONS = {
    "one": [{"role": "user", "content": "  Hello there!\n"}],
    "system": [{"role": "system", "content": "Be brief. "}, {"role": "user", "content": "Hi"}],
    "turns": [{"role": "user", "content": "1 + 1?"}, {"role": "assistant", "content": "2"},
              {"role": "user", "content": "And <b>\"naïve\"</b> 'quotes'?"}],
    "thinking": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "<think>\nhm\n</think>\n\nA"},
                 {"role": "user", "content": "Q2"}, {"role": "assistant", "content": "<think>\nha\n</think>\n\nA2"}],
    "tools": [{"role": "user", "content": "Weather?"}, CALL, {"role": "tool", "content": "{\"sun\": true}"},
              {"role": "assistant", "content": "Sunny."}],
    "wrong": [{"role": "user", "content": "a"}, {"role": "narrator", "content": "b"}],
}


def render(text):
    template = chat_template_utils._compile_jinja_template(text)
    cases = []
    for name, messages in CONVERSATIONS.items():
        for generation in (False, True):
            for more in ({}, {"enable_thinking": False}):
                tools = TOOLS if name == "tools" else None
                try:
                    out = template.render(messages=messages, tools=tools, documents=None, bos_token="<s>", eos_token="</s>",
                                          add_generation_prompt=generation, date_string="26 Jul 2024", **more)
                except Exception as e:
                    out = None
                cases.append(dict(messages=messages, tools=tools or [], generation=generation, more=more, text=out))
    return cases


def main():
    folder = pathlib.Path(sys.argv[1])
    (folder / "expected.json").write_text(json.dumps(
        {file.stem: render(file.read_text()) for file in sorted(folder.glob("*.jinja"))}, ensure_ascii=False, indent=0))
    for other in map(pathlib.Path, sys.argv[2:]):
        other.with_suffix(".json").write_text(json.dumps({other.stem: render(other.read_text())}))


main()
