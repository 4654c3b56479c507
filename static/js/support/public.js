/** The help lines on their public page. */

import { mountHelplines } from "./helplines.js";

mountHelplines(document.body);
