"""How this protects you, and who runs it: one page, for anyone."""

from flask import Blueprint, Response

from shared_space.access import public
from shared_space.pages import LANGUAGE, page

bp = Blueprint("host", __name__, url_prefix=LANGUAGE)


@bp.get("/protects")
@public
def protects() -> Response:
    """Say what each can and cannot see, and what nobody can promise."""
    return page("host/protects.html")
