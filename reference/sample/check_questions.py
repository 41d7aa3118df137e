"""Checks the sample: that its documents can be read, and that samples/shop/questions.jsonl fits them.

Run: pip install -r reference/sample/requirements.txt; python reference/sample/check_questions.py
"""

import collections
import email
import email.policy
import json
import pathlib
import re

import docx
import openpyxl
import pdfplumber
import pptx

SHOP = pathlib.Path(__file__).parents[2] / "samples/shop"
DOCUMENTS = SHOP / "documents"

# What no document may contain (a pattern, ignoring case), or else the question could be answered after all.
ABSENT = {
    "q51": r"\+46|stores? in Sweden|Swedish store",
    "q52": r"kayak|canoe|paddles\b",
    "q53": r"chief executive|managing director|\bCEO\b|general manager",
    "q54": r"\binterns?\b|internship|France",
    "q55": r"ski rental|rent(ing|ed)? (a pair of )?skis|skis? (for|to) rent",
    "q56": r"wi-?fi",
    "q57": r"bitcoin|crypto",
    "q58": r"severance|redundan|lay-?off|laid off",
    "q59": r"wedding|marri(ed|age)",
    "q60": r"400 lumen|Nordlys 400[^.;]*(lumen|lm)",
}


def text(path):
    if path.suffix == ".pdf":
        with pdfplumber.open(path) as pdf:
            return " ".join(page.extract_text() for page in pdf.pages)
    if path.suffix == ".docx":
        document = docx.Document(path)
        return " ".join([paragraph.text for paragraph in document.paragraphs] + cells(document.tables))
    if path.suffix == ".pptx":
        shapes = [shape for slide in pptx.Presentation(path).slides for shape in slide.shapes]
        tables = [shape.table for shape in shapes if shape.has_table]
        return " ".join([shape.text for shape in shapes if shape.has_text_frame] + cells(tables))
    if path.suffix == ".xlsx":
        sheets = openpyxl.load_workbook(path).worksheets
        return " ".join(str(value) for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row)
    if path.suffix == ".eml":
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        return message["Subject"] + " " + message.get_content()
    if path.suffix == ".csv":
        return re.sub("[,;]", " ", path.read_text("utf-8"))
    if path.suffix == ".json":
        return " ".join(str(value) for record in json.loads(path.read_text("utf-8")) for value in record.values())
    return re.sub(r"<[^>]+>|\*\*", " ", path.read_text("utf-8"))


def cells(tables):
    return [cell.text for table in tables for row in table.rows for cell in row.cells]


def contains(content, answer):
    """Whether the answer stands there, not as a part of a longer number or word."""
    return re.search(r"(?<![\w.,])" + re.escape(answer) + r"(?!\w)", content) is not None


paths = sorted(path for path in DOCUMENTS.rglob("*") if path.is_file() and path.name != "metadata.yaml")
texts = {path.relative_to(DOCUMENTS).as_posix(): " ".join(text(path).split()) for path in paths}
formats = collections.Counter(path.suffix for path in paths)
assert all(texts.values()), [name for name, content in texts.items() if not content]
assert len(texts) >= 66 and len(formats) >= 7 and formats[".pdf"] >= 6 and formats[".docx"] >= 6, formats
assert sum(path.stat().st_size for path in paths) < 1_500_000

questions = [json.loads(line) for line in (SHOP / "questions.jsonl").read_text("utf-8").splitlines()]
assert len({question["id"] for question in questions}) == len(questions) == 60
assert len({question["question"] for question in questions}) == 60
kinds = collections.Counter(question["type"] for question in questions)
assert kinds == {"answerable": 40, "several_documents": 10, "unanswerable": 10}, kinds
assert sum(question.get("demo", False) for question in questions) == 6
sources = collections.Counter()
for question in questions:
    name, answers, documents = question["id"], question["answers"], question["documents"]
    assert set(documents) <= set(texts), (name, documents)
    if question["type"] == "unanswerable":
        assert not answers and not documents, name
        for document, content in texts.items():
            found = re.search(ABSENT[name], content, re.I)
            assert not found, (name, document, found)
        continue
    assert len(documents) == (2 if question["type"] == "several_documents" else 1) and answers, name
    if question["type"] == "several_documents":
        assert len(answers) == 2, name
        for part, document, other in zip(answers, documents, reversed(documents)):
            assert contains(texts[document], part), (name, part, document)
            assert not contains(texts[other], part), (name, part, "stands in both")
    else:
        for answer in answers:
            assert contains(texts[documents[0]], answer), (name, answer)
        suffix = pathlib.Path(documents[0]).suffix
        sources["table" if suffix in (".csv", ".xlsx") else suffix] += 1
for needed in (".pdf", ".docx", ".html", "table"):
    assert sources[needed] >= 4, (needed, sources)
assert set(ABSENT) == {question["id"] for question in questions if question["type"] == "unanswerable"}
print("questions:", dict(kinds), "answered from:", dict(sources))
print("documents:", len(texts), dict(formats))
