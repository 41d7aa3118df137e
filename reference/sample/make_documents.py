"""Makes the sample's PDF, Word, Excel and PowerPoint files from the texts in sources/.

Run: pip install -r reference/sample/requirements.txt; python reference/sample/make_documents.py
Each source is light Markdown with a head of properties; its name without ".md" is the name of the file to make. The dates
inside the files are those of their heads, so that running it again makes the same bytes.
"""

import datetime
import os
import pathlib
import re
import zipfile

import docx
import openpyxl
import pptx
from openpyxl.styles import Font
from pptx.util import Inches, Pt
from reportlab.lib import colors
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import cm
from reportlab.platypus import ListFlowable, Paragraph, SimpleDocTemplate, Spacer, Table

ROOT = pathlib.Path(__file__).parents[2]
SOURCES = pathlib.Path(__file__).parent / "sources"
DOCUMENTS = ROOT / "samples/shop/documents"
COMPANY = "Fjellvik Outfitters"


def blocks(text):
    """Yields headings, paragraphs, tables and lists, each with its content."""
    for part in re.split(r"\n\s*\n", text.strip()):
        for piece in re.split(r"^(#+ .*)$\n?", part, flags=re.M):
            lines = [line for line in piece.strip().split("\n") if line.strip()]
            if not lines:
                continue
            if lines[0].startswith("#"):
                yield "heading", (len(lines[0].split(" ")[0]), lines[0].lstrip("# "))
            elif lines[0].startswith("|"):
                yield "table", [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
            elif re.match(r"(-|\d+\.) ", lines[0]):
                yield "list", (lines[0][0].isdigit(), [re.sub(r"^(-|\d+\.) ", "", line) for line in lines])
            else:
                yield "paragraph", " ".join(lines)


def pdf(path, fields, text):
    styles = getSampleStyleSheet()
    body = styles["BodyText"]
    styles["Heading2"].keepWithNext = 1
    story = []
    for kind, content in blocks(text):
        if kind == "heading":
            story.append(Paragraph(content[1], styles["Title" if content[0] == 1 else "Heading2"]))
        elif kind == "table":
            rows = [[Paragraph(f"<b>{cell}</b>" if number == 0 else cell, body) for cell in row]
                    for number, row in enumerate(content)]
            grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#e6ece4")),
                    ("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 4)]
            story += [Spacer(1, 4), Table(rows, hAlign="LEFT", style=grid), Spacer(1, 8)]
        elif kind == "list":
            story.append(ListFlowable([Paragraph(item, body) for item in content[1]],
                                      bulletType="1" if content[0] else "bullet"))
        else:
            story.append(Paragraph(content, body))

    def foot(canvas, document):
        canvas.setFont("Helvetica", 8)
        canvas.setFillColor(colors.grey)
        canvas.drawString(1.8 * cm, 1 * cm, f"{COMPANY}, {fields['title']}, {fields['updated']}")
        canvas.drawRightString(A5[0] - 1.8 * cm, 1 * cm, f"Page {document.page}")

    midday = datetime.datetime.fromisoformat(fields["updated"] + "T12:00+00:00")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(midday.timestamp()))
    SimpleDocTemplate(
        str(path), pagesize=A5, leftMargin=1.8 * cm, rightMargin=1.8 * cm, topMargin=1.8 * cm, bottomMargin=1.8 * cm,
        title=fields["title"], author=COMPANY, subject=fields["subject"], keywords=fields["keywords"],
    ).build(story, onFirstPage=foot, onLaterPages=foot)


def describe(properties, fields):
    """Sets the core properties of an Office file."""
    day = datetime.datetime.fromisoformat(fields["updated"] + "T12:00")
    properties.title, properties.subject = fields["title"], fields["subject"]
    properties.keywords, properties.category = fields["keywords"], fields["category"]
    properties.created = properties.modified = day


def word(path, fields, text):
    document = docx.Document()
    describe(document.core_properties, fields)
    document.core_properties.author = document.core_properties.last_modified_by = COMPANY
    document.core_properties.comments = ""
    for kind, content in blocks(text):
        if kind == "heading":
            document.add_heading(content[1], content[0])
        elif kind == "table":
            table = document.add_table(0, len(content[0]), style="Light Grid Accent 1")
            for row in content:
                for cell, value in zip(table.add_row().cells, row):
                    cell.text = value
            document.add_paragraph()
        elif kind == "list":
            for item in content[1]:
                document.add_paragraph(item, style="List Number" if content[0] else "List Bullet")
        elif kind == "paragraph":
            document.add_paragraph(content)
    document.save(path)


def excel(path, fields, text):
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    describe(workbook.properties, fields)
    workbook.properties.creator = COMPANY
    for kind, content in blocks(text):
        if kind == "heading":
            sheet = workbook.create_sheet(content[1])
        elif kind == "table":
            for row in content:
                sheet.append([value_of(cell) for cell in row])
            for cell in sheet[1]:
                cell.font = Font(bold=True)
            for column in sheet.columns:
                longest = max(len(str(cell.value)) for cell in column)
                sheet.column_dimensions[column[0].column_letter].width = longest + 3
            sheet.freeze_panes = "A2"
    workbook.save(path)


def value_of(cell):
    if re.fullmatch(r"-?\d+", cell):
        return int(cell)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return datetime.date.fromisoformat(cell)
    return cell


def slides(path, fields, text):
    presentation = pptx.Presentation()
    describe(presentation.core_properties, fields)
    presentation.core_properties.author = presentation.core_properties.last_modified_by = COMPANY
    for part in re.split(r"^(?=# )", text.strip(), flags=re.M):
        if not part.strip():
            continue
        content = list(blocks(part))
        first = not presentation.slides
        only_table = any(kind == "table" for kind, _ in content) and not any(kind == "list" for kind, _ in content)
        slide = presentation.slides.add_slide(presentation.slide_layouts[0 if first else 5 if only_table else 1])
        for kind, block in content:
            if kind == "heading":
                slide.shapes.title.text = block[1]
            elif kind == "paragraph":
                slide.placeholders[1].text = block
            elif kind == "list":
                slide.placeholders[1].text = "\n".join(block[1])
                if any(other == "table" for other, _ in content):
                    slide.placeholders[1].left, slide.placeholders[1].top = Inches(0.5), Inches(1.4)
                    slide.placeholders[1].width, slide.placeholders[1].height = Inches(9), Inches(2.8)
                    for paragraph in slide.placeholders[1].text_frame.paragraphs:
                        paragraph.font.size = Pt(20)
            elif kind == "table":
                top = Inches(1.7 if only_table else 4.6)
                frame = slide.shapes.add_table(len(block), len(block[0]), Inches(0.6), top, Inches(8.8), Inches(2))
                for y, row in enumerate(block):
                    for x, value in enumerate(row):
                        frame.table.cell(y, x).text = value
    presentation.save(path)


def settle(path, updated):
    """Packs an Office file anew with the date of its text, where the libraries put today's."""
    day = tuple(int(part) for part in updated.split("-"))
    with zipfile.ZipFile(path) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts:
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + updated.encode() + b"T12:00:00Z", content)
            info = zipfile.ZipInfo(name, (*day, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)


MAKERS = {".pdf": pdf, ".docx": word, ".xlsx": excel, ".pptx": slides}

for source in sorted(SOURCES.rglob("*.md")):
    target = DOCUMENTS / source.relative_to(SOURCES).with_suffix("")
    target.parent.mkdir(parents=True, exist_ok=True)
    _, head, text = source.read_text(encoding="utf-8").split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in head.strip().split("\n"))
    MAKERS[target.suffix](target, fields, text)
    if target.suffix != ".pdf":
        settle(target, fields["updated"])
