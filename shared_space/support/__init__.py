"""Support: lines to call or write to, now."""
