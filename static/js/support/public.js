/** Help now, on its public page. */

import { mountHelplines } from "./helplines.js";

mountHelplines(document.body);
