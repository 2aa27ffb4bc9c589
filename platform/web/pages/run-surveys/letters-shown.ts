import { spelled } from '../../../surveys/code.ts'
import { dateIn } from '../../../surveys/date-in.ts'
import type { PaperLetter } from '../../../surveys/paper.ts'
import type { Survey } from '../../../surveys/survey.ts'
import { qrSvg } from '../../components/qr.ts'
import { uiWords } from '../survey/ui-words.ts'

/**
 * Letters of paper as they are printed, each with a picture of its code, and what all of them say.
 * @param nameOf what providers are called, by their codes.
 * @param home where people find this Plumbline, without a slash at the end.
 */
export function lettersShown(
  survey: Pick<Survey, 'closes'>,
  letters: readonly PaperLetter[],
  nameOf: ReadonlyMap<string, string>,
  home: string,
) {
  return {
    around: {
      ...{ site: `${home}/surveys`, stopSite: `${home}/surveys/stop` },
      untilEn: uiWords.en.until(dateIn('en', survey.closes)),
      untilCy: uiWords.cy.until(dateIn('cy', survey.closes)),
    },
    letters: letters.map(({ person, provider, code, stop }) => {
      const name = nameOf.get(provider) ?? provider
      const [en, cy] = [uiWords.en.about(name), uiWords.cy.about(name)]
      const href = `${home}/surveys/enter?code=${spelled(code)}`
      const qr = qrSvg(href, `QR code of ${href}`)
      return { person, en, cy, qr, code: spelled(code), stop: spelled(stop) }
    }),
  }
}
