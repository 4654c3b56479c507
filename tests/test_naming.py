"""Every sentence that can contain a person's own word, in a list that people can read through."""

import json
import re
import subprocess
from html.parser import HTMLParser

import pytest
import requests
import yaml

from tests.patience import SECONDS
from tests.servers import ROOT, Server

# Names, one that looks like an article, nouns of both genders, two people at once, and none.
CASES = {
    "en": {
        "a name": [{"text": "Luz"}],
        "a noun": [{"text": "baby", "article": True}],
        "another noun": [{"text": "daughter", "article": True}],
        "a word of the other language": [{"text": "bebé", "article": True, "language": "es"}],
        "two": [{"text": "Luz"}, {"text": "baby", "article": True}],
        "none": [],
    },
    "es": {
        "a name": [{"text": "Luz"}],
        "a name that begins like an article": [{"text": "El Nido"}],
        "masculine": [{"text": "bebé", "article": True, "gender": "m"}],
        "feminine": [{"text": "hija", "article": True, "gender": "f"}],
        "a word of the other language": [{"text": "baby", "article": True, "language": "en"}],
        "two": [{"text": "bebé", "article": True, "gender": "m"}, {"text": "Iris"}],
        "none": [],
    },
}
SCRIPT = """
import { interpolateNames } from "%s";
let text = "";
for await (const piece of process.stdin) text += piece;
console.log(JSON.stringify(JSON.parse(text).map(([sentence, words, language]) =>
  interpolateNames(sentence, words.map((word) => ({ language, ...word })), language))));
"""
READ = ROOT / "tests/naming.txt"


class Sentences(HTMLParser):
    """All sentences of the shell, by key."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.key = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.key = (dict(attrs).get("data-say") or "") if tag == "p" else self.key

    def handle_endtag(self, tag: str) -> None:
        self.key = "" if tag == "p" else self.key

    def handle_data(self, data: str) -> None:
        if self.key:
            self.found[self.key] = self.found.get(self.key, "") + data.strip()


def sentences(server: Server, language: str) -> dict[str, dict[str, str]]:
    """Return each sentence that can contain a word, with its form for when there is none."""
    parser = Sentences()
    parser.feed(requests.get(f"{server.origin}/{language}/sign-in", timeout=SECONDS).text)
    known = parser.found
    return {
        key.removesuffix("-none"): {"some": known[key.removesuffix("-none")], "none": text}
        for key, text in known.items()
        if key.endswith("-none") and "{who}" in known.get(key.removesuffix("-none"), "")
    }


def spoken(cases: list[tuple[dict[str, str], object, str]]) -> list[str]:
    """Return the sentences as the page forms them."""
    grammar = (ROOT / "static/js/naming/grammar.js").as_uri()
    output = subprocess.run(
        ["sh", "tools/node.sh", "node", "--input-type=module", "-e", SCRIPT % grammar],
        input=json.dumps(cases), capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    lines: list[str] = json.loads(output.stdout)
    return lines


def test_every_sentence_with_every_kind_of_word_reads_as_it_was_read(server: Server) -> None:
    keys, cases = [], []
    for language, kinds in CASES.items():
        for key, sentence in sentences(server, language).items():
            for kind, words in kinds.items():
                keys.append(f"{language} · {key} · {kind}")
                cases.append((sentence, words, language))
    lines = spoken(cases)
    assert len(lines) > 80
    assert not [line for line in lines if re.search(r"[{}]|  |\b([Dd]e|[Aa]) el bebé|^\W*$", line)]
    table = "".join(f"{key}: {line}\n" for key, line in zip(keys, lines, strict=True))
    assert table == READ.read_text(), "read the new lines, then let tests/naming.txt say them"


@pytest.mark.parametrize("language", ["en", "es"])
def test_words_on_offer_carry_their_grammar(language: str) -> None:
    offers = yaml.safe_load((ROOT / "shared_space/naming/words.yaml").read_text())
    words = [one["offered"][language] for what in offers.values() for one in what]
    assert len(words) >= 8
    for word in words:
        assert word.keys() == {"text", "article"} | ({"gender"} if language == "es" else set())
        assert word.get("gender") in ({"m", "f"} if language == "es" else {None})
