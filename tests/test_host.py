"""Hosts describe themselves in one file: without it nothing is shown, a mistake stops the start."""

from pathlib import Path

import pytest
import yaml

from shared_space.config import SettingError
from shared_space.host import lint
from tests.conftest import MakeApp
from tests.servers import ROOT, Server
from tests.test_support import card, page

EXAMPLE = ROOT / "docs/host.example.yaml"
PAGES = ("/en/", "/en/help", "/en/space/", "/es/", "/es/help", "/en/protects", "/es/protects")


@pytest.fixture
def host(tmp_path: Path) -> Path:
    """Return the path of the host's file, in the data folder."""
    return tmp_path / "host.yaml"


def test_without_a_file_nothing_of_a_host_shows(make_app: MakeApp, host: Path) -> None:
    app = make_app()
    assert not host.exists()
    for path in PAGES:
        text = page(app, path)
        assert "Who runs this site" not in text
        assert "Quién administra este sitio" not in text
        assert "card host" not in text
        assert 'class="privacy"' not in text


def test_a_counsellor_is_introduced_on_the_first_page_and_where_help_is(
    make_app: MakeApp,
    host: Path,
) -> None:
    host.write_text(EXAMPLE.read_text())
    app = make_app()
    for path in ("/en/", "/en/help", "/en/space/"):
        text = page(app, path)
        assert "Lucía Ortega, counsellor" in text
        assert "For people who are in Texas or Utah when we talk." in text
        assert "Languages: English, Spanish." in text
        assert 'href="tel:+15125550100"' in text
        assert 'href="mailto:lucia@quiet.example"' in text
        assert 'href="https://quiet.example"' in text
    for path in ("/es/", "/es/help", "/es/space/"):
        text = page(app, path)
        assert "Lucía Ortega, terapeuta" in text
        assert "que están en Texas o en Utah cuando hablamos" in text
        assert "Idiomas: inglés, español." in text


def test_the_privacy_notice_can_be_read_before_signing_up(make_app: MakeApp, host: Path) -> None:
    host.write_text(EXAMPLE.read_text())
    app = make_app()
    outside, shell = page(app, "/en/protects"), page(app, "/en/sign-up")
    sign_up = shell.partition('<template id="sign-up">')[2].partition("</template>")[0]
    assert "How this protects you, and who runs it" in sign_up
    for text in (outside, sign_up):
        assert "A backup each night, kept for 30 days." in text
        assert "For people aged 18 or over." in text
    assert "A partir de los 18 años." in page(app, "/es/protects")


def test_a_hosts_lines_are_those_that_are_shown(make_app: MakeApp, host: Path) -> None:
    assert card(page(make_app()), "us-march-of-dimes")
    host.write_text(EXAMPLE.read_text())
    text = page(make_app())
    assert "The Tuesday group" in card(text, "austin-group")
    assert card(text, "us-psi-helpline")
    assert card(text, "us-march-of-dimes") == ""


def test_the_file_may_stand_elsewhere(make_app: MakeApp, host: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "ours.yaml"
    elsewhere.write_text("card: {name: A charity, who: {en: We., es: Nosotros.}}")
    host.write_text("card: {name: Another, who: {en: They., es: Otra gente.}}")
    text = page(make_app(SPACE_HOST_FILE=str(elsewhere)))
    assert "A charity" in text
    assert "Another" not in text
    with pytest.raises(SettingError, match=r"nowhere.yaml: there is no such file"):
        make_app(SPACE_HOST_FILE=str(tmp_path / "nowhere.yaml"))


def test_what_a_host_writes_is_text_and_never_markup(make_app: MakeApp, host: Path) -> None:
    name, who = "<script>alert(1)</script>", "<b>We listen.</b>"
    host.write_text(yaml.safe_dump({"card": {"name": name, "who": {"en": who, "es": who}}}))
    for path in ("/en/", "/en/help", "/es/space/"):
        text = page(make_app(), path)
        assert "<script>alert" not in text
        assert "<b>We listen" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
        assert "&lt;b&gt;We listen.&lt;/b&gt;" in text


@pytest.mark.parametrize("nothing", ["", "# nothing yet\n", "support: {}\n"])
def test_an_empty_host_file_is_like_no_file(make_app: MakeApp, host: Path, nothing: str) -> None:
    host.write_text(nothing)
    assert "card host" not in page(make_app())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("card: {", ", line 1: expected the node content"),
        ("card:\n  name: A\n who: B\n", ", line 3: "),
        ("a list", ": entries are wanted here, each with its name and a colon."),
        ("crad: {}", ": crad: there is no such entry."),
        ("card: {name: A}", ": card.who: it is missing."),
        ("card: {name: A, who: We.}", ": card.who: entries are wanted here, each with its name"),
        ("card: {name: A, who: {en: We.}}", ": card.who.es: it is missing."),
        (
            "card: {name: A, who: {en: We., es: Soy.}, languages: [english]}",
            ": card.languages.0: 'english' is not the code of a language: small letters, such as es.",
        ),
        (
            "card: {name: A, who: {en: We., es: Soy.}, reach: {phone: 512 555 0100}}",
            ": card.reach.phone: '512 555 0100' is not a whole number: begin with +, such as",
        ),
        ("privacy: {}", ": privacy.who: it is missing."),
        ("support: {add: [a group]}", ": support.add.0: entries are wanted here, each with its"),
        ("support: {hide: [us-999]}", ": support: there is no line with the id 'us-999'."),
    ],
)
def test_a_mistake_is_named_with_its_place(
    make_app: MakeApp, host: Path, text: str, said: str
) -> None:
    host.write_text(text)
    with pytest.raises(SettingError) as error:
        make_app()
    assert str(error.value).startswith(f"{host}{said}")


def test_two_mistakes_are_both_named(make_app: MakeApp, host: Path) -> None:
    host.write_text("card: {who: {en: We.}}")
    with pytest.raises(SettingError) as error:
        make_app()
    assert len(str(error.value).splitlines()) == 2


def test_a_file_that_is_no_text_is_refused_calmly(make_app: MakeApp, host: Path) -> None:
    host.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingError, match="it cannot be read"):
        make_app()


def test_the_app_does_not_start_with_a_mistake_and_says_why(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "host.yaml").write_text("card: {name: A}")
    server = Server(data)
    with pytest.raises(RuntimeError, match=r"app.py ended"):
        server.start()
    first, second = server.log.splitlines()
    assert first == "Shared Space does not start until this is right:"
    assert second == f"{data}/host.yaml: card.who: it is missing."


def test_make_check_reads_the_example_and_the_hosts_own_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "-m shared_space.host.lint" in (ROOT / "Makefile").read_text()
    own = tmp_path / "ours.yaml"
    monkeypatch.setenv("SPACE_HOST_FILE", str(own))
    own.write_text(EXAMPLE.read_text())
    assert (lint.main(), capsys.readouterr().err) == (0, "")
    wrong = f"{own}: support: there is no line with the id 'us-999'.\n"
    own.write_text("support: {hide: [us-999]}")
    assert (lint.main(), capsys.readouterr().err) == (1, wrong)
    own.unlink()
    assert (lint.main(), capsys.readouterr().err) == (1, f"{own}: there is no such file.\n")


def test_an_old_line_is_a_note_and_no_mistake(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "ours.yaml"
    own.write_text(
        EXAMPLE.read_text().replace("last_checked: 2026-11-23", "last_checked: 2020-01-01")
    )
    monkeypatch.setenv("SPACE_HOST_FILE", str(own))
    notes = [note for note in lint.lint() if note.startswith("ours.yaml")]
    assert notes == [
        "ours.yaml: austin-group was last checked over a year ago",
        "ours.yaml: us-psi-helpline was last checked over a year ago",
    ]
    own.write_text(
        EXAMPLE.read_text().replace("last_checked: 2026-11-23", "last_checked: 2999-01-01")
    )
    assert "ours.yaml: austin-group says that it was checked on a day to come" in lint.lint()
