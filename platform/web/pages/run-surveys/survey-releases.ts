import type { ReleaseRow } from '../../../comparison/figures.ts'
import type { Reader } from '../../../comparison/reader.ts'
import { indicatorCode } from '../../../surveys/results-descriptor.ts'
import type { Survey } from '../../../surveys/survey.ts'
import * as words from '../../words.ts'

/** Where the figures of a survey stand, and the release that they came with. */
export async function figuresShown(reader: Reader, survey: Survey, release: ReleaseRow) {
  const state = await reader.state()
  const known = await reader.indicators(state)
  const codes = [
    ['What those who were invited say', indicatorCode(survey.service, 'overall', 'sample')],
    [
      'What those say who were asked after an appointment',
      indicatorCode(survey.service, 'overall', 'appointment'),
    ],
    ['What those say who came by themselves', indicatorCode(survey.service, 'overall', 'open')],
  ] as const
  const of = new Set((await reader.release(state, release.id))?.indicators)
  return {
    release: { href: `/releases/${release.id}`, text: `Release ${release.id}` },
    on: release.publishedAt === null ? '' : words.date(release.publishedAt.slice(0, 10)),
    indicators: codes
      .filter(([, code]) => known.has(code) && of.has(code))
      .map(([text, code]) => ({ text, href: `/indicators/${encodeURIComponent(code)}` })),
  }
}
