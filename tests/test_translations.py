"""Every text has a Spanish translation, and every text that is shown comes from the catalogue."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from tests.servers import ROOT

SPANISH = ROOT / "shared_space/translations/es/LC_MESSAGES/messages.po"
PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)[a-z]|%[a-z]")
SPOKEN = ("placeholder", "title", "alt", "aria-label", "aria-description", "label", "content")
METADATA = ("viewport", "color-scheme", "theme-color", "robots", "referrer")
# The product's name, and a placeholder for a member's own name.
NAMES = ("Space", "{name}")
JINJA = re.compile(
    r"\{% block body_class %\}.*?\{% endblock %\}|\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL
)
# Ways in which a script shows a string: a property, a call, an attribute.
SHOWING = re.compile(
    r"""\.(?:textContent|innerText|title|alt|placeholder|ariaLabel)\s*\+?=(?!=)
    |\b(?:notice|fill|alert|confirm|prompt|append|prepend|replaceChildren|createTextNode)\(
    |setAttribute\(\s*["'](?:aria-label|title|alt|placeholder)["'],""",
    re.VERBOSE,
)
STRING = re.compile(r"""(["'`])((?:\\.|(?!\1).)*)\1|;""", re.DOTALL)
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$|\s//\s.*?$", re.DOTALL | re.MULTILINE)
LETTERS = re.compile(r"[^\W\d_]")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static/js").rglob("*.js"))


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Extract the texts from the code and the templates, as `make translations` does."""
    pot = tmp_path_factory.mktemp("text") / "messages.pot"
    options = ["-F", str(ROOT / "babel.cfg"), "-k", "lazy_gettext", "--no-location"]
    command = ["pybabel", "-q", "extract", *options, "-o", str(pot), str(ROOT)]
    CommandLineInterface().run(command)  # type: ignore[no-untyped-call]
    with pot.open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def spanish() -> Catalog:
    """Return the committed Spanish catalogue."""
    with SPANISH.open("rb") as file:
        return read_po(file, locale="es")


def ids(catalogue: Catalog) -> set[str]:
    """Return every English string, including plurals."""
    return {text for message in entries(catalogue) for text in forms(message.id)}


def entries(catalogue: Catalog) -> list[Message]:
    """Return the messages without the header."""
    return [message for message in catalogue if message.id]


def forms(text: object) -> list[str]:
    """Return all forms of a message: one, or one for each plural form."""
    return [str(form) for form in text] if isinstance(text, list | tuple) else [str(text or "")]


def placeholders(text: str) -> set[str]:
    """Return the placeholders; a language may use one of them twice."""
    return set(PLACEHOLDER.findall(text))


class Words(HTMLParser):
    """Collects the text in a template that does not come from the catalogue."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("svg", "script", "style"):
            self.inside.append(tag)
        if dict(attrs).get("name") not in METADATA or tag != "meta":
            self.found += [value or "" for name, value in attrs if name in SPOKEN]

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.found.append(data)


def hard_coded(template: str) -> list[str]:
    """Return the text of a template that is not translated."""
    parser = Words()
    parser.feed(JINJA.sub("", template))
    parser.close()
    words = (" ".join(text.split()) for text in parser.found)
    return [text for text in words if LETTERS.search(text) and text not in NAMES]


def spoken_by(script: str) -> Iterator[str]:
    """Yield every string of two or more words that a script shows itself."""
    script = COMMENT.sub("", script)
    for start in SHOWING.finditer(script):
        for string in STRING.finditer(script, start.end()):
            if string[0] == ";":  # the statement has ended
                break
            text = re.sub(r"\$\{[^}]*\}", "…", string[2])
            if LETTERS.search(text) and " " in text:
                yield text


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_english_string_stands_in_the_spanish_catalogue(
    english: Catalog, spanish: Catalog
) -> None:
    assert len(ids(english)) > 200
    assert ids(english) - ids(spanish) == set()


def test_the_spanish_catalogue_holds_nothing_that_is_no_longer_said(
    english: Catalog, spanish: Catalog
) -> None:
    assert ids(spanish) - ids(english) == set()
    assert list(spanish.obsolete) == []
    assert not re.search(r"^#~", SPANISH.read_text(), re.MULTILINE)


def test_no_string_is_left_untranslated_or_in_doubt(spanish: Catalog) -> None:
    missing = [
        message.id
        for message in entries(spanish)
        if not all(form.strip() for form in forms(message.string))
    ]
    assert missing == []
    assert [message.id for message in entries(spanish) if message.fuzzy] == []
    assert not spanish.fuzzy  # a catalogue marked as fuzzy would not be compiled


def test_both_languages_fill_in_the_same_things(spanish: Catalog) -> None:
    with_some = [message for message in entries(spanish) if placeholders(forms(message.id)[0])]
    assert len(with_some) > 15
    uneven = [
        message.id
        for message in entries(spanish)
        for english_form, spanish_form in zip(forms(message.id), forms(message.string), strict=True)
        if placeholders(english_form) != placeholders(spanish_form)
    ]
    assert uneven == []


def test_no_template_holds_a_word_of_its_own() -> None:
    assert len(TEMPLATES) > 50
    found = {name(template): hard_coded(template.read_text()) for template in TEMPLATES}
    assert {path: words for path, words in found.items() if words} == {}


def test_no_script_shows_a_sentence_of_its_own() -> None:
    assert len(SCRIPTS) > 150
    found = {name(script): list(spoken_by(script.read_text())) for script in SCRIPTS}
    assert {path: sentences for path, sentences in found.items() if sentences} == {}


def test_a_hard_coded_word_would_be_found() -> None:
    assert hard_coded('<p>{{ _("Yes") }} Hello</p><svg><title>a</title></svg>') == ["Hello"]
    assert hard_coded('<img alt="A candle" class="big"><p>Space</p>{# no #}…') == ["A candle"]
    assert hard_coded('<meta name="description" content="Quiet">') == ["Quiet"]


@pytest.mark.parametrize(
    "line",
    [
        'place.textContent = "It is saved";',
        "notice('It is saved');",
        "fill(root, {\n  name: `It is ${what}`,\n});",
        'button.setAttribute("aria-label", "Put it away");',
        'place.textContent = lit ? "It burns" : "";',
    ],
)
def test_a_sentence_in_a_script_would_be_found(line: str) -> None:
    assert len(list(spoken_by(line))) == 1
    assert list(spoken_by(f"/* {line} */")) == []
    assert list(spoken_by('place.textContent = say("it-is-saved");')) == []
