/** The first days, on their public page. */

import { mountReadAloud } from "./read-aloud.js";

mountReadAloud(document.body, new AbortController().signal); // it is never left
