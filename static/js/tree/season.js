/** The season at the tree's place, from the date and the hemisphere. Runs without a DOM. */

/**
 * @typedef {"north" | "south" | "green"} Where `green`: near the equator, green all year
 * @typedef {"spring" | "summer" | "autumn" | "winter"} Name
 * @typedef {{ name: Name, part: number }} Season `part`: the elapsed fraction, 0 to 1
 */

/** @type {Name[]} */
// three months each, from the first of December
const NORTH = ["winter", "spring", "summer", "autumn"];
const DAY_MS = 24 * 60 * 60 * 1000;

const SOUTH = new RegExp(
  [
    "^(Australia|Antarctica)/",
    "^America/(Argentina|Santiago|Punta_Arenas|Coyhaique|Sao_Paulo|Montevideo|Asuncion)",
    "^America/(Campo_Grande|Cuiaba|Buenos_Aires)",
    "^Africa/(Johannesburg|Harare|Maputo|Windhoek|Gaborone|Maseru|Mbabane|Lusaka)",
    "^Pacific/(Auckland|Chatham|Noumea|Norfolk|Easter)",
    "^Atlantic/Stanley",
    "^Indian/(Antananarivo|Reunion|Mauritius)",
    "^NZ",
  ].join("|"),
);
const GREEN = new RegExp(
  [
    "^America/(Bogota|Caracas|Guayaquil|Panama|Costa_Rica|Managua|Lima|Manaus|Belem)",
    "^America/(Fortaleza|Guyana|Paramaribo|Cayenne)",
    "^Asia/(Singapore|Kuala_Lumpur|Jakarta|Makassar|Manila|Colombo|Brunei)",
    "^Pacific/(Galapagos|Guam|Tarawa|Port_Moresby)",
    "^Africa/(Nairobi|Lagos|Kampala|Accra|Abidjan|Kinshasa|Douala|Libreville|Kigali)",
    "^Indian/Maldives",
  ].join("|"),
);

/**
 * Return the likely hemisphere of a time zone; a person can choose another.
 * @param {string} zone
 * @returns {Where}
 */
export function hemisphereOf(zone) {
  if (SOUTH.test(zone)) return "south";
  return GREEN.test(zone) ? "green" : "north";
}

/**
 * @param {Date} date
 * @param {Where} where
 * @returns {Season}
 */
export function seasonOf(date, where) {
  if (where === "green") return { name: "summer", part: 0.4 };
  const months = (date.getMonth() + 1) % 12; // months since December
  const quarter = Math.floor(months / 3);
  const first = new Date(date.getFullYear(), date.getMonth() - (months % 3), 1);
  const after = new Date(first.getFullYear(), first.getMonth() + 3, 1);
  const [today, from, to] = [date, first, after].map(
    (date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS,
  );
  const part = (Number(today) - Number(from)) / (Number(to) - Number(from));
  const turned = where === "south" ? quarter + 2 : quarter;
  return { name: /** @type {Name} */ (NORTH[turned % 4]), part };
}
