"""A password key that is known in advance, so that pages need not derive it for half a second.

The 32 bytes are Argon2id's real result, computed by `tests/crypto_reference.py` when the account
was created. Any other password or salt is sent to the page's real worker. The worker's own results
are tested in test_keys_in_browser.py and test_vectors.py; test_story.py and every sign-up use it,
too.
"""

import base64
import json

from playwright.sync_api import BrowserContext

SCRIPT = """({ password, salt, root }) => {
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const same = (one, text) => String.fromCharCode(...one) === atob(text);
  const RealWorker = window.Worker;
  class Argon2Worker {
    constructor(...how) {
      this.how = how;
    }
    postMessage(message, transfer) {
      if (same(message.password, password) && same(message.salt, salt)) {
        const data = { root: bytes(root) };
        this.timer = setTimeout(() => this.onmessage?.({ data }));
        return;
      }
      this.real = new RealWorker(...this.how);
      this.real.onmessage = (event) => this.onmessage?.(event);
      this.real.onerror = (event) => this.onerror?.(event);
      this.real.postMessage(message, transfer);
    }
    terminate() {
      clearTimeout(this.timer);
      this.real?.terminate();
    }
  }
  window.Worker = function (address, options) {
    const kind = String(address).includes("argon2-worker") ? Argon2Worker : RealWorker;
    return new kind(address, options);
  };
}"""


def remember_key(context: BrowserContext, password: str, salt: bytes, root: bytes) -> None:
    """Give a context's pages the key root of one password and salt (protocol §3)."""
    known = {
        "password": base64.b64encode(password.encode()).decode(),
        "salt": base64.b64encode(salt).decode(),
        "root": base64.b64encode(root).decode(),
    }
    context.add_init_script(f"({SCRIPT})({json.dumps(known)})")
