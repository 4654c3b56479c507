/** Any name that a person writes gives a valid login. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { alternativeLogin, toLogin } from "../../static/js/accounts/login.js";
import { loginPattern } from "../../static/js/crypto/password.js";

test("a name may have accents, capitals, spaces and letters of other languages", () => {
  const expected = {
    José: "jose",
    "José María": "jose-maria",
    "  Ana ": "ana",
    "Íñigo Núñez": "inigo-nunez",
    "Zoë O’Brien": "zoe-o-brien",
    "Łukasz Weiß": "lukasz-weiss",
    "Søren Ærø": "soren-aero",
    "Jose\u0301": "jose",
    İpek: "ipek",
    "ana@example.org": "ana-example.org",
    "-Ana-": "ana",
  };
  for (const [written, login] of Object.entries(expected)) {
    assert.equal(toLogin(written), login, written);
  }
});

test("a name that signs in today is not changed", () => {
  for (const login of ["ana", "a.b-c_d", "0-0", "person-12", "x".repeat(32)]) {
    assert.equal(toLogin(login), login);
  }
});

test("a long name is cut, and what it ends in is allowed", () => {
  const login = toLogin(`${"a".repeat(31)} María del Mar`);
  assert.equal(login, "a".repeat(31));
});

test("where too little remains there is none, and another one is offered", () => {
  for (const written of ["Jo", "Ана", "李", "", "!?"]) {
    assert.equal(toLogin(written), "", written);
    assert.match(alternativeLogin(written, "Candle"), loginPattern);
  }
  assert.match(alternativeLogin("Jo", "Candle"), /^jo-\d{4}$/);
  assert.match(alternativeLogin("李", "Vela"), /^vela-\d{4}$/);
});

test("one that is taken gives another that begins alike", () => {
  assert.match(alternativeLogin("José", "Candle"), /^jose-\d{4}$/);
  assert.match(alternativeLogin(`${"a".repeat(23)}-${"b".repeat(20)}`, "Candle"), loginPattern);
});
