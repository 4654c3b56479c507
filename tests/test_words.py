"""The two lists that passwords and safety words are made of: plain, kind, and always the same size."""

import re

import pytest

from tests.servers import ROOT

SHAPE = {"en": r"[a-z]{3,8}", "es": r"[a-z]{3,9}"}
# Stems that nobody should have to type or say aloud after a loss. A word that begins with one is refused.
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


def words(language: str) -> list[str]:
    """Return a list as the browser reads it."""
    text = (ROOT / f"static/words/{language}.txt").read_text(encoding="ascii")
    assert text.endswith("\n")
    return text.splitlines()


@pytest.mark.parametrize("language", SHAPE)
def test_a_list_has_2048_plain_words_in_one_order(language: str) -> None:
    found = words(language)
    assert len(found) == len(set(found)) == 2048
    assert found == sorted(found)
    assert [word for word in found if not re.fullmatch(SHAPE[language], word)] == []


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
