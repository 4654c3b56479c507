/** The public page with words for hard moments. */

import { offerCopies } from "./phrases.js";

offerCopies(document);
