"""Help now: one page, for anyone, with nothing to sign in to."""

from flask import Blueprint, Response

from shared_space.access import public
from shared_space.pages import LANGUAGE, page
from shared_space.support.lines import shown

bp = Blueprint("support", __name__, url_prefix=LANGUAGE)


@bp.get("/help")
@public
def help_now() -> Response:
    """Show the lines, by country."""
    return page("support/help.html", **shown())
