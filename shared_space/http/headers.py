"""Security headers of every response (protocol §11); pages, workers and the API differ."""

import re

from flask import Flask, Response, request

# Workers that are given passwords have no network access. The paths match bundled files, too.
ISOLATED_WORKERS = ("/crypto/argon2-worker.js", "/export/age-worker.js")
IMAGE_WORKER = "/keepsakes/picture-worker.js"

PAGE_CSP = (
    "default-src 'none'; script-src 'self' '{import_map}'; style-src 'self'; img-src 'self' blob:; "
    "font-src 'self'; media-src 'self' blob:; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; form-action 'none'; base-uri 'none'; object-src 'none'; "
    "frame-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types shared-space"
)
ISOLATED_WORKER_CSP = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"
IMAGE_WORKER_CSP = "default-src 'none'; script-src 'self'"
# Without a hash that the page names, no script is loaded (W3C SRI 2; Chromium knows no `style`).
# WebKit up to 2.50, in Safari 26, knows the header and not the hashes of an import map, and would
# load no module at all; so it goes to the two others, on iOS to none.
INTEGRITY_POLICY = "blocked-destinations=(script)"
KNOWS_IMPORT_MAP_HASHES = re.compile(r"(Chrome|Firefox)/")
API_CSP = "default-src 'none'; frame-ancestors 'none'; sandbox"

ALLOWED_FEATURES = (
    "microphone",
    "screen-wake-lock",
    "clipboard-write",
    "web-share",
    "publickey-credentials-get",
    "publickey-credentials-create",
)
DENIED_FEATURES = (
    "accelerometer",
    "bluetooth",
    "browsing-topics",
    "clipboard-read",
    "compute-pressure",
    "keyboard-map",
    "local-fonts",
    "otp-credentials",
    "storage-access",
    "window-management",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "midi",
    "payment",
    "picture-in-picture",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS_POLICY = ", ".join(
    [f"{name}=(self)" for name in ALLOWED_FEATURES] + [f"{name}=()" for name in DENIED_FEATURES]
)

COMMON_HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
}
HSTS = "max-age=63072000; includeSubDomains"
IMMUTABLE = "public, max-age=31536000, immutable"


def register(app: Flask) -> None:
    """Add the headers to every response, including errors."""

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.extend(headers_for(app, request.path, response.mimetype))
        if response.mimetype == "text/html":
            response.vary.add("User-Agent")
            if KNOWS_IMPORT_MAP_HASHES.search(request.user_agent.string):
                response.headers["Integrity-Policy"] = INTEGRITY_POLICY
        response.headers.setdefault("Cache-Control", default_cache_control(response))
        return response


def headers_for(app: Flask, path: str, mimetype: str | None) -> list[tuple[str, str]]:
    """Return the security headers for a path and a media type."""
    hidden = "/space" in path or path.startswith("/api/")
    return [
        *COMMON_HEADERS.items(),
        ("Content-Security-Policy", csp_for(app, path, mimetype)),
        *([("Strict-Transport-Security", HSTS)] if app.config["HTTPS"] else []),
        *([("X-Robots-Tag", "noindex")] if hidden else []),
    ]


def csp_for(app: Flask, path: str, mimetype: str | None) -> str:
    """Return the content security policy. A worker obeys its own response, not its page's."""
    if path.endswith(ISOLATED_WORKERS):
        return ISOLATED_WORKER_CSP
    if path.endswith(IMAGE_WORKER):
        return IMAGE_WORKER_CSP
    if path.startswith("/api/") or mimetype not in ("text/html", "text/javascript"):
        return API_CSP
    return page_csp(app)


def page_csp(app: Flask) -> str:
    """Return the policy of pages; the one inline script it allows is the import map."""
    return PAGE_CSP.replace("{import_map}", app.config["IMPORT_MAP_SRI"])


def default_cache_control(response: Response) -> str:
    """Let browsers store pages if they revalidate them, and store nothing else."""
    page = response.mimetype == "text/html" and response.status_code in (200, 304)
    return "no-cache" if page else "no-store"
