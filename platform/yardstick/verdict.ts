import type { Wording } from './wording.ts'

/** What the paper concludes of all services together. */
export const verdict: Wording = {
  where: 'Paragraph 20',
  said: 'good, but not yet world class',
  year: 'said',
  sentence:
    'Looking at the characteristics of the best public services it is clear that most public services in Britain are good, but not yet world class.',
}
