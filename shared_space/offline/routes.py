"""The service worker, and how this place stands on a home screen."""

import json

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from shared_space.access import public
from shared_space.languages import current
from shared_space.offline.shell import WORKER, contents
from shared_space.pages import LANGUAGE
from shared_space.pages import shell as address
from shared_space.static_files import ROOT, TYPES
from shared_space.static_files import address as static

FACES = ("space", "notes", "weather")
GROUND = "#171a23"  # as --ground in tokens.css

bp = Blueprint("offline", __name__)


@bp.get("/sw.js")
@public
def worker() -> Response:
    """Send static/sw.js behind one line that says what this release is."""
    line = f"self.SHELL = {json.dumps(contents(), sort_keys=True)};\n"
    return asked_again(line + (ROOT / WORKER).read_text(encoding="utf-8"), TYPES[".js"])


@bp.get(f"{LANGUAGE}/<any(space, notes, weather):face>.webmanifest")
@public
def manifest(face: str) -> Response:
    """Say how a home screen shows this place: one of three quiet names and pictures."""
    names = {"space": _("Space"), "notes": _("Notes"), "weather": _("Weather")}
    described = {
        "id": "/",  # whatever it is called, it is the same place
        "name": names[face],
        "short_name": names[face],
        "lang": current(),
        "dir": "ltr",
        "start_url": address("space/"),
        "scope": "/",
        "display": "standalone",
        "background_color": GROUND,
        "theme_color": GROUND,
        "icons": [
            icon(face, 192, "any"),
            icon(face, 512, "any"),
            icon(face, 512, "maskable"),
        ],
    }
    return asked_again(json.dumps(described, ensure_ascii=False), TYPES[".webmanifest"])


def icon(face: str, size: int, purpose: str) -> dict[str, str]:
    """Describe one picture of a face."""
    name = f"icons/{face}-{size}{'' if purpose == 'any' else '-' + purpose}.png"
    described = {"src": static(name), "sizes": f"{size}x{size}", "type": "image/png"}
    return described | {"purpose": purpose}


def asked_again(text: str, mimetype: str) -> Response:
    """Send what browsers may keep and ask about again."""
    response = Response(text, mimetype=mimetype)
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
