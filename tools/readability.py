"""Readability of the guide: a figure for each article, by the usual formula of its language.

English: the Flesch-Kincaid grade, in US school years. Spanish: the INFLESZ scale after Szigriszt
Pazos, where 100 is easiest. The limits are for a reader of about twelve.
"""

import html
import re
import sys
from collections.abc import Callable
from itertools import pairwise

from shared_space.guide.articles import Article, articles
from shared_space.guide.first_days import Section, first_days

HARDEST_GRADE = 7.0  # the school year of twelve- and thirteen-year-olds
HARDEST_INFLESZ = 65.0  # the lower end of "fairly easy", for primary school
UNSPOKEN = re.compile(r"(?<=[^laeiouy])e$|(?<=[^aeioutd])ed$|(?<=[^aeiouscgxz])es$")
STRONG, ACCENTED = "aeoáéó", "íú"


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of an English text."""
    sentences, words, syllables = measure(text, english_syllables)
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def inflesz(text: str) -> float:
    """Return the INFLESZ score of a Spanish text."""
    sentences, words, syllables = measure(text, spanish_syllables)
    return 206.835 - 62.3 * syllables / words - words / sentences


def measure(text: str, syllables: Callable[[str], int]) -> tuple[int, int, int]:
    """Count sentences, words and syllables. Headings and list items count as sentences."""
    pieces = re.split(r"[.!?…]+|\n+", text)
    words = [re.findall(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*", piece) for piece in pieces]
    spoken = [word for piece in words for word in piece]
    return sum(map(bool, words)), len(spoken), sum(map(syllables, spoken))


def english_syllables(word: str) -> int:
    """Count groups of vowels, without silent endings."""
    return max(1, len(re.findall(r"[aeiouy]+", UNSPOKEN.sub("", word.lower()))))


def spanish_syllables(word: str) -> int:
    """Count vowels; an unaccented weak vowel belongs to its neighbour's syllable."""
    word = re.sub(r"(?<=[qg])u(?=[eiéí])", "", word.lower())
    groups = re.findall(r"[aeiouáéíóúü]+", re.sub(r"y$", "i", word))
    hiatus = [apart(*pair) for group in groups for pair in pairwise(group)]
    return max(1, len(groups) + sum(hiatus))


def apart(one: str, other: str) -> bool:
    """Return whether two adjacent vowels belong to two syllables (hiatus)."""
    return (one in STRONG and other in STRONG) or one in ACCENTED or other in ACCENTED


def article_text(part: Article) -> str:
    """Return all that a part says, one line for each paragraph, heading and item."""
    return "\n".join((part.five_words, *part.sentences, plain_text(f"{part.now}\n{part.more}")))


def section_text(section: Section) -> str:
    """Return all that a section of the first days says."""
    return "\n".join((section.lead, plain_text(f"{section.text}\n{section.countries}")))


def plain_text(markup: str) -> str:
    """Return what a piece of markup says."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def all_texts(language: str) -> list[tuple[str, str]]:
    """Return the name and the text of each part of the guide, and of the first days."""
    days = first_days(language)
    return [
        *((part.id, article_text(part)) for part in articles(language)),
        *((f"first days, {one.id}", section_text(one)) for one in days.sections + days.how),
    ]


def main() -> int:
    """Print the figures; return 1 if a text is too hard."""
    hard = 0
    for (name, english), (_, spanish) in zip(all_texts("en"), all_texts("es"), strict=True):
        year, scale = grade(english), inflesz(spanish)
        fits = year <= HARDEST_GRADE and scale >= HARDEST_INFLESZ
        hard += not fits
        sys.stdout.write(
            f"{name:20} English grade {year:4.1f}   Spanish INFLESZ {scale:5.1f}"
            f"{'' if fits else '   too hard'}\n"
        )
    sys.stdout.write(
        f"guide: {hard} parts are too hard to read at twelve "
        f"(English at most {HARDEST_GRADE}, Spanish at least {HARDEST_INFLESZ})\n"
    )
    return min(hard, 1)


if __name__ == "__main__":
    sys.exit(main())
