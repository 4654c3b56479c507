"""The guide's public pages."""

from flask import Blueprint, Response

from shared_space.errors import ApiError
from shared_space.guide.articles import article, articles
from shared_space.guide.first_days import first_days
from shared_space.guide.phrases import phrases_by_situation
from shared_space.http.access import public
from shared_space.http.localization import current_language
from shared_space.http.pages import LANGUAGE_PREFIX, page

bp = Blueprint("guide", __name__, url_prefix=f"{LANGUAGE_PREFIX}/guide")


@bp.get("/")
@public
def index() -> Response:
    """List the articles."""
    return page("guide/index.html", parts=articles(current_language()))


@bp.get("/first-days")
@public
def first() -> Response:
    """Show what may be needed in the first days."""
    return page("guide/first-days.html", first_days=first_days(current_language()))


@bp.get("/words")
@public
def words() -> Response:
    """Show the phrases for hard moments."""
    return page("guide/words.html", situations=phrases_by_situation())


@bp.get("/<part_id>")
@public
def read(part_id: str) -> Response:
    """Show an article."""
    found = article(current_language(), part_id)
    if found is None:
        raise ApiError(404, "not_found")
    return page("guide/part.html", part=found, outside=True)
