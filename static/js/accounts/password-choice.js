/** Choosing a password: six suggested words, six others, or a password of the person's own. */

import { passwordProblem } from "../crypto/password.js";
import { fill, input, on, part, setVisible } from "../ui/dom.js";
import { t } from "../ui/i18n.js";
import { normaliseChosen, randomSixWords } from "../content/wordlist.js";
import { ValidationError } from "../ui/key-form.js";

/**
 * Wire the choice. While six words are shown, they are the password, whatever a password manager
 * fills into the field beside them. That field exists only so that the manager saves the six words:
 * it is invisible and cannot be reached with the keyboard.
 * @param {HTMLElement} root has the parts of the macro `password_choice`
 * @returns {(login: string) => Promise<string>} resolves to the chosen password, or rejects with a
 *   sentence about it
 */
export function passwordChoice(root) {
  const password = input(root, "password");
  let own = false;
  /** The six words that are shown, or "" while they are being fetched. */
  let words = "";

  const choose = (/** @type {boolean} */ isOwn) => {
    own = isOwn;
    const box = part(root, "own-box");
    box.classList.toggle("away", !own);
    box.ariaHidden = own ? null : "true";
    password.tabIndex = own ? 0 : -1;
    setVisible(root, "own-box", true);
    for (const button of ["show-password", "six-words"]) setVisible(root, button, own);
    setVisible(root, "words-box", !own);
    /** @type {NodeListOf<HTMLElement>} */
    const hints = root.querySelectorAll("[data-of-words]");
    for (const hint of hints) hint.hidden = (hint.dataset.ofWords === "own") !== own;
  };
  const other = async () => {
    const fetched = await randomSixWords();
    if (own) return;
    password.value = words = fetched;
    fill(root, { words, "words-trouble": "" });
  };
  const offer = () =>
    other().catch(() => own || fill(root, { "words-trouble": t("no-six-words") }));
  on(root, "other-words", "click", () => void offer());
  on(root, "own-words", "click", () => {
    choose(true);
    password.value = "";
    password.focus();
  });
  on(root, "six-words", "click", () => {
    choose(false);
    password.value = words;
    if (!words) void offer();
  });
  for (const type of ["input", "change"]) {
    password.addEventListener(type, () => {
      if (own || password.value === words) return;
      password.value = words;
      fill(root, { "words-trouble": t("manager-put-another") });
    });
  }
  showPassword(root);
  choose(false);
  void offer();

  return async (login) => {
    if (!own && !words) {
      await other();
      throw new ValidationError(t("six-words-came")); // the person has not seen these words yet
    }
    if (!own) {
      password.value = words; // a manager may have changed the field unasked
      return words; // chosen at random, and so no weaker if a name happens to be in them
    }
    const chosen = await normaliseChosen(password.value);
    const reason = passwordProblem(chosen, login);
    if (reason) throw new ValidationError(t(`password-${reason}`));
    return chosen;
  };
}

/**
 * Wire the button that shows and hides a password.
 * @param {HTMLElement} root
 */
export function showPassword(root) {
  const password = input(root, "password");
  on(root, "show-password", "click", () => {
    const seen = password.type === "text";
    password.type = seen ? "password" : "text";
    const button = part(root, "show-password");
    button.textContent = t(seen ? "show" : "hide");
    button.setAttribute("aria-pressed", String(!seen));
  });
}
