/** The public page with words for hard moments. */

import { mountCopyButtons } from "./phrases.js";

mountCopyButtons(document);
