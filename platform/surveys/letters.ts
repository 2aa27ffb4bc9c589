import type { Letter } from '../mail/post.ts'
import { seal } from '../subscriptions/links.ts'
import { spelled } from './code.ts'
import { dateIn } from './date-in.ts'

/** Whom a letter asks, about what, and where it leads. */
export interface Invitation {
  /** The provider's name. */
  readonly provider: string
  readonly survey: { readonly title: string; readonly closes: string }
  readonly code: string
  /** All that the reader is known by, as keyed hashes: they can ask not to be asked again. */
  readonly hashes: readonly string[]
  /** Of an appointment: of a hundred who are seen, how many are asked. Null where a sample was drawn of all. */
  readonly share: number | null
}

/**
 * The letter that asks somebody, in English and Welsh.
 * @param site where this Plumbline is found, without a slash at the end, and its secret.
 */
export function invitationLetter(
  { provider, survey, code, hashes, share }: Invitation,
  { home, secret }: { readonly home: string; readonly secret: string },
): Omit<Letter, 'to'> {
  const link = `${home}/surveys/enter?code=${spelled(code)}`
  const stop = `${home}/surveys/stop?token=${seal(secret, 'peace', hashes, null)}`
  const until = (language: 'en' | 'cy') => dateIn(language, survey.closes)
  return {
    subject: `What do you think of ${provider}? / Beth yw eich barn am ${provider}?`,
    useful: 14 * 86_400,
    isDigest: true,
    body: `Mae’r Gymraeg isod.

${whyEn(provider, share)} It takes about 3 minutes:

${link}

The link is yours: it takes one answer, until ${until('en')}. We do not keep who answered what, and your answers are counted with those of others.

    ${survey.title}

If you do not want to be asked by surveys again, open this page and press its button:

${stop}

----

${whyCy(provider, share)} Mae’n cymryd tua 3 munud:

${link}&lang=cy

Eich dolen chi yw hon: mae’n derbyn un ateb, tan ${until('cy')}. Nid ydym yn cadw pwy atebodd beth, a chaiff eich atebion eu cyfrif gydag atebion pobl eraill.

Os nad ydych am i arolygon ofyn i chi eto, agorwch y dudalen hon a gwasgwch ei botwm:

${stop}&lang=cy
`,
  }
}

function whyEn(provider: string, share: number | null): string {
  if (share === null) {
    return `You were drawn by lot among the people who use ${provider}, and we would like to know what you think of it.`
  }
  const who =
    share === 100
      ? 'Everybody who has one there is asked.'
      : `Of a hundred people who have one there, ${share} are drawn by lot and asked.`
  return `You had an appointment with ${provider} lately, and we would like to know what you think of it. ${who}`
}

function whyCy(provider: string, share: number | null): string {
  if (share === null) {
    return `Cawsoch eich dewis drwy goelbren o blith y bobl sy’n defnyddio ${provider}, a hoffem wybod beth yw eich barn.`
  }
  const who =
    share === 100
      ? 'Gofynnir i bawb sy’n cael apwyntiad yno.'
      : `O bob cant o bobl sy’n cael apwyntiad yno, dewisir ${share} drwy goelbren.`
  return `Cawsoch apwyntiad gyda ${provider} yn ddiweddar, a hoffem wybod beth yw eich barn. ${who}`
}
