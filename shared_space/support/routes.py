"""The public page Help now."""

from flask import Blueprint, Response

from shared_space.http.access import public
from shared_space.http.pages import LANGUAGE_PREFIX, page
from shared_space.support.directory import directory_context

bp = Blueprint("support", __name__, url_prefix=LANGUAGE_PREFIX)


@bp.get("/help")
@public
def help_now() -> Response:
    """Show the helplines, by country."""
    return page("support/help.html", **directory_context())
