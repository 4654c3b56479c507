/** Help now, on its public page. */

import { showLines } from "./lines.js";

showLines(document.body);
