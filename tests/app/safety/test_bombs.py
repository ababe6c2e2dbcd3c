"""Small files that unfold into huge ones are refused before they are unfolded, wherever they come in."""

import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.app.test_complaints_public_form import picture

from remit.complaints.actions.importing import begin_import
from remit.core.clean_files import clean_files
from remit.core.errors import Refusal
from remit_engine.errors import InputError
from remit_engine.history import workbook_size
from remit_engine.history.workbook_size import need_modest


def workbook(cells):
    """An .xlsx with a cell of text at each place."""
    made, out = openpyxl.Workbook(), io.BytesIO()
    for place, text in cells.items():
        made.active[place] = text
    made.save(out)
    return out.getvalue()


def repacked(content, change):
    """A packed folder with its parts changed: `change(name, bytes)` gives pieces."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for each in before.infolist():
            with after.open(each.filename, "w") as part:
                for piece in change(each.filename, before.read(each)):
                    part.write(piece)
    return out.getvalue()


PEOPLE = {"A1": "name", "B1": "email", "A2": "Jo", "B2": "jo@example.org"}


def far_cell():
    return workbook(PEOPLE | {"XFD1048576": "x"})


def far_cell_without_its_place():
    """The same, with cells that don't say where they stand."""
    wide = b'<row r="1048576">' + b"<c><v>1</v></c>" * 16_384 + b"</row></sheetData>"
    return repacked(
        workbook(PEOPLE),
        lambda name, part: [part.replace(b"</sheetData>", wide) if name.endswith("sheet1.xml") else part],
    )


def far_cell_elsewhere():
    """The same, in a sheet that lies where none is expected."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(far_cell())) as before, zipfile.ZipFile(out, "w") as after:
        for each in before.infolist():
            content = before.read(each).replace(b"worksheets/sheet1.xml", b"x/y.bin")
            after.writestr(each.filename.replace("worksheets/sheet1.xml", "x/y.bin"), content)
    return out.getvalue()


def far_cell_in_odd_letters():
    """The same, with a prefix, quotes of the other kind, and what looks like the end of a tag."""
    odd = b"<row r='1048576'><c t=\">\" s='<' r='XFD1048576'><v>1</v></c></row></sheetData>"
    return repacked(
        workbook(PEOPLE),
        lambda name, part: [part.replace(b"</sheetData>", odd) if name.endswith("sheet1.xml") else part],
    )


def many_rows():
    """More than half a gigabyte of one long row again and again."""
    row = b"<row><c><v>%b</v></c></row>" % (b"1" * 1_000) * 4_000

    def change(name, part):
        if not name.endswith("sheet1.xml"):
            return [part]
        head, tail = part.split(b"</sheetData>")
        return [head, *[row] * 150, b"</sheetData>", tail]

    return repacked(workbook(PEOPLE), change)


def open_document(table):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", f"<office:document-content><table:table>{table}</table:table>")
    return out.getvalue()


def repeated_row():
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value="1"/>'
    return open_document(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>')


@pytest.mark.parametrize(
    "made",
    [
        far_cell,
        far_cell_without_its_place,
        far_cell_elsewhere,
        far_cell_in_odd_letters,
        repeated_row,
        many_rows,
    ],
)
def test_a_small_file_that_unfolds_into_a_huge_one_is_refused(house, made):
    content = made()
    assert len(content) < 5_000_000
    file = SimpleUploadedFile("customers.xlsx", content)
    with pytest.raises(Refusal) as refused:
        begin_import(house.sam, house.harbour, "customers", file)
    assert refused.value.code == "too-large-inside"


@given(st.integers(1, 400), st.integers(1, 60), st.integers(1, 64))
def test_as_many_cells_as_a_sheet_has_are_counted_however_it_is_cut(tmp_path_factory, rows, columns, cut):
    """The limit holds to the cell, whichever piece a tag is cut in."""
    file = tmp_path_factory.mktemp("cells") / "sheet.xlsx"
    places = {f"{openpyxl.utils.get_column_letter(columns)}{rows}": 1, "A1": 1}
    file.write_bytes(workbook(places))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(workbook_size, "_PIECE", cut)
        patched.setattr(workbook_size, "MOST_CELLS", rows * columns)
        need_modest(file)
        patched.setattr(workbook_size, "MOST_CELLS", rows * columns - 1)
        with pytest.raises(InputError):
            need_modest(file)


def test_what_programs_write_beyond_the_table_is_no_bomb(tmp_path):
    """OpenDocument fills each sheet up to its end with one empty cell."""
    file = tmp_path / "sheet.ods"
    empty = '<table:table-cell table:number-columns-repeated="16382"/>'
    row = f'<table:table-row><table:table-cell office:value="1"/>{empty}</table:table-row>'
    rest = f'<table:table-row table:number-rows-repeated="1048575">{empty}</table:table-row>'
    file.write_bytes(open_document(row + rest))
    need_modest(file)


PICTURES = {form: picture(form) for form in ("JPEG", "PNG", "WEBP")}


@given(
    st.sampled_from(sorted(PICTURES)),
    st.lists(st.tuples(st.integers(8, 600), st.integers(0, 255)), max_size=8),
    st.integers(0, 300),
)
def test_a_damaged_picture_is_drawn_or_refused(form, changes, cut):
    """Whatever stands in it: a picture that can be shown comes out, or a sentence; never an error."""
    content = bytearray(PICTURES[form])
    for place, value in changes:
        content[place % len(content)] = value
    file = SimpleUploadedFile("picture", bytes(content[: len(content) - cut % len(content)]), "text/html")
    try:
        (clean,) = clean_files([file])
    except Refusal:
        return
    if clean.content_type.startswith("image/"):
        with Image.open(io.BytesIO(clean.read())) as drawn:
            drawn.load()
            assert not drawn.getexif()
