import { noTheme, type SurveyTheme } from '../../platform/surveys/themes.ts'

/** What people of the county write when they are asked what could be better, by the part that they mean. */
const said: Readonly<Record<string, readonly string[]>> = {
  timeliness: [
    'I waited three weeks to be seen.',
    'The telephone is engaged from eight until ten every morning.',
    'Everything ran an hour late and nobody said why.',
  ],
  ease: [
    'The form on the website does not work on my telephone.',
    'There is no bus after four.',
    'I had to ask in three places before somebody knew.',
  ],
  information: [
    'Nobody told me what happens next.',
    'The letter was full of words that I did not know.',
    'I learned of the change from a neighbour.',
  ],
  fairness: [
    'Those who shout are served first.',
    'The rules were not the same for my sister.',
    'I was asked for papers that others need not bring.',
  ],
  outcome: [
    'In the end I had to go elsewhere.',
    'It was looked at, and nothing was done.',
    'I came for one thing and left with another.',
  ],
  dignity: [
    'I was called by the wrong name all day.',
    'My business was talked about in front of the whole room.',
    'Nobody looked up while I spoke.',
  ],
  staff: [
    'There are too few of them.',
    'It was somebody else each time, and I told my story each time.',
    'They were kind, and could not help.',
  ],
}

const ofSchools: Readonly<Record<string, readonly string[]>> = {
  timeliness: ['We hear of trips two days before.', 'Letters are answered after weeks.'],
  information: [
    'I only hear when something went wrong.',
    'The reports say little about her reading.',
  ],
}

/** Under which theme a moderator puts what was written of each part. */
const themes: Readonly<Record<string, SurveyTheme>> = {
  ...{ timeliness: 'waiting', ease: 'access', information: 'information', fairness: 'dignity' },
  ...{ outcome: 'result', dignity: 'dignity', staff: 'staff' },
}

const themeByText = new Map(
  [said, ofSchools].flatMap((all) =>
    Object.entries(all).flatMap(([part, texts]) =>
      texts.map((text): [string, SurveyTheme | typeof noTheme] => [text, themes[part] ?? noTheme]),
    ),
  ),
)
export const themeOf = (text: string): SurveyTheme | typeof noTheme =>
  themeByText.get(text) ?? noTheme

export const wordsFor = (service: string, part: string): readonly string[] =>
  (service === 'primary-school' ? ofSchools[part] : undefined) ?? said[part] ?? said.ease ?? []
