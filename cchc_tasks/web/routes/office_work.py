"""Điều hành: the office's other pages in one list, each with what waits there."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from cchc_tasks.web.office_pages import OFFICE_PAGES
from cchc_tasks.web.pages import page
from cchc_tasks.web.session import Who

router = APIRouter()


@router.get("/dieu-hanh")
def show(request: Request, who: Who) -> HTMLResponse:
    """The list; pages a person may not open are left out."""
    return page(request, "dieu-hanh.html", groups=OFFICE_PAGES)
