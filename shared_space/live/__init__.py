"""The live socket, from the handshake to the event on the partner's page."""
