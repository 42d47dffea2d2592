"""The folder of workbooks: which files are found, whose they are, when they are read, and why one is refused."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from nap_monitor.language import language
from nap_monitor.sheets import opening
from nap_monitor.sheets.cells import Unreadable
from nap_monitor.sheets.folder import (
    BadSources,
    FoundFile,
    Source,
    Sources,
    find,
    is_settled,
    load_sources,
    read_sources,
    read_workbook,
)
from nap_monitor.sheets.problems import refusal
from tests.sheets.raw_files import HEAD, cells_of, ods_parts, ods_table, xlsx_parts, zipped

MB = 1 << 20
AGENCIES = ("STPS", "SE", "SE-PROMEXICO", "INMUJERES", "Comisión Nacional")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
XLSX = zipped(xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>'))
ODS = zipped(ods_parts(ods_table("")))
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def put(folder: Path, *names: str, data: bytes = XLSX) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def owners(folder: Path, sources: Sources | None = None) -> dict[str, str | None]:
    return {file.key: file.agency for file in find(folder, sources or Sources(), AGENCIES)}


def open_(path: Path) -> Any:
    return read_workbook(path, max_packed=20 * MB, max_unpacked=200 * MB)


# Whose a file is


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("STPS.xlsx", "STPS"),
        ("stps.ODS", "STPS"),
        ("STPS 2026-T3.xlsx", "STPS"),
        ("STPS_Acciones.csv", "STPS"),
        ("STPS-final.xlsx", "STPS"),
        ("SE-PROMEXICO.xlsx", "SE-PROMEXICO"),
        ("SE-PROMEXICO_2.xlsx", "SE-PROMEXICO"),
        ("SE-otra.xlsx", "SE"),
        ("comision nacional.xlsx", "Comisión Nacional"),
        ("Comisio\u0301n Nacional.xlsx", "Comisión Nacional"),
        ("STPS2026.xlsx", None),
        ("Copia de STPS.xlsx", None),
        ("SEGOB.xlsx", None),
        ("2026-T3/STPS.xlsx", "STPS"),
        ("STPS/informe.xlsx", "STPS"),
        ("stps/2026/T3/informe.ods", "STPS"),
        ("STPS/SE.xlsx", "STPS"),  # whoever may write into a folder reports for its agency
        ("STPS/SE/x.xlsx", "STPS"),
        ("STPS 2026/informe.xlsx", None),
    ],
)
def test_a_file_belongs_to_the_agency_that_it_or_its_folder_is_named_by(tmp_path: Path, name: str, agency: str) -> None:
    put(tmp_path, name)
    (found,) = find(tmp_path, Sources(), AGENCIES)
    assert found.agency == agency
    assert found.name == found.key.rpartition("/")[2]


def test_files_that_nobody_reports_with_are_never_found(tmp_path: Path) -> None:
    put(
        tmp_path,
        *(
            "~$STPS.xlsx",
            ".~lock.STPS.ods#",
            ".STPS.xlsx",
            "._STPS.xlsx",
            "STPS.validacion.xlsx",
            "STPS.Validacion.XLSX",
        ),
        *(
            "STPS.xlsx.tmp",
            "~WRL0001.tmp",
            "STPS.docx",
            "léeme.txt",
            ".git/STPS.xlsx",
            "__MACOSX/STPS.xlsx",
            "STPS.bak",
        ),
    )
    (tmp_path / "carpeta.xlsx").mkdir()
    assert find(tmp_path, Sources(), AGENCIES) == ()


def test_workbooks_of_other_programs_are_found_so_that_their_agency_is_told(tmp_path: Path) -> None:
    names = ("STPS.xls", "STPS.xlsm", "STPS.xlsb", "STPS.numbers", "STPS.tsv", "STPS.fods", "STPS.gsheet")
    put(tmp_path, *names)
    assert owners(tmp_path) == dict.fromkeys(names, "STPS")


def test_files_come_by_key_with_size_and_time(tmp_path: Path) -> None:
    put(tmp_path, "b/STPS.xlsx", "SE.csv", "año/x.xlsx")
    os.utime(tmp_path / "SE.csv", (1_790_000_000, 1_790_000_000))
    found = find(tmp_path, Sources(), AGENCIES)
    assert [file.key for file in found] == ["SE.csv", "año/x.xlsx", "b/STPS.xlsx"]
    assert found[0].size == len(XLSX)
    assert found[0].modified_at == datetime.fromtimestamp(1_790_000_000, UTC)
    assert found[0].path.read_bytes() == XLSX


def test_names_are_composed_text_whatever_the_disk_says(tmp_path: Path) -> None:
    put(tmp_path, "Participacio\u0301n/STPS.xlsx")
    (tmp_path / os.fsdecode(b"STPS \xff.xlsx")).write_bytes(XLSX)
    assert sorted(owners(tmp_path)) == ["Participación/STPS.xlsx", "STPS \ufffd.xlsx"]


def test_links_out_of_the_folder_and_to_folders_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path / "outside", "secret.xlsx")
    put(tmp_path / "inside", "real/STPS.xlsx", "entrega.xlsx")
    inside = tmp_path / "inside"
    (inside / "STPS 1.xlsx").symlink_to(tmp_path / "outside" / "secret.xlsx")
    (inside / "STPS").symlink_to(tmp_path / "outside", target_is_directory=True)
    (inside / "loop").symlink_to(inside, target_is_directory=True)
    (inside / "SE.xlsx").symlink_to(inside / "gone.xlsx")
    (inside / "SE 2.xlsx").symlink_to(inside / "SE 2.xlsx")
    (inside / "SE 3.xlsx").symlink_to(inside / "entrega.xlsx")  # stays inside: entrega.xlsx is the SE's
    assert owners(inside) == {"SE 3.xlsx": "SE", "real/STPS.xlsx": "STPS"}


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    put(tmp_path / "share", "STPS.xlsx")
    (tmp_path / "here").symlink_to(tmp_path / "share", target_is_directory=True)
    assert owners(tmp_path / "here") == {"STPS.xlsx": "STPS"}


def test_a_file_that_goes_away_while_the_folder_is_looked_through_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "SE.xlsx", "STPS.xlsx")
    real = os.path.realpath

    def realpath(path: Any, **options: Any) -> str:
        if str(path).endswith("STPS.xlsx"):
            Path(path).unlink()
        return real(path, **options)

    monkeypatch.setattr(os.path, "realpath", realpath)
    assert owners(tmp_path) == {"SE.xlsx": "SE"}


def test_a_missing_folder_is_one_clear_sentence(tmp_path: Path) -> None:
    put(tmp_path, "file")
    for folder in (tmp_path / "none", tmp_path / "file"):
        with pytest.raises(Unreadable, match="missing_folder") as refused:
            find(folder, Sources(), AGENCIES)
        assert str(folder) in refusal(refused.value, "", language("en"))


@pytest.fixture
def closed_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that may not be opened (the superuser may open all, so that one is told so here)."""
    folder = tmp_path / "STPS"
    put(tmp_path, "STPS/informe.xlsx", "SE.xlsx")
    folder.chmod(0)
    real = os.scandir

    def scandir(path: Any) -> Any:
        if Path(path).name == "STPS":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    yield folder
    folder.chmod(0o700)


def test_a_folder_that_may_not_be_opened_is_found_and_refused_and_hides_no_other(closed_folder: Path) -> None:
    found = find(closed_folder.parent, Sources(), AGENCIES)
    assert [(file.key, file.agency) for file in found] == [("SE.xlsx", "SE"), ("STPS/", "STPS")]
    with pytest.raises(Unreadable, match="unreadable_file"):
        open_(found[1].path)
    assert is_settled(found[1], NOW, 2)
    with pytest.raises(Unreadable, match="unreadable_folder"):
        find(closed_folder, Sources(), AGENCIES)


# config/sources.yaml


def sources(tmp_path: Path, text: str, agencies: tuple[str, ...] | None = AGENCIES) -> Any:
    path = tmp_path / "sources.yaml"
    path.write_text(text, "utf-8")
    return read_sources(path, agencies)


def test_files_folders_and_patterns_are_mapped_and_the_first_entry_decides(tmp_path: Path) -> None:
    put(
        tmp_path / "f",
        *("Informe laboral.xlsx", "Comisión/a.xlsx", "Comisión/b/c.ods", "2026/T3/x.csv", "2026/x.csv"),
        *("STPS.xlsx", "STPS [final].xlsx", "otro.xlsx"),
    )
    found, problems = sources(
        tmp_path,
        "sources:\n"
        "  - {agency: inmujeres, files: [informe LABORAL.xlsx, 'STPS [final].xlsx']}\n"
        "  - {agency: SE, files: ['comision/*.xlsx']}\n"
        "  - {agency: STPS, files: [./Comision/, 2026/**/*.csv]}\n"
        "  - {agency: SE, files: [STPS.xlsx]}\n",
    )
    assert problems == ()
    assert owners(tmp_path / "f", found) == {
        "2026/T3/x.csv": "STPS",
        "2026/x.csv": "STPS",
        "Comisión/a.xlsx": "SE",
        "Comisión/b/c.ods": "STPS",
        "Informe laboral.xlsx": "INMUJERES",
        "STPS [final].xlsx": "INMUJERES",
        "STPS.xlsx": "SE",
        "otro.xlsx": None,
    }


@pytest.mark.parametrize(
    ("pattern", "key", "matches"),
    [
        ("a.xlsx", "a.xlsx", True),
        ("a.xlsx", "b/a.xlsx", False),
        ("*.xlsx", "b/a.xlsx", False),
        ("**/a.xlsx", "a.xlsx", True),
        ("**/a.xlsx", "b/c/a.xlsx", True),
        ("b/**", "b/c/a.xlsx", True),
        ("b", "b/c/a.xlsx", True),
        ("b", "bc/a.xlsx", False),
        ("?/a.*", "b/a.ods", True),
        ("[ab]/*", "b/a.ods", True),
        ("b\\a.xlsx", "b/a.xlsx", True),
    ],
)
def test_what_a_pattern_matches(pattern: str, key: str, matches: bool) -> None:
    parts = tuple(pattern.replace("\\", "/").split("/"))
    assert Source("STPS", (parts,)).names(key) is matches


def test_helper_columns_belong_to_all_to_an_agency_or_to_its_files(tmp_path: Path) -> None:
    found, problems = sources(
        tmp_path,
        "helper_columns: [Observaciones]\n"
        "sources:\n"
        "  - {agency: STPS, helper_columns: ['Notas  Internas']}\n"
        "  - {agency: STPS, files: [a.xlsx], helper_columns: [Revisó]}\n",
    )
    assert problems == ()
    assert found.helper_columns_of("STPS.xlsx", "STPS") == {"observaciones", "notas internas"}
    assert found.helper_columns_of("a.xlsx", "STPS") == {"observaciones", "notas internas", "reviso"}
    assert found.helper_columns_of("SE.xlsx", "SE") == {"observaciones"}


def test_a_file_can_belong_to_a_programme(tmp_path: Path) -> None:
    put(tmp_path / "f", "cl.xlsx", "STPS.xlsx", "x.xlsx")
    found, _ = sources(
        tmp_path,
        "sources:\n"
        "  - {agency: SUBDDHH, files: [cl.xlsx], programme: CL-NAP}\n"
        "  - {agency: STPS, programme: NAP-MX}\n"
        "  - {agency: NADIE, files: [x.xlsx]}\n",
        None,
    )
    assert {f.key: (f.agency, f.programme) for f in find(tmp_path / "f", found, AGENCIES)} == {
        "cl.xlsx": ("SUBDDHH", "CL-NAP"),
        "STPS.xlsx": ("STPS", "NAP-MX"),
        "x.xlsx": (None, None),  # an agency that the plan does not have
    }


@pytest.mark.parametrize("text", ["", "# only comments\n", "sources: []\n", "sources:\n", None])
def test_without_a_file_or_entries_files_are_found_by_their_names(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "sources.yaml"
    if text is not None:
        path.write_text(text)
    assert load_sources(path) == Sources()


def test_the_file_in_config_is_right() -> None:
    assert read_sources(Path(__file__).parents[2] / "config" / "sources.yaml") == (Sources(), ())


def test_all_problems_are_named_at_once_with_line_and_field(tmp_path: Path) -> None:
    _, problems = sources(
        tmp_path,
        "sources:\n"
        "  - agency: STSP\n"
        "    files: [../otro, 'C:/x', /etc, '']\n"
        "  - agncy: SE\n"
        "  - agency: SE\n"
        "    files: a.xlsx\n"
        "helpers: 3\n",
    )
    assert [(p.line, p.field, p.kind) for p in problems] == [
        (2, "agency", "unknown_agency"),
        (3, "files", "missing_field"),
        (3, "files", "not_below_folder"),
        (3, "files", "not_below_folder"),
        (3, "files", "not_below_folder"),
        (4, "agncy", "unknown_field"),
        (4, "agency", "missing_field"),
        (6, "files", "not_a_list"),
        (7, "helpers", "unknown_field"),
    ]
    assert problems[0].where(language("en")) == "sources.yaml:2"
    assert "STPS" in problems[0].sentence(language("en"))
    assert "../otro" in problems[2].sentence(language("en"))


@pytest.mark.parametrize("text", ["sources: [\n", "- a\n", "sources: 5\n", "\0"])
def test_a_broken_file_is_problems_and_no_traceback(tmp_path: Path, text: str) -> None:
    (tmp_path / "sources.yaml").write_text(text)
    with pytest.raises(BadSources) as bad:
        load_sources(tmp_path / "sources.yaml")
    assert all(p.sentence(language("en")) for p in bad.value.problems)


# When a file is read


def aged(tmp_path: Path, seconds: float) -> FoundFile:
    put(tmp_path, "STPS.xlsx")
    moment = (NOW - timedelta(seconds=seconds)).timestamp()
    os.utime(tmp_path / "STPS.xlsx", (moment, moment))
    return find(tmp_path, Sources(), AGENCIES)[0]


@pytest.mark.parametrize(("seconds", "settled"), [(0, False), (1.9, False), (2, True), (3600, True), (-3600, True)])
def test_a_file_that_was_just_saved_waits(tmp_path: Path, seconds: float, settled: bool) -> None:
    assert is_settled(aged(tmp_path, seconds), NOW, 2) is settled


def test_a_file_that_changes_after_it_was_found_waits(tmp_path: Path) -> None:
    file = aged(tmp_path, 60)
    times = (file.modified_at.timestamp(),) * 2
    file.path.write_bytes(XLSX + b"more")
    os.utime(file.path, times)
    assert not is_settled(file, NOW, 2)
    file.path.write_bytes(XLSX)
    os.utime(file.path, (times[0] + 1, times[0] + 1))
    assert not is_settled(file, NOW, 2)
    file.path.unlink()
    assert not is_settled(file, NOW, 2)


# What is read and what is refused


def test_each_kind_of_workbook_is_read(tmp_path: Path) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.add_worksheet("Indicadores").write(0, 0, "Código")
    book.close()
    put(tmp_path, "STPS.xlsx", data=stream.getvalue())
    content = ods_table(
        "<table:table-row><table:table-cell><text:p>Código</text:p></table:table-cell></table:table-row>"
    )
    put(tmp_path, "STPS.ODS", data=zipped(ods_parts(content)))
    put(tmp_path, "STPS.csv", data="Código;Valor\n".encode("cp1252"))
    for name in ("STPS.xlsx", "STPS.ODS", "STPS.csv"):
        workbook = open_(tmp_path / name)
        assert workbook.name == name
        assert workbook.tabs[0].title == "Indicadores"
        assert cells_of(workbook)["A1"].value == "Código"


ENCRYPTED = OLE2 + "EncryptionInfo".encode("utf-16-le") + bytes(50) + "EncryptedPackage".encode("utf-16-le")
OLD = OLE2 + "Root Entry".encode("utf-16-le") + bytes(44) + "Workbook".encode("utf-16-le") + bytes(48)
LETTER = OLE2 + "WordDocument".encode("utf-16-le") + bytes(48)
BIFF = b"\x09\x08\x10\x00\x00\x06\x05\x00" + bytes(64)
PAGE = b"\xef\xbb\xbf\r\n <!DOCTYPE HTML><html><table><tr><td>IND</td></tr></table></html>"
XHTML = HEAD.encode() + b'\n<html xmlns="http://www.w3.org/1999/xhtml"><table/></html>'
SPREADSHEETML = HEAD.encode() + b'<?mso-application progid="Excel.Sheet"?><Workbook/>'
XLSB = zipped({"[Content_Types].xml": "", "_rels/.rels": "", "xl/workbook.bin": b"\x83\x01"})
NUMBERS = zipped({"Index/Document.iwa": b"x", "Metadata/Properties.plist": ""})
PHOTOS = zipped({"foto.jpg": b"x"})
ODT = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""})


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.xlsx", ENCRYPTED, "password_protected"),
        ("a.xls", ENCRYPTED, "password_protected"),
        ("a.csv", ENCRYPTED, "password_protected"),
        ("a.xlsx", OLD, "old_xls"),
        ("a.xls", OLD, "old_xls"),
        ("a.xls", BIFF, "old_xls"),
        ("a.csv", OLD, "old_xls"),
        ("a.xlsx", LETTER, "not_a_workbook"),
        ("a.xlsx", PAGE, "html_named_as_workbook"),
        ("a.xls", PAGE, "html_named_as_workbook"),
        ("a.csv", PAGE, "html_named_as_workbook"),
        ("a.ods", XHTML, "html_named_as_workbook"),
        ("a.xlsx", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "html_named_as_workbook"),
        ("a.xlsx", b"codigo;periodo;valor\n", "csv_named_as_workbook"),
        ("a.ods", "Código,Valor\n".encode("utf-16"), "csv_named_as_workbook"),
        ("a.xlsx", SPREADSHEETML, "unsupported_type"),
        ("a.xlsx", XLSB, "unsupported_type"),
        ("a.xlsx", NUMBERS, "unsupported_type"),
        ("a.xlsm", XLSX, "unsupported_type"),
        ("a.xls", XLSX, "unsupported_type"),
        ("a.tsv", b"a\tb\n", "unsupported_type"),
        ("a", b"a;b\n", "unsupported_type"),
        ("a.xlsx", ODS, "named_otherwise"),
        ("a.ods", XLSX, "named_otherwise"),
        ("a.csv", XLSX, "named_otherwise"),
        ("a.xlsx", PHOTOS, "not_a_workbook"),
        ("a.xlsx", ODT, "not_a_workbook"),
        ("a.xlsx", b"%PDF-1.7\n", "not_a_workbook"),
        ("a.xlsx", b"{\\rtf1", "not_a_workbook"),
        ("a.xlsx", bytes(5000), "not_a_workbook"),
        ("a.csv", bytes(5000), "not_text"),
        ("a.csv", b"%PDF-1.7\n", "not_text"),
        ("a.csv", b'a;"b', "csv_open_quote"),
        ("a.xlsx", XLSX[:-40], "corrupt"),
        ("a.xlsx", XLSX[:200], "corrupt"),
        ("a.ods", ODS[:200], "corrupt"),
        ("a.xlsx", b"", "empty_file"),
        ("a.csv", b"", "empty_file"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_one_clear_sentence(
    tmp_path: Path, name: str, data: bytes, kind: str
) -> None:
    put(tmp_path, name, data=data)
    with pytest.raises(Unreadable) as refused:
        open_(tmp_path / name)
    assert refused.value.kind == kind
    assert name in refusal(refused.value, name, language("en"))


def test_limits_are_named_in_megabytes(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx", data=XLSX + bytes(MB))
    with pytest.raises(Unreadable, match="too_large") as refused:
        read_workbook(tmp_path / "a.xlsx", max_packed=MB, max_unpacked=MB)
    assert refused.value.kind == "too_large"
    assert "1 MB" in refusal(refused.value, "a.xlsx", language("en"))
    put(tmp_path, "b.xlsx", data=zipped(xlsx_parts("") | {"xl/big.bin": bytes(3 * MB)}))
    with pytest.raises(Unreadable, match="too_large_unpacked") as refused:
        read_workbook(tmp_path / "b.xlsx", max_packed=20 * MB, max_unpacked=2_500_000)
    assert "2.5 MB" in refusal(refused.value, "b.xlsx", language("en"))


def test_a_file_that_is_gone_a_folder_or_a_pipe_does_not_stop_the_run(tmp_path: Path) -> None:
    (tmp_path / "folder.xlsx").mkdir()
    os.mkfifo(tmp_path / "pipe.xlsx")
    for name, kind in (
        ("gone.xlsx", "missing_file"),
        ("folder.xlsx", "unreadable_file"),
        ("pipe.xlsx", "unreadable_file"),
    ):
        with pytest.raises(Unreadable, match=kind):
            open_(tmp_path / name)


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a.xlsx")

    def denied(self: Path, *_: Any) -> Any:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(Unreadable, match="unreadable_file"):
        open_(tmp_path / "a.xlsx")


@pytest.mark.parametrize("change", ["grows", "is touched"])
def test_a_file_that_changes_while_it_is_read_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    put(tmp_path, "a.xlsx")
    path = tmp_path / "a.xlsx"
    real = os.fstat

    def fstat(number: int) -> os.stat_result:
        seen = real(number)
        if change == "grows":
            with path.open("ab") as file:
                file.write(b"more")
        else:
            os.utime(path, (1, threading.get_ident() % 1000))
        return seen

    monkeypatch.setattr(opening.os, "fstat", fstat)
    with pytest.raises(Unreadable, match="changed_while_reading"):
        open_(path)


def test_what_is_read_later_is_what_was_opened(tmp_path: Path) -> None:
    put(tmp_path, "a.xlsx")
    workbook = open_(tmp_path / "a.xlsx")
    (tmp_path / "a.xlsx").unlink()
    assert cells_of(workbook)["A1"].value == 1
