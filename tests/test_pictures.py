"""The README's pictures exist, are small and are all shown; the documents have an index."""

import re
from pathlib import Path

from PIL import Image

from tests.servers import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PICTURES = sorted((ROOT / "docs/pictures").glob("*.png"))
MOST_BYTES = 60 * 1024
LINK = re.compile(r'(?:\]\(|src=")([^)#"]+)')


def test_each_of_six_pictures_is_small_and_shown_with_words_for_who_cannot_see_it() -> None:
    assert len(PICTURES) == 6
    shown = dict(
        re.findall(r'<img src="docs/pictures/([\w-]+\.png)"[^>]* alt="([^"]{20,})"', README)
    )
    assert shown.keys() == {path.name for path in PICTURES}
    for path in PICTURES:
        assert path.stat().st_size < MOST_BYTES, path.name
        with Image.open(path) as picture:
            assert not picture.getexif()


def test_what_the_readme_and_the_index_lead_to_is_there() -> None:
    for page in (ROOT / "README.md", ROOT / "docs/README.md"):
        for link in LINK.findall(page.read_text(encoding="utf-8")):
            assert "://" in link or (page.parent / link).exists(), (page.name, link)


def test_the_index_has_every_document() -> None:
    index = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    documents = {path.name for path in (ROOT / "docs").iterdir() if path.is_file()} - {"README.md"}
    named = {Path(link).name for link in LINK.findall(index)}
    assert documents - named == set()
