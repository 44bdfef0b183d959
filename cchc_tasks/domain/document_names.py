"""What the document behind a duty is called: a plan of the year, or a công văn that assigns a single duty."""

DISPATCH = "CV"  # NĐ 30/2020/NĐ-CP, phụ lục III


def document_name(document_type: str | None, number: str | None, title: str) -> str:
    """ "Kế hoạch số 12/KH-SGDĐT", "Công văn số 1245/UBND-VX"; the title where there is no number."""
    if not number:
        return title
    return f"{'Công văn' if document_type == DISPATCH else 'Kế hoạch'} số {number}"
