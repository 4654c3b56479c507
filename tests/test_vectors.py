"""Every vector in tests/vectors/vectors.json in Python, and inputs that have to be refused."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import crypto_reference as ss
from tests import history_reference as history
from tests.servers import ROOT

VECTORS: dict[str, Any] = json.loads((ROOT / "tests/vectors/vectors.json").read_text())
READINGS: list[dict[str, Any]] = json.loads((ROOT / "tests/vectors/readings.json").read_text())
GIVEN: dict[str, str] = VECTORS["inputs"]
LARGE = bytes(range(256)) * 300  # the file describes this body by its rule


def given_bytes(name: str) -> bytes:
    """Return the bytes of an input."""
    return bytes.fromhex(GIVEN[name])


def fields_of(vector: dict[str, Any]) -> ss.Fields:
    """Return the fields that bind a vector's box."""
    scope, record, author, context = (
        bytes.fromhex(vector[name]) for name in ("scopeId", "recordId", "authorId", "context")
    )
    return ss.Fields(scope, record, author, vector["rev"], context, vector["scopeType"])


def test_nothing_in_the_file_is_left_out() -> None:
    assert set(VECTORS) == {
        "note", "inputs", "login", "recovery", "passkey", "subkeys", "invite", "safetyWords",
        "answer", "authorTag", "padme", "seal", "mustFail", "chain",
    }  # fmt: skip
    assert len(VECTORS["seal"]) == 15
    assert len(VECTORS["mustFail"]) == 22


def test_the_chain_over_a_journals_writes() -> None:
    chain = VECTORS["chain"]
    journal, checked = bytes.fromhex(chain["journal"]), 0
    for one in chain["histories"]:
        head = history.start_head(journal, one["start"])
        assert head.hex() == one["head"]
        for write in one["writes"]:
            leaf = history.unknown_leaf(journal, write["place"])
            if "unknown" not in write:
                entry, author = bytes.fromhex(write["id"]), bytes.fromhex(write["author"])
                box = bytes.fromhex(chain["boxes"][write["box"]]) if "box" in write else None
                known = history.Write(write["place"], entry, author, write["rev"], box)
                leaf = known.leaf(journal)
            head = history.next_head(head, leaf)
            assert (leaf.hex(), head.hex()) == (write["leaf"], write["head"])
            checked += 1
    assert checked == 7


def test_login() -> None:
    login = VECTORS["login"]
    seed = bytes.fromhex(login["seed"])
    assert ss.kdf_salt(login["login"], seed).hex() == login["kdfSalt"]
    assert ss.password_root(login["login"], login["password"], seed).hex() == login["root"]
    auth, wrap = ss.password_keys(login["login"], login["password"], seed)
    assert (auth.hex(), wrap.hex()) == (login["authKey"], login["wrapKey"])


@pytest.mark.parametrize("vector", READINGS, ids=lambda vector: vector["typed"])
def test_what_was_typed_is_read_in_each_way_it_may_be_meant(vector: dict[str, Any]) -> None:
    assert ss.readings(vector["typed"]) == vector["readings"]


def test_recovery() -> None:
    secret, wanted = given_bytes("recoverySecret"), VECTORS["recovery"]
    assert ss.recovery_code(secret) == wanted["code"]
    assert ss.recovery_secret(wanted["code"].lower().replace("-", " ")) == secret
    assert ss.hkdf(secret, b"", "ss/v1/kek/recovery").hex() == wanted["recoveryKEK"]
    assert ss.hkdf(secret, b"", "ss/v1/recovery/auth").hex() == wanted["recoveryAuth"]


def test_passkey() -> None:
    salt = ss.sha256(given_bytes("credentialId"))
    kek = ss.hkdf(given_bytes("prf"), salt, "ss/v1/kek/passkey")
    assert kek.hex() == VECTORS["passkey"]["kek"]


@pytest.mark.parametrize(("label", "wanted"), VECTORS["subkeys"].items())
def test_subkeys(label: str, wanted: str) -> None:
    root = given_bytes("AK" if label.startswith("acct") else "SK")
    assert ss.hkdf(root, b"", f"ss/v1/{label}").hex() == wanted


def test_invitation() -> None:
    wanted, invite = VECTORS["invite"], given_bytes("inviteId")
    kek, auth = ss.invite_keys(given_bytes("inviteSecret"), invite)
    assert (kek.hex(), auth.hex()) == (wanted["kek"], wanted["auth"])
    ids = (given_bytes("account"), given_bytes("partner"))
    assert ss.join_proof(given_bytes("SK"), invite, *ids).hex() == wanted["proof"]
    for one, other in (ids, ids[::-1]):
        words = ss.safety_words(given_bytes("SK"), one, other, given_bytes("space"))
        assert words == VECTORS["safetyWords"]["indexes"]


def test_answer() -> None:
    ref = ss.answer_ref(given_bytes("SK"), GIVEN["questionStableId"])
    assert ref.hex() == VECTORS["answer"]["ref"]
    key = ss.answer_key(given_bytes("SK"), given_bytes("share"), ref, given_bytes("account"))
    assert key.hex() == VECTORS["answer"]["key"]


def test_author_tag() -> None:
    vector = VECTORS["seal"][VECTORS["authorTag"]["of"]]
    box = bytes.fromhex(vector["box"])
    tag = ss.author_tag(given_bytes("AK"), vector["kind"], fields_of(vector), box)
    assert tag.hex() == VECTORS["authorTag"]["tag"]


@pytest.mark.parametrize(("length", "wanted"), VECTORS["padme"].items())
def test_padme(length: str, wanted: int) -> None:
    assert ss.padme(int(length)) == wanted


@pytest.mark.parametrize("vector", VECTORS["seal"], ids=lambda vector: f"kind-{vector['kind']:02x}")
def test_seal_and_open(vector: dict[str, Any]) -> None:
    key, salt = bytes.fromhex(vector["key"]), bytes.fromhex(vector["envelopeSalt"])
    body = LARGE if vector["body"] is None else bytes.fromhex(vector["body"])
    box = ss.seal(key, vector["kind"], fields_of(vector), body, salt)
    assert len(box) == vector["boxLength"]
    assert ss.sha256(box).hex() == vector["boxSha256"]
    assert vector["box"] in (None, box.hex())
    assert ss.unseal(key, vector["kind"], fields_of(vector), box) == body


CHANGES: dict[str, dict[str, Any]] = {
    "scopeType=1": {"scope_type": 1},
    "scopeId=00*16": {"scope": bytes(16)},
    "recordId=00*16": {"record": bytes(16)},
    "authorId=03*16": {"author": b"\3" * 16},
    "rev=8": {"rev": 8},
    "context=01*32": {"context": b"\1" * 32},
}


@pytest.mark.parametrize("change", VECTORS["mustFail"], ids=str)
def test_an_altered_reading_is_refused(change: dict[str, Any]) -> None:
    vector = VECTORS["seal"][change["of"]]
    key, kind, fields = bytes.fromhex(vector["key"]), vector["kind"], fields_of(vector)
    box = bytearray.fromhex(vector["box"])
    assert ss.unseal(key, kind, fields, bytes(box))
    what = change.get("change")
    if "flipByte" in change:
        box[change["flipByte"]] ^= 1
    elif what in CHANGES:
        fields = replace(fields, **CHANGES[what])
    elif what == "epoch=2":
        box[7] = 2
    elif what == "kind=0x10":
        kind = 0x10
    elif what == "key=00*32":
        key = bytes(32)
    else:
        del box[{"drop last byte": -1, "length 91": 91}[str(what)] :]
    with pytest.raises(ss.CannotOpenError):
        ss.unseal(key, kind, fields, bytes(box))


HERE = ss.Fields(b"s" * 16, b"r" * 16, b"a" * 16, 1)


@given(body=st.binary(max_size=5000), key=st.binary(min_size=32, max_size=32))
def test_what_is_sealed_opens_and_its_length_tells_little(body: bytes, key: bytes) -> None:
    box = ss.seal(key, 0x20, HERE, body)
    assert ss.unseal(key, 0x20, HERE, box) == body
    assert len(box) - 88 == max(1024, ss.padme(4 + len(body)))


@given(place=st.integers(0, 1111), bit=st.integers(0, 7))
def test_a_changed_bit_anywhere_is_refused(place: int, bit: int) -> None:
    box = bytearray(ss.seal(b"k" * 32, 0x20, HERE, b"a few words"))
    assert len(box) == 1112
    box[place] ^= 1 << bit
    with pytest.raises(ss.CannotOpenError):
        ss.unseal(b"k" * 32, 0x20, HERE, bytes(box))


@given(secret=st.binary(min_size=16, max_size=16), place=st.integers(0, 34))
def test_a_sheet_is_read_back_and_a_mistyped_one_is_not(secret: bytes, place: int) -> None:
    code = ss.recovery_code(secret)
    assert ss.recovery_secret(code) == secret
    if code[place] != "-":
        wrong = code[:place] + ("7" if code[place] != "7" else "8") + code[place + 1 :]
        with pytest.raises((ValueError, OverflowError)):
            ss.recovery_secret(wrong)
