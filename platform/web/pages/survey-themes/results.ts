import type { FastifyInstance, FastifyRequest } from 'fastify'
import { themes } from '../../../stories/story.ts'
import { afterOf } from '../../../surveys/appointments.ts'
import { atLeast, roundedTo } from '../../../surveys/counts.ts'
import type { Survey } from '../../../surveys/survey.ts'
import { stateOn } from '../../../surveys/survey.ts'
import { fewestOfTheme, type ThemeCount, themeCounts } from '../../../surveys/themes.ts'
import { type Answerers, answerers } from '../../../surveys/who.ts'
import type { FormPlace } from '../../people-door.ts'
import { today } from '../../sent-form.ts'
import { releaseOf } from '../../survey-release.ts'
import * as words from '../../words.ts'
import { surveyAt, totalsOf } from '../run-surveys/survey-at.ts'
import { figuresShown } from '../run-surveys/survey-releases.ts'

const toSurveys = { instead: [{ href: '/surveys', text: 'Surveys' }] }
const noResults = 'Results are shown of a survey that has ended.'

/** What came of a survey that has ended, for everybody: how many answered, and what they wrote of. */
export function addSurveyResults(app: FastifyInstance, place: FormPlace): void {
  const { reader, door, refuse, page } = place
  const { db } = door.people
  const open = { config: { act: 'read' } } as const

  const found = async (request: FastifyRequest) => {
    const survey = await surveyAt(request, place)
    if (!survey || stateOn(survey, today()) !== 'ended') return null
    const totals = await totalsOf(place, survey.id)
    const answered: Answered = {
      sampled: atLeast(totals.sampled),
      appointment: atLeast(totals.appointment),
      open: atLeast(totals.open),
      invited: totals.invited,
      invitedAfter: atLeast(totals.invitedAfter),
      asksAfter: (await afterOf(db, survey.id)) !== null,
    }
    return { survey, answered, counts: await themeCounts(db, survey.id) }
  }

  app.get('/surveys/results/:id', open, async (request, reply) => {
    const at = await found(request)
    if (!at) return refuse(reply, 404, 'There are no such results', noResults, toSurveys)
    const { survey, answered, counts } = at
    const asked = askedOf(answered)
    const service = reader.service(survey.service)
    const release = await releaseOf(reader, survey)
    return page(reply, 'pages/survey-themes/results', {
      title: `What came of “${survey.title}”`,
      service: service?.name ?? survey.service,
      serviceHref: `/services/${encodeURIComponent(survey.service)}`,
      span: spanOf(survey),
      answered: answeredWords(answered),
      invented: survey.invented,
      rows: rowsOf(counts, asked),
      columns: asked.map((who) => columnNames[who]),
      fewest: fewestOfTheme,
      roundedTo,
      figures: release && (await figuresShown(reader, survey, release)),
      json: `/surveys/results/${survey.id}.json`,
    })
  })

  app.get('/surveys/results/:id.json', open, async (request, reply) => {
    const at = await found(request)
    if (!at) return refuse(reply, 404, 'There are no such results', noResults, toSurveys)
    const { survey, answered, counts } = at
    const { asksAfter: _, ...counted } = answered
    const release = await releaseOf(reader, survey)
    return {
      ...{ id: survey.id, title: survey.title, service: survey.service },
      ...{ opens: survey.opens, closes: lastDay(survey), invented: survey.invented },
      ...{ ...counted, themes: counts, fewest: fewestOfTheme, roundedTo },
      release: release?.id ?? null,
    }
  })
}

const lastDay = ({ endedAt, closes }: Survey): string => {
  const ended = endedAt === null ? closes : new Date(endedAt).toISOString().slice(0, 10)
  return ended < closes ? ended : closes
}

/** From when to when it was open, in a sentence. */
function spanOf(survey: Survey): string {
  const [first, last] = [words.date(survey.opens), words.date(lastDay(survey))]
  return first === last ? `It was open on ${first} alone.` : `It was open from ${first} to ${last}.`
}

interface Answered {
  readonly sampled: number | null
  readonly appointment: number | null
  readonly open: number | null
  readonly invited: number
  /** After appointments, rounded too: an exact number would tell whoever reported them who was left in peace. */
  readonly invitedAfter: number | null
  readonly asksAfter: boolean
}

const columnNames: Readonly<Record<Answerers, string>> = {
  sample: 'People invited',
  appointment: 'People asked after an appointment',
  open: 'People who came by themselves',
}

/** By whom the survey could be answered. */
const askedOf = ({ invited, asksAfter }: Answered): Answerers[] =>
  answerers.filter((who) => who === 'open' || (who === 'sample' ? invited > 0 : asksAfter))

/** How many answered, rounded down: "At least 40 of 112 who were invited answered." */
function answeredWords(all: Answered): string {
  const { sampled, appointment, open, invited, invitedAfter, asksAfter } = all
  const number = (n: number | null): string =>
    n === null ? `Fewer than ${roundedTo}` : `At least ${words.number(n, 0)}`
  const sample = `${number(sampled)} of ${words.number(invited, 0)} who were invited answered. `
  const after = `${number(appointment)} of ${number(invitedAfter).toLowerCase()} who were asked after an appointment answered. `
  return `${invited > 0 ? sample : ''}${asksAfter ? after : ''}${number(open)} people answered by the open links.`
}

/** A row for each theme, counts that are too few in words; none where all are too few. */
function rowsOf(counts: readonly ThemeCount[], asked: readonly Answerers[]): string[][] {
  if (counts.every((c) => c.n === null)) return []
  const said = (theme: string, who: ThemeCount['who']): string => {
    const one = counts.find((c) => c.theme === theme && c.who === who)
    return one?.n ? `at least ${words.number(one.n, 0)}` : `fewer than ${fewestOfTheme}`
  }
  return [...new Set(counts.map((c) => c.theme))].map((theme) => [
    words.sentenceCase(themes[theme]),
    ...asked.map((who) => said(theme, who)),
  ])
}
