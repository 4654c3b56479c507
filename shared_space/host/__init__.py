"""What the host configures: their contact card, privacy notice and changes to the helplines."""
