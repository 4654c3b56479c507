"""Static files, served under a digest of the whole tree.

So all modules of a page come from one release, which hashes of single files could not ensure.
"""

import gzip
import hashlib
import json
import mimetypes
from base64 import b64encode
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, current_app, url_for

from shared_space.errors import ApiError
from shared_space.folders import STATIC
from shared_space.http.access import public
from shared_space.http.encodings import gzip_is_wanted
from shared_space.http.headers import IMMUTABLE
from shared_space.http.script_bundle import bundled, is_superseded
from shared_space.http.stylesheets import imported_files, inline_imports

STATIC_ROOT = STATIC
MIME_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".png": "image/png",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
}
COMPRESSED_SUFFIXES = (".js", ".css", ".svg", ".json", ".txt", ".webmanifest")


def register(app: Flask) -> None:
    """Serve the tree, and give templates the function `static('css/main.css')`."""
    app.config["RELEASE"] = tree_digest(STATIC_ROOT)
    app.add_url_rule("/static/<release>/<path:name>", "static", serve)
    app.config["IMPORT_MAP"] = import_map(app.config["RELEASE"])
    app.config["IMPORT_MAP_SRI"] = sri(app.config["IMPORT_MAP"].encode())
    app.jinja_env.globals.update(static=asset_url, integrity=asset_sri)


def servable_files(root: Path) -> list[Path]:
    """Return the files to serve, sorted. Imported style sheets are part of the importing one."""
    found = {path for path in root.rglob("*") if path.suffix in MIME_TYPES and path.is_file()}
    sheets = [path for path in found if path.suffix == ".css"]
    return sorted(found - {part for sheet in sheets for part in imported_files(sheet)})


def read_asset(path: Path) -> bytes:
    """Return a file's bytes as they are served, before compression."""
    return inline_imports(path) if path.suffix == ".css" else path.read_bytes()


@lru_cache(maxsize=4)
def tree_digest(root: Path) -> str:
    """Return the release's name: the first 16 hex digits of a SHA-256 over all names and bytes."""
    total = hashlib.sha256()
    for name, sha256 in file_hashes(root).items():
        total.update(f"{name}\0{sha256}\0".encode())
    return total.hexdigest()[:16]


@lru_cache(maxsize=4)
def file_hashes(root: Path) -> dict[str, str]:
    """Return the SHA-256 of every file, for the published manifest."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(read_asset(path)).hexdigest()
        for path in servable_files(root)
    }


def asset_url(name: str) -> str:
    """Return a file's URL in this release; for a bundled module the URL of its bundle."""
    return url_for("static", release=current_app.config["RELEASE"], name=bundled(name))


def asset_sri(name: str) -> str:
    """Return what a page says of a file's bytes, for `integrity`."""
    return file_sri(bundled(name))


@lru_cache(maxsize=512)
def file_sri(name: str) -> str:
    """Return a file's SHA-256 as subresource integrity writes it."""
    return sri(read_asset(STATIC_ROOT / name))


def sri(content: bytes) -> str:
    """Return bytes' SHA-256 as subresource integrity and a policy write it, `sha256-…`."""
    return "sha256-" + b64encode(hashlib.sha256(content).digest()).decode()


def import_map(release: str) -> str:
    """Return the import map: what each module hashes to that another one may import.

    An import statement has no room for that, so it stands in the page, with the page's own hash.
    """
    modules = [
        name
        for name in file_hashes(STATIC_ROOT)
        if name.endswith(".js") and name != "sw.js" and not is_superseded(name)
    ]
    found = {f"/static/{release}/{name}": file_sri(name) for name in modules}
    return json.dumps({"integrity": found}, separators=(",", ":"))


@public
def serve(release: str, name: str) -> Response:
    """Serve a file of this release. Other releases are 404, so that files are never mixed."""
    if release != current_app.config["RELEASE"] or name not in file_hashes(STATIC_ROOT):
        raise ApiError(404, "not_found")
    plain, packed = file_bytes(name)
    suffix = Path(name).suffix
    response = Response(plain, mimetype=MIME_TYPES.get(suffix) or mimetypes.guess_type(name)[0])
    if packed and gzip_is_wanted():
        response.set_data(packed)
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = IMMUTABLE
    return response


@lru_cache(maxsize=512)
def file_bytes(name: str) -> tuple[bytes, bytes | None]:
    """Return a file's bytes, and the gzipped bytes if those are smaller."""
    plain = read_asset(STATIC_ROOT / name)
    if Path(name).suffix not in COMPRESSED_SUFFIXES:
        return plain, None
    return plain, gzip.compress(plain, 9, mtime=0)
