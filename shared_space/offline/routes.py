"""The service worker, and how this place stands on a home screen."""

import json

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from shared_space.http.access import public
from shared_space.http.localization import current_language
from shared_space.http.pages import LANGUAGE_PREFIX
from shared_space.http.pages import page_url as address
from shared_space.http.static_files import MIME_TYPES, STATIC_ROOT
from shared_space.http.static_files import asset_url as static
from shared_space.offline.precache import WORKER, precache_manifest

BACKGROUND = "#171a23"  # as --ground in tokens.css

bp = Blueprint("offline", __name__)


@bp.get("/sw.js")
@public
def worker() -> Response:
    """Send static/sw.js behind one line that says what this release is."""
    line = f"self.SHELL = {json.dumps(precache_manifest(), sort_keys=True)};\n"
    return asked_again(line + (STATIC_ROOT / WORKER).read_text(encoding="utf-8"), MIME_TYPES[".js"])


@bp.get(f"{LANGUAGE_PREFIX}/<any(space, notes, weather):face>.webmanifest")
@public
def manifest(face: str) -> Response:
    """Say how a home screen shows this place: one of three quiet names and pictures."""
    names = {"space": _("Space"), "notes": _("Notes"), "weather": _("Weather")}
    described = {
        "id": "/",  # whatever it is called, it is the same place
        "name": names[face],
        "short_name": names[face],
        "lang": current_language(),
        "dir": "ltr",
        "start_url": address("space/"),
        "scope": "/",
        "display": "standalone",
        "background_color": BACKGROUND,
        "theme_color": BACKGROUND,
        "icons": [
            icon(face, 192, "any"),
            icon(face, 512, "any"),
            icon(face, 512, "maskable"),
        ],
    }
    return asked_again(json.dumps(described, ensure_ascii=False), MIME_TYPES[".webmanifest"])


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
