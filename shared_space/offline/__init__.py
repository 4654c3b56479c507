"""The web app manifest, and the service worker with which pages open without a connection."""
