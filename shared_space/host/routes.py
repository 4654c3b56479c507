"""How this protects you, and who runs it: one page, for anyone."""

from flask import Blueprint, Response

from shared_space.http.access import public
from shared_space.http.pages import LANGUAGE_PREFIX, page

bp = Blueprint("host", __name__, url_prefix=LANGUAGE_PREFIX)


@bp.get("/protects")
@public
def protects() -> Response:
    """Say what each can and cannot see, and what nobody can promise."""
    return page("host/protects.html")
