"""Workbooks written by hand, part by part: what no library can be made to write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

from nap_monitor.sheets.cells import EMPTY, Cell, Workbook, a1

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def xlsx_parts(
    rows: str,
    *,
    strings: Iterable[str] = (),
    formats: Iterable[str] = (),
    behind: str = "",
    settings: str = "",
    calculation: str = "",
    space: str = MAIN,
) -> dict[str, str | bytes]:
    """The parts of an .xlsx with one tab. `formats`: of style 1, 2, …; `strings`: what each <si> holds."""
    office = _STRICT_OFFICE if space == STRICT else _OFFICE
    codes = list(formats)
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(
            [("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")],
            1,
        )
    )
    return {
        "[Content_Types].xml": HEAD + "<Types/>",
        "_rels/.rels": HEAD + f'<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="r" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": HEAD + f'<workbook xmlns="{space}" xmlns:r="{office}">{settings}<sheets>'
        f'<sheet name="Indicadores" sheetId="1" r:id="rId1"/></sheets>{calculation}</workbook>',
        "xl/_rels/workbook.xml.rels": HEAD + f'<Relationships xmlns="{_RELATIONSHIPS}">{links}</Relationships>',
        "xl/styles.xml": HEAD
        + f'<styleSheet xmlns="{space}"><numFmts>'
        + "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{code}"/>' for n, code in enumerate(codes))
        + '</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>'
        + "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(codes)))
        + '</cellXfs><dxfs><dxf><numFmt numFmtId="200" formatCode="0%"/></dxf></dxfs></styleSheet>',
        "xl/sharedStrings.xml": HEAD + f'<sst xmlns="{space}">' + "".join(f"<si>{s}</si>" for s in strings) + "</sst>",
        "xl/worksheets/sheet1.xml": HEAD
        + f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{behind}</worksheet>',
    }


_ODS_SPACES = "".join(
    f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text", "style", "number")
)
_CALC = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods_content(tables: str, *, styles: str = "") -> str:
    return (
        HEAD + f'<office:document-content{_ODS_SPACES}{_CALC} office:version="1.3">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )


def ods_parts(tables: str, *, styles: str = "") -> dict[str, str | bytes]:
    return {
        "mimetype": ODS_TYPE,
        "content.xml": ods_content(tables, styles=styles),
        "META-INF/manifest.xml": HEAD
        + '<!DOCTYPE manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd">'
        + '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
    }


def ods_table(rows: str, name: str = "Indicadores") -> str:
    return f'<table:table table:name="{name}">{rows}</table:table>'


def cells_of(workbook: Workbook, tab: int = 0) -> dict[str, Cell]:
    """The cells of a tab that are not empty, by their names (B3)."""
    return {
        a1(row, column): cell
        for row, cells in workbook.tabs[tab].rows()
        for column, cell in enumerate(cells)
        if cell is not EMPTY
    }
