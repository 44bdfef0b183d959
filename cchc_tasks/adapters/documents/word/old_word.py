"""The Word format of before 2007, turned into the one of today by LibreOffice where that is installed."""

import io
import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from cchc_tasks.adapters.documents.word.docx import read_docx
from cchc_tasks.domain.reading.document import SourceDocument


class LibreOfficeMissing(ValueError):
    """The program that turns old Word files into new ones is not installed."""


def is_old_word(content: bytes) -> bool:
    """Whether a compound file holds the stream that every Word document has (MS-DOC, 2.1.1)."""
    return content.startswith(_COMPOUND_FILE) and _MAIN_STREAM in content


def read_old_word(content: bytes) -> SourceDocument:
    """The body of a document; raises LibreOfficeMissing, and ValueError where LibreOffice cannot turn it within 60 s.

    LibreOffice runs with a profile of its own in a temporary folder; macros do not run in it.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise LibreOfficeMissing("soffice is not on the path")
    with tempfile.TemporaryDirectory(prefix="cchc-doc-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "old.doc").write_bytes(content)
        _forbid_macros_and_links(folder / "profile")
        _convert(office, folder)
        try:
            with zipfile.ZipFile(io.BytesIO((folder / "old.docx").read_bytes())) as archive:
                return read_docx(archive)
        except (OSError, zipfile.BadZipFile) as error:
            raise ValueError("not a document that LibreOffice reads") from error


_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_STREAM = "WordDocument".encode("utf-16-le")  # its name in the file's directory
_SECONDS = 25  # within what the process that confines it has

# Of LibreOffice's own settings: macros run from nowhere, and links to other files are never followed.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def _forbid_macros_and_links(profile: Path) -> None:
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")


def _convert(office: str, folder: Path) -> None:
    """Let LibreOffice write old.docx beside old.doc; its helpers end with the group of the process that reads."""
    command = [
        office,
        "--headless",
        "--norestore",
        "--nolockcheck",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
    ]
    command += ["--infilter=MS Word 97", "--convert-to", "docx", "--outdir", str(folder), str(folder / "old.doc")]
    nowhere = {"HOME": str(folder), "PATH": os.environ.get("PATH", ""), "http_proxy": "http://127.0.0.1:9"}
    with subprocess.Popen(  # noqa: S603 (a fixed program and paths of our own)
        command,
        env={**nowhere, "https_proxy": nowhere["http_proxy"]},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            process.wait(_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise ValueError("LibreOffice did not finish") from error
        finally:
            process.kill()
