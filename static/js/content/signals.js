/** The signal that leads to the plan for a dark night. */

const DARK_TONIGHT = "dark-tonight"; // its id in shared_space/signals/sentences.yaml

/**
 * Whether a signal says that it is dark tonight, also where its words were changed before it was
 * sent.
 * @param {{ sentence: string } | null} signal
 */
export function saysItIsDark(signal) {
  return signal?.sentence === DARK_TONIGHT;
}
