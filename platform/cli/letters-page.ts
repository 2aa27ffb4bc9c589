import type { PaperLetter } from '../surveys/paper.ts'
import type { Survey } from '../surveys/survey.ts'
import { lettersShown } from '../web/pages/run-surveys/letters-shown.ts'
import { makeRender } from '../web/render.ts'

/** The most letters in one page: each has a picture of its code, and a browser prints all of them. */
export const mostOnPage = 5000

/** Letters of paper as one page to print, a letter on each sheet, that needs nothing beside it. */
export const lettersPage = (
  survey: Survey,
  letters: readonly PaperLetter[],
  nameOf: ReadonlyMap<string, string>,
  home: string,
): string =>
  makeRender({})('pages/run-surveys/letters-file', {
    title: `Letters: ${survey.title}`,
    ...lettersShown(survey, letters, nameOf, home),
  })
