"""The guide: Markdown files by language, the same text outside and inside the space."""
