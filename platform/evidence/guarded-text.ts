const guarded = /^'*[=+\-@\t\r]/

/**
 * A text that a spreadsheet cannot take for a formula: an apostrophe goes before one that it would run,
 * and before one that looks as if that had been done, so that `spokenText` gives every text back.
 * @example guardedText('=1+1') // "'=1+1"
 */
export const guardedText = (text: string): string => (guarded.test(text) ? `'${text}` : text)

/** What was said before `guardedText`. */
export const spokenText = (text: string): string =>
  text.charCodeAt(0) === apostrophe && guarded.test(text) ? text.slice(1) : text

const apostrophe = "'".charCodeAt(0)
