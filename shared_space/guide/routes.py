"""The guide's pages, for anyone."""

from flask import Blueprint, Response

from shared_space.access import public
from shared_space.errors import Refusal
from shared_space.guide.parts import part, parts
from shared_space.guide.words import situations
from shared_space.languages import current
from shared_space.pages import LANGUAGE, page

bp = Blueprint("guide", __name__, url_prefix=f"{LANGUAGE}/guide")


@bp.get("/")
@public
def index() -> Response:
    """List the parts."""
    return page("guide/index.html", parts=parts(current()))


@bp.get("/words")
@public
def words() -> Response:
    """Show words for hard moments."""
    return page("guide/words.html", situations=situations())


@bp.get("/<part_id>")
@public
def read(part_id: str) -> Response:
    """Show one part."""
    found = part(current(), part_id)
    if found is None:
        raise Refusal(404, "not_found")
    return page("guide/part.html", part=found, outside=True)
