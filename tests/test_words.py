"""The word lists for passwords and safety words: plain, kind, and of a fixed size."""

import hashlib
import re
from collections import Counter

import pytest

from tests.servers import ROOT

SHAPE = {"en": r"[a-z]{3,8}", "es": r"[a-z]{3,9}"}
# Stems that nobody should have to type or say aloud after a loss. A word that begins with one is
# refused.
FORBIDDEN = {
    "en": (
        "abort angel ache bab[iy] bear$ born birth bleed blood bless breast bury cancer child clinic "
        "coffin cot$ cradle crypt cry$ cure dead death deliver demon devil die$ died dies doctor drug egg "
        "embryo empty expir fail fault father fear fet[au] ghost god grave(?!l) grief griev guilt gun heal heart "
        "heaven hell$ hospital hurt ill$ infant kick kid kill labour labor lose loser loss lost lullab medic "
        "milk miscarr monk mother mourn murder nest nun$ nurse pain(?!t) parent poison pray pregnan priest pulse push "
        "rainbow rape saint scan sad$ seed sex shame sick soul spirit stork suicid tear terminat tomb toxic "
        "twin urn$ vein viab victim violen vomit war$ weapon weep wept womb wound"
    ),
    "es": (
        "abort alma$ altar angel arcoiris ataud bebe$ bendi boda$ cancer ciguen cielo clinic crimen cruz culpa cuna "
        "demon diablo dolor droga duelo embaraz enferm engendr entierr expir expuls fallo fallec feto fracas "
        "gemel guerra heri?d hij[oa] hospital huev infier interrump lagrim latid leche llanto madre matar medic miedo "
        "misa mort muert nacer nacim nana nido nin[oa]$ parir parto padre pecado perd pistol pen[ao]$ pulso rez[aoe] "
        "sangr santo semill sembr sepul sufr suicid superar teta triste tumba utero vacio vientre violen virgen"
    ),
}  # fmt: skip


# Whole words that reviewers removed: words of scans and hospital wards, names that bereaved parents
# give, words with another meaning in some country or that suggest a frightening home, words with an
# accent, and words that sound like another.
TAKEN_OUT = {
    "en": "latch bunting husk tongs hook wire dim damp relief fir fur shore sure coil flutter trickle",
    "es": (
        "mariposa estrella cometa amanecer lucero saco eco regla reposo pinza bolsa canal tubo ciclo "
        "puntada punto receta toalla percha gancho perejil poleo espera antojo canguro huella mecer "
        "mecedora juguete peluche columpio arropar coche joven prima mata mate drama ocaso sombra "
        "pozo partida caja coma sirena tregua legado deber eterno sanar sano salud suerte maraca "
        "forro torta tortilla pato mono judia camote palo ballena mula mina bolillo golfo pelota "
        "churro pluma gamba gato vigilar rastrear rastro cadena candado reja escuadra frontera aduana "
        "muro hola ola honda onda cocer coser hiedra yedra hierba yerba kiosco quiosco savia sede "
        "haya valla cima haz taza bodegon callejon celosia lamina menu canon este campana cacahuete "
        "endibia albornoz fregona retal felpudo botijo fabada dehesa zamarra estor aprisco menhir "
        "lagar atizador bancal obrador faja matar arnica nautilo trio dinamo paprika panal sonar bata "
        "soltar adelante intento fecha etapa cierre pulsera tierno alumbrar corona carroza sacar "
        "quitar pantalla barandal bordillo cerilla patata guisante zumo gafas aseo piragua pajarita "
        "calzada puchero cestero "
    ),
}
# Pronunciation that all Spanish speakers share: seseo, yeísmo, b for v, silent h.
SOUNDS = (
    ("qu", "k"), ("ch", "#"), ("h", ""), ("c(?=[ei])|z|x", "s"), ("c", "k"), ("v", "b"), ("w", "u"),
    ("ll", "y"), ("g(?=[ei])", "j"), ("gu(?=[ei])", "g"), ("^ie", "ye"), ("y$", "i"),
)  # fmt: skip


def heard(word: str) -> str:
    """Return how a Spanish word sounds; words that sound alike give the same result."""
    for letters, sound in SOUNDS:
        word = re.sub(letters, sound, word)
    return word


def words(language: str) -> list[str]:
    """Return a word list as the browser reads it."""
    text = (ROOT / f"static/words/{language}.txt").read_text(encoding="ascii")
    assert text.endswith("\n")
    return text.splitlines()


@pytest.mark.parametrize("language", SHAPE)
def test_a_list_has_2048_plain_words(language: str) -> None:
    found = words(language)
    assert len(found) == len(set(found)) == 2048
    assert [word for word in found if not re.fullmatch(SHAPE[language], word)] == []


@pytest.mark.parametrize("language", SHAPE)
def test_the_protocol_names_the_list_whose_places_are_the_safety_words(language: str) -> None:
    digest = hashlib.sha256((ROOT / f"static/words/{language}.txt").read_bytes()).hexdigest()
    protocol = (ROOT / "docs/protocol.md").read_text(encoding="utf-8")
    assert f"`{language}` {digest}" in protocol


@pytest.mark.parametrize("language", SHAPE)
def test_what_readers_took_out_stays_out(language: str) -> None:
    assert set(words(language)) & set(TAKEN_OUT[language].split()) == set()


def test_no_two_spanish_words_sound_alike() -> None:
    sounds = Counter(heard(word) for word in words("es"))
    assert [word for word in words("es") if sounds[heard(word)] > 1] == []
    for pair in ("hola ola", "cocer coser", "hiedra yedra", "kiosco quiosco", "haya halla"):
        assert len({heard(word) for word in pair.split()}) == 1, pair


@pytest.mark.parametrize("language", SHAPE)
def test_no_word_hurts(language: str) -> None:
    stems = [re.compile(stem) for stem in FORBIDDEN[language].split()]
    assert [word for word in words(language) if any(stem.match(word) for stem in stems)] == []


@pytest.mark.parametrize("language", SHAPE)
def test_no_word_is_another_with_one_letter_at_its_end(language: str) -> None:
    found = set(words(language))
    twins = [word for word in found if word.endswith("s") and word[:-1] in found]
    twins += [word for word in found if word.endswith("d") and word[:-1] in found]
    if language == "es":
        twins += [word for word in found if word.endswith("a") and f"{word[:-1]}o" in found]
    assert twins == []


def test_the_forbidden_stems_would_be_found() -> None:
    for language, word in (("en", "cradle"), ("en", "rainbow"), ("es", "perdido"), ("es", "cuna")):
        assert any(re.match(stem, word) for stem in FORBIDDEN[language].split()), word
