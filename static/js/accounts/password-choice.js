/** Choosing what opens an account: six words already there, other ones, or one's own. */

import { refusal } from "../crypto/password.js";
import { input, on, part, show } from "../ui/dom.js";
import { say } from "../ui/sentences.js";
import { sixWords } from "./words.js";

/**
 * Wire the choice; returns what gives the chosen password, or throws a sentence about it.
 * @param {HTMLElement} root
 * @returns {(login: string) => string}
 */
export function passwordChoice(root) {
  const password = input(root, "password");
  const own = part(root, "own-box");
  own.hidden = false;
  own.classList.add("away");
  let words = "";

  const other = async () => {
    words = await sixWords();
    part(root, "words").textContent = words;
    password.value = words;
  };
  on(root, "other-words", "click", () => {
    own.classList.add("away");
    password.type = "password";
    void other();
  });
  on(root, "own-words", "click", () => {
    own.classList.remove("away");
    part(root, "words").textContent = "";
    show(root, "words-box", false);
    password.value = words = "";
    password.focus();
  });
  showPassword(root);
  void other();

  return (login) => {
    const chosen = password.value || words;
    const reason = refusal(chosen, login);
    if (reason) throw new Refused(say(`password-${reason}`));
    return chosen;
  };
}

/** A sentence about what was typed. */
export class Refused extends Error {}

/** Let a password be seen and hidden again. @param {HTMLElement} root */
export function showPassword(root) {
  const password = input(root, "password");
  on(root, "show-password", "click", () => {
    const seen = password.type === "text";
    password.type = seen ? "password" : "text";
    const button = part(root, "show-password");
    button.textContent = say(seen ? "show" : "hide");
    button.setAttribute("aria-pressed", String(!seen));
  });
}
