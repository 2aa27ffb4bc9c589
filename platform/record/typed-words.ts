/** What is wrong with a field that was left empty. */
export const leftEmpty = 'is left empty'

/** What is wrong with a text that is too short; of an empty one, that it is empty. */
export const shorterThan =
  (least: number) =>
  ({ input }: { readonly input?: unknown }): string =>
    input === '' ? leftEmpty : `is shorter than ${least} letters`

/**
 * A sentence about a field of a form.
 * @param called what the field is called: "The reason".
 * @param problem what is wrong with it: "is longer than 500 letters".
 * @example problemSentence('The reason', leftEmpty) // "Enter a reason."
 */
export function problemSentence(called: string, problem: string): string {
  if (problem !== leftEmpty) return `${called} ${problem}.`
  const one = called.replace(/^The (?=reason|reply|name|role|text)/, 'a ')
  return `Enter ${one.charAt(0).toLowerCase()}${one.slice(1)}.`
}
