"""Live events over WebSockets, from the handshake to the partner's page (protocol §13)."""
