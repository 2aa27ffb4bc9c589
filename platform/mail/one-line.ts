/** One line, as subjects and headings of letters are: names come from files. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** The same as a letter's subject: never longer than mailboxes show. */
export const subjectLine = (text: string): string => oneLine(text).slice(0, 200)
