"""The candle: one for two, live, each with their own flame."""
