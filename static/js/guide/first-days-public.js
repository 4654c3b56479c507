/** The first days, on their public page. */

import { mountReadAloud } from "./read-aloud.js";

// the public page has no screens to leave
mountReadAloud(document.body, new AbortController().signal);
