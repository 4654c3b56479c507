"""The candle that two people share, with a flame for each of them (protocol §9)."""
