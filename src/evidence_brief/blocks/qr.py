"""Where the brief stands: the printed address, and the same as a QR code."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from evidence_brief.blocks.text import block
from evidence_brief.plots.seal import sealed

SAYS = "QR code with the address that is printed beside it"
_DESCRIBED = (
    '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description>'
    f"<dc:description>{SAYS}</dc:description></rdf:Description></rdf:RDF></metadata>"
)
"""As in the plots: a drawing says what it shows, so that it can be told from others."""


def handout_link(link: str | None) -> str:
    """The QR code and the address of the brief; nothing where it is not known where the site will stand."""
    if link is None:
        return ""
    picture = f'![](figures/qr.svg){{fig-alt="{SAYS}" width=19mm}}'
    words = "The whole brief, with every figure and how it was derived: [permalink]{.fact}"
    return block("beside", f"{block('qr', picture)}\n{block('words', words)}")


def qr_code(link: str) -> str:
    """The address as a QR code (SVG), dark on white on dark pages too: readers of codes need that, and its margin.

    Source: ISO/IEC 18004, by the library segno; level M of error correction.
    """
    import segno

    written = BytesIO()
    code = segno.make(link, error="m", micro=False)
    code.save(written, kind="svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False, nl=False)
    head, end, drawn = written.getvalue().decode("utf-8").partition(">")
    return sealed(f"{head}{end}{_DESCRIBED}{drawn}\n")


def save_qr_code(link: str, folder: Path) -> None:
    """Write the code as SVG into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "qr.svg").write_text(qr_code(link), encoding="utf-8", newline="\n")
