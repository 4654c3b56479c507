"""Routes for the service worker, the web app manifest and its icons."""

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

BACKGROUND = "#171a23"  # the same as --ground in tokens.css

bp = Blueprint("offline", __name__)


@bp.get("/sw.js")
@public
def worker() -> Response:
    """Serve static/sw.js after a first line with the precache manifest."""
    line = f"self.SHELL = {json.dumps(precache_manifest(), sort_keys=True)};\n"
    return revalidated(line + (STATIC_ROOT / WORKER).read_text(encoding="utf-8"), MIME_TYPES[".js"])


@bp.get(f"{LANGUAGE_PREFIX}/<any(space, notes, weather):face>.webmanifest")
@public
def manifest(face: str) -> Response:
    """Serve the web app manifest with one of three discreet names and icons (W3C App Manifest)."""
    names = {"space": _("Space"), "notes": _("Notes"), "weather": _("Weather")}
    described = {
        "id": "/",  # the same app under every name
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
    return revalidated(json.dumps(described, ensure_ascii=False), MIME_TYPES[".webmanifest"])


def icon(face: str, size: int, purpose: str) -> dict[str, str]:
    """Return the manifest's entry for one icon."""
    name = f"icons/{face}-{size}{'' if purpose == 'any' else '-' + purpose}.png"
    described = {"src": static(name), "sizes": f"{size}x{size}", "type": "image/png"}
    return described | {"purpose": purpose}


def revalidated(text: str, mimetype: str) -> Response:
    """Return a response that browsers may store if they revalidate it."""
    response = Response(text, mimetype=mimetype)
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
