"""The public page about protection and about the host."""

from flask import Blueprint, Response

from shared_space.http.access import public
from shared_space.http.pages import LANGUAGE_PREFIX, page

bp = Blueprint("host", __name__, url_prefix=LANGUAGE_PREFIX)


@bp.get("/protects")
@public
def protects() -> Response:
    """Explain who can see what, and what cannot be promised."""
    return page("host/protects.html")
