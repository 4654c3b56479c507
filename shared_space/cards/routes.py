"""The page on which a card is made; the server never learns what is on one."""

from flask import Blueprint, Response

from shared_space.content.loader import load_content
from shared_space.http.access import public
from shared_space.http.pages import LANGUAGE_PREFIX, page

bp = Blueprint("cards", __name__, url_prefix=LANGUAGE_PREFIX)


@bp.get("/card")
@public
def maker() -> Response:
    """Show what a card can hold, for anyone to print one."""
    return page(
        "cards/maker.html",
        questions=load_content("talk/questions.yaml"),
        rituals=load_content("rituals/rituals.yaml"),
        matters=load_content("matters/offered.yaml"),
    )
