/** Choosing what opens an account: six words already there, other ones, or one's own. */

import { passwordProblem } from "../crypto/password.js";
import { fill, input, on, part, setVisible } from "../ui/dom.js";
import { t } from "../ui/i18n.js";
import { normaliseChosen, randomSixWords } from "../content/wordlist.js";
import { ValidationError } from "../ui/key-form.js";

/**
 * Wire the choice. As long as six words are shown, they are what opens the account, whatever a
 * password manager puts into the field beside them. That field is there for the manager alone,
 * which is to keep the six words: nobody sees it, and no key leads there.
 * @param {HTMLElement} root with the parts of the macro `password_choice`
 * @returns {(login: string) => Promise<string>} gives the chosen password, or rejects with a
 *   sentence about it
 */
export function passwordChoice(root) {
  const password = input(root, "password");
  let own = false;
  /** The six words that are shown; "" while they are being fetched. */
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
    const said = root.querySelectorAll("[data-of-words]");
    for (const one of said) one.hidden = (one.dataset.ofWords === "own") !== own;
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
      throw new ValidationError(t("six-words-came")); // nobody has seen them yet
    }
    if (!own) {
      password.value = words; // a manager may have changed it without a word
      return words; // drawn by lot, and so no weaker for a name that happens to be in them
    }
    const chosen = await normaliseChosen(password.value);
    const reason = passwordProblem(chosen, login);
    if (reason) throw new ValidationError(t(`password-${reason}`));
    return chosen;
  };
}

/**
 * Let a password be seen and hidden again.
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
