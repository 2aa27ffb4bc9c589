import { escape } from './svg.ts'

/** Text as HTML, in which words between backticks are set as code. */
export const codeWords = (text: string): string =>
  escape(text).replace(/`([^`]+)`/g, '<code>$1</code>')
