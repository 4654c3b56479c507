"""Words that are not used in the app, in either language, because they may hurt after a loss."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from babel.messages.pofile import read_po

from tests.servers import ROOT

SPACE = ROOT / "shared_space"
UNSEEN = (
    *("id", "theme", "weight", "kind", "url", "web", "to", "countries", "sources"),
    *("languages", "language", "number", "word", "by", "reviewed", "email"),
)
CHOSEN = ("offered",)  # people may choose these words themselves, though the app never assumes them
# Names of places in the app, and passages in quotation marks, where someone else speaks.
NAMES = re.compile(r"\bOnly (me|you)\b|\bSolo yo\b|\bApple’s Journal or Journey\b")
QUOTED = re.compile(r"“[^”]*”|«[^»]*»")

BARRED = {
    "en": (
        # Common phrases to grieving people that do not help.
        r"at least|only|g[eo]t(s|ting)? over|mov(e|es|ed|ing) on|journeys?|closure|rainbows?",
        r"stages? of|everything happens|meant to be|time heals|try(ing)? for",
        # Words of machines and of hospitals.
        r"keep it|lets? it rest|put(s|ting)? out|extinguish\w*|expir(e|es|ed|ing|y)",
        r"fail(s|ed|ing|ure|ures)?|empt(y|ied|ies|ying)|blanks?",
        r"abort\w*|deliver\w*|terminat\w*|(in|non-?)?viab\w*",
        r"los(e|es|t|ing|er|ers)",
        # Words that count and compare.
        r"streaks?|scores?|badges?|progress|you haven.t|congratulations|well done",
        r"percent|\d+ ?%(?!\()",
    ),
    "es": (
        r"al menos|por lo menos|pasar página|arco ?[ií]ris",
        r"super(ar\w*|a|as|an|ad[oa]s?|ó|aste|ación)",
        r"expir\w*|vac[ií]\w*|fall(o|os|a|as|an|ó|ar|ad[oa]s?|id[oa]s?)|fracas\w*|expuls\w*",
        r"(da|dan|dar|dio|dado) a luz|interrump\w*|interrupci\w*|abort\w*|(in)?viab\w*",
        r"perd(er\w*|id[oa]s?|ió|í|iste|imos|ieron|iendo|emos)|pierd\w*",
        r"vosotr[oa]s|ustedes|vuestr[oa]s?|\w+[áé]is",
        r"rachas?|puntos? ganados?|insignias?|progreso|enhorabuena|por ciento|\d+ ?%(?!\()",
    ),
}
# Idioms that remind of pregnancy or death, and riddles.
IDIOMS = {
    "en": (
        r"on (its|their) way|until it (has )?arrived?|brought back|for good|there are enough",
        r"hang(s|ing)? it|hang a|hung|come in|out with it|room for another|not (here )?any ?more|at the door",
        r"it is kept|no further seats|on the table|by another road|the other’s (way|clock)",
        r"nothing has to be|is asked of you|as much as goes",
    ),
    "es": (
        r"(va )?(de|en) camino,|para siempre|de sobra hay|colgar(la|lo)|a la puerta|sobre la mesa",
        r"las dos personas|la otra gente|otra gente|no hay que(?! (arreglar|traer|tocar|completar))|no se debe",
        r"ello|con ello|a una amistad|como se quiera|hace falta que se|la propia|el propio|lo propio",
        r"usted|aparatos?|peque",
    ),
}
# "Loss" may only mean the loss itself, never a connection, a file or a key.
THE_LOSS = {
    "en": r"(?<!pregnancy )(?<!\bthe )(?<!after a )(?<!\bone )(?<!\bevery )(?<!\bthis )loss(es)?",
    "es": r"(?<!\bla )(?<!\buna )(?<!\besta )(?<!\bcada )pérdidas?",
}


# Words that assume a child, a parent or a faith; they are allowed where someone else is quoted.
ASSUMING = {
    "en": r"bab(y|ies)(?! shower)|fo?etus(es)?|mothers?|fathers?|mums?|moms?|dads?|hers?|his|him|"
    r"s?he|pray\w*|bless\w*|souls?|heaven\w*|angels?|storks?",
    "es": r"beb[ée]s?|fetos?|madres?|padres?|mam[áa]s?|pap[áa]s?|rez(ar|a|o)|oraci(ón|ones)|"
    r"bendi\w*|almas?|cielos?|ángel(es)?|cigüeñas?",
}


def words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)", re.IGNORECASE)


NEVER = {language: words(*BARRED[language], THE_LOSS[language]) for language in BARRED}
ECHOES = {language: words(*IDIOMS[language]) for language in BARRED}
UNQUOTED = {language: words(ASSUMING[language]) for language in BARRED}


def barred(text: str, language: str) -> list[str]:
    """Return the words of a text that the app does not use."""
    plain = " ".join(NAMES.sub("…", text).split())
    found = [match[0] for match in NEVER[language].finditer(plain)]
    return found + [match[0] for match in UNQUOTED[language].finditer(QUOTED.sub("…", plain))]


def catalogue(language: str) -> Iterator[str]:
    """Yield every sentence of the pages; the ids in the catalogue are the English ones."""
    with (SPACE / "translations/es/LC_MESSAGES/messages.po").open("rb") as file:
        for message in read_po(file, locale="es"):
            said = message.id if language == "en" else message.string
            if message.id:
                yield from [said] if isinstance(said, str) else (said or ())


def leaves(tree: Any, language: str, key: str = "") -> Iterator[str]:
    """Yield the strings of one language in a YAML document, and those that belong to both."""
    if isinstance(tree, dict):
        for name, value in tree.items():
            if str(name) not in UNSEEN + CHOSEN and str(name).split("_")[0] in (
                {"en", "es"} - {language}
            ):
                continue
            # The name of an organisation is not ours to change.
            own_name = name == "name" and isinstance(value, str)
            if str(name) not in UNSEEN + CHOSEN and not own_name:
                yield from leaves(value, language, str(name))
    elif isinstance(tree, list):
        for value in tree:
            yield from leaves(value, language, key)
    elif isinstance(tree, str):
        yield tree


def document(name: str, language: str) -> Iterator[str]:
    yield from leaves(yaml.safe_load((SPACE / name).read_text(encoding="utf-8")), language)


def guide(language: str) -> Iterator[str]:
    for path in sorted((SPACE / "guide" / language).rglob("*.md")):
        _, front, text = path.read_text(encoding="utf-8").split("---\n", 2)
        yield from leaves(yaml.safe_load(front), language)
        yield from text.split("\n\n")


def texts(source: str, language: str) -> list[str]:
    """Return every text of a source in one language."""
    if source == "catalogue":
        return list(catalogue(language))
    return list(guide(language) if source == "guide" else document(source, language))


SOURCES = {
    "catalogue": 200,
    "talk/questions.yaml": 48,
    "journals/feelings.yaml": 20,
    "journals/first_lines.yaml": 8,
    "signals/sentences.yaml": 24,
    "ways/sentences.yaml": 20,
    "rituals/rituals.yaml": 60,
    "lists/offered.yaml": 14,
    "matters/offered.yaml": 17,
    "guide": 220,
    "support/lines.yaml": 80,
    "guide/words.yaml": 100,
}


@pytest.mark.parametrize("language", BARRED)
def test_nothing_is_said_that_could_hurt(language: str) -> None:
    found = {source: texts(source, language) for source in SOURCES}
    assert {source for source in SOURCES if len(found[source]) < SOURCES[source]} == set()
    hurting = [
        (source, text, words)
        for source in SOURCES
        for text in found[source]
        if (words := barred(text, language))
    ]
    assert hurting == []


@pytest.mark.parametrize("language", BARRED)
def test_no_idiom_echoes_a_pregnancy_or_a_death(language: str) -> None:
    echoes = [
        (source, text, match[0])
        for source in SOURCES
        for text in texts(source, language)
        if (match := ECHOES[language].search(text))
    ]
    assert echoes == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "On its way."), ("en", "It is kept"), ("en", "Hang it"), ("en", "Out with it."),
        ("en", "It cannot be brought back"), ("en", "Someone is at the door."),
        ("en", "This page is not here, or not any more."), ("en", "Lay it on the table"),
        ("en", "The leaf you hung"), ("en", "Come in"),
        ("es", "No hay que llorar a la misma hora."), ("es", "No se debe a nadie una respuesta."),
        ("es", "La verán las dos personas"), ("es", "Volver a ello"), ("es", "Colgarla"),
        ("es", "Es la llave de la propia persona"), ("es", "En este aparato"),
    ],
)  # fmt: skip
def test_an_idiom_would_be_found(language: str, text: str) -> None:
    assert ECHOES[language].search(text)


HURTS_IN_ENGLISH = [
    "At least it is here", "This is only a draft", "Get over it", "To move on", "A journey",
    "Closure", "A rainbow", "Keep it", "Let it rest", "Put out the candle", "Extinguish it",
    "The link has expired", "That failed", "A failure", "The list is empty", "A blank page",
    "Abort", "It was delivered", "Session terminated", "Not viable", "Connection lost",
    "You will lose it", "The losing of a file", "A loss of connection", "Ask your mother",
    "When he comes back", "A streak", "Blessings", "For the baby", "About 90% of",
]  # fmt: skip


def test_an_english_word_that_hurts_would_be_found() -> None:
    assert [one for one in HURTS_IN_ENGLISH if len(barred(one, "en")) != 1] == []


HURTS_IN_SPANISH = [
    "El enlace ha expirado", "Para no perder nada", "Un archivo perdido", "Se perdió",
    "La lista está vacía", "Un fallo", "Un fracaso", "Expulsar del espacio", "Dar a luz",
    "Interrumpir la sesión", "Superarlo", "Vosotros", "Ustedes", "Si queréis", "Al menos",
    "Pérdida de conexión", "Pierde el enlace",
]  # fmt: skip


def test_a_spanish_word_that_hurts_would_be_found() -> None:
    assert [one for one in HURTS_IN_SPANISH if len(barred(one, "es")) != 1] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A quiet place for two, after a pregnancy loss. “Only me” stays yours."),
        ("en", "Saved. Only you can open it."),
        (
            "en",
            "Two ways, one loss. The loss. After a loss. It is over; something moves, and stays.",
        ),
        (
            "en",
            "Partners are asked “how is she?”. %(num)s minutes. The other puts it back outside.",
        ),
        ("es", "Después de una pérdida gestacional. «Solo yo» es de una sola persona. La pérdida."),
        ("es", "Las seis palabras; hace falta la otra llave, la superficie, el país, la luz."),
    ],
)
def test_plain_words_are_left_alone(language: str, text: str) -> None:
    assert barred(text, language) == []
