"""The public route of the release's manifest."""

from flask import Blueprint, Response

from shared_space.http.access import public
from shared_space.release.manifest import published_manifest

bp = Blueprint("release", __name__)


@bp.get("/static/manifest.json")
@public
def manifest() -> Response:
    """Serve the manifest, the same bytes that `flask manifest` prints."""
    return Response(published_manifest(), mimetype="application/json")
