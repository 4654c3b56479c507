/**
 * The worker that handles the password. Its own Content Security Policy allows it no network
 * access.
 */

import { argon2id } from "./argon2.js";

self.onmessage = async ({ data }) => {
  const { password, salt } = data;
  try {
    const root = await argon2id(password, salt, (progress) => self.postMessage({ progress }));
    self.postMessage({ root });
  } catch {
    self.postMessage({ error: "the key could not be made" });
  } finally {
    password.fill(0);
  }
};
