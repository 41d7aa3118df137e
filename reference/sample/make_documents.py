"""Makes the sample's PDF, Word and Excel files from the texts in sources/.

Run: pip install reportlab==4.4.4 python-docx==1.2.0 openpyxl==3.1.5; python reference/sample/make_documents.py
Dates inside the files are those of their texts, so that running it again changes nothing that matters.
"""

import datetime
import json
import pathlib
import re

import docx
import openpyxl
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import ListFlowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

ROOT = pathlib.Path(__file__).parents[2]
SOURCES = pathlib.Path(__file__).parent / "sources"
DOCUMENTS = ROOT / "samples/shop/documents"


def blocks(text):
    """Light Markdown: headings, paragraphs, tables, lists, page breaks."""
    for part in re.split(r"\n\s*\n", text.strip()):
        for piece in re.split(r"^(===PAGE===|#+ .*)$\n?", part, flags=re.M):
            lines = [line for line in piece.strip().split("\n") if line.strip()]
            if not lines:
                continue
            if lines[0] == "===PAGE===":
                yield "page", None
            elif lines[0].startswith("#"):
                yield "heading", (len(lines[0].split(" ")[0]), lines[0].lstrip("# "))
            elif lines[0].startswith("|"):
                yield "table", [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
            elif re.match(r"(-|\d+\.) ", lines[0]):
                yield "list", (lines[0][0].isdigit(), [re.sub(r"^(-|\d+\.) ", "", line) for line in lines])
            else:
                yield "paragraph", " ".join(lines)


def pdf(path, title, updated, text):
    styles = getSampleStyleSheet()
    story = []
    for kind, content in blocks(text):
        if kind == "page":
            story.append(PageBreak())
        elif kind == "heading":
            story.append(Paragraph(content[1], styles["Heading1" if content[0] == 1 else "Heading2"]))
        elif kind == "table":
            table = Table(content, hAlign="LEFT")
            table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")]))
            story += [table, Spacer(1, 10)]
        elif kind == "list":
            story.append(ListFlowable([Paragraph(item, styles["BodyText"]) for item in content[1]]))
        else:
            story.append(Paragraph(content, styles["BodyText"]))
    SimpleDocTemplate(str(path), pagesize=A4, title=title, author="Fjellvik Outfitters", invariant=1).build(story)


def word(path, title, updated, text):
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author = title, "Fjellvik Outfitters"
    properties.created = properties.modified = datetime.datetime.fromisoformat(updated)
    for kind, content in blocks(text):
        if kind == "heading":
            document.add_heading(content[1], content[0])
        elif kind == "table":
            table = document.add_table(0, len(content[0]), style="Table Grid")
            for row in content:
                for cell, value in zip(table.add_row().cells, row):
                    cell.text = value
        elif kind == "list":
            for item in content[1]:
                document.add_paragraph(item, style="List Number" if content[0] else "List Bullet")
        elif kind == "paragraph":
            document.add_paragraph(content)
    document.save(path)


def excel(path, source):
    workbook = openpyxl.Workbook()
    workbook.properties.title = source["title"]
    workbook.active.title = source["sheet"]
    for row in source["rows"]:
        workbook.active.append(row)
    workbook.save(path)


for source in sorted(SOURCES.rglob("*.*")):
    target = DOCUMENTS / source.relative_to(SOURCES).with_suffix("")
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix == ".json":
        excel(target, json.loads(source.read_text()))
        continue
    _, head, text = source.read_text().split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in head.strip().split("\n"))
    (pdf if target.suffix == ".pdf" else word)(target, fields["title"], fields["updated"], text)
