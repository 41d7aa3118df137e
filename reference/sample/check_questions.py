"""Checks samples/shop/questions.jsonl against the documents.

Run: pip install pdfplumber python-docx openpyxl; python reference/sample/check_questions.py
"""

import collections
import json
import pathlib
import re

import docx
import openpyxl
import pdfplumber

SHOP = pathlib.Path(__file__).parents[2] / "samples/shop"


def text(path):
    if path.suffix == ".pdf":
        with pdfplumber.open(path) as pdf:
            return " ".join(page.extract_text() for page in pdf.pages)
    if path.suffix == ".docx":
        document = docx.Document(path)
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return " ".join([paragraph.text for paragraph in document.paragraphs] + cells)
    if path.suffix == ".xlsx":
        rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
        return " ".join(str(value) for row in rows for value in row)
    return re.sub(r"<[^>]+>|\*\*", " ", path.read_text())


questions = [json.loads(line) for line in (SHOP / "questions.jsonl").read_text().splitlines()]
assert len({question["id"] for question in questions}) == len(questions) == 60
kinds = collections.Counter(question["type"] for question in questions)
assert kinds == {"answerable": 40, "two_documents": 10, "unanswerable": 10}, kinds
for question in questions:
    texts = {name: " ".join(text(SHOP / "documents" / name).split()) for name in question["documents"]}
    for answer in question["answers"]:
        assert any(answer in content for content in texts.values()), (question["id"], answer)
    if question["type"] == "two_documents":
        for name, content in texts.items():
            assert any(answer in content for answer in question["answers"]), (question["id"], name)
files = collections.Counter(
    path.suffix for path in (SHOP / "documents").rglob("*.*") if path.name != "metadata.yaml")
assert sum(files.values()) >= 60 and len(files) >= 6, files
print("questions:", dict(kinds), "documents:", sum(files.values()), dict(files))
