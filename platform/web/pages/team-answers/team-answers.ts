import type { FastifyInstance, FastifyRequest } from 'fastify'
import { mattersOf, replicates } from '../../../surveys/matters.ts'
import { fewestInWeek, fewestWeeks, type Weekly, weeklyOf } from '../../../surveys/weekly.ts'
import { controlChartSvg } from '../../components/control-chart/control-chart.ts'
import { partOf } from '../../matter-address.ts'
import type { FormPlace } from '../../people-door.ts'
import { thingOf } from '../../thing.ts'
import * as words from '../../words.ts'
import { mattersWords } from './matters-words.ts'
import { partNames } from './part-names.ts'

const noSuch = 'Nothing here has this code.'

/** What people answer about a provider, the same day, for those who work there. */
export function addTeamAnswers(app: FastifyInstance, place: FormPlace): void {
  const { reader, door, refuse, page } = place
  const route = {
    config: {
      act: 'read-answers' as const,
      // A code that nobody has is no provider of theirs either.
      thing: async (request: FastifyRequest) =>
        (await thingOf(reader, await reader.state(), partOf(request, 'code'))) ?? {
          provider: partOf(request, 'code'),
        },
    },
  }
  const found = async (request: FastifyRequest) => {
    const subject = await reader.subject(await reader.state(), partOf(request, 'code'))
    if (subject?.kind !== 'provider') return null
    const { db } = door.people
    return {
      subject,
      all: await weeklyOf(db, subject.code),
      matters: await mattersOf(db, subject.code),
    }
  }

  app.get('/providers/:code/answers', route, async (request, reply) => {
    const at = await found(request)
    if (!at) return refuse(reply, 404, 'There is no such provider', noSuch)
    const { subject, all, matters } = at
    const most = (who: Weekly['who']) => {
      const found = matters.find((m) => m.who === who)
      return found ? mattersWords(found) : null
    }
    const of = (who: Weekly['who']) => all.filter((w) => w.who === who).map(sectionOf)
    return page(reply, 'pages/team-answers/team-answers', {
      title: `What people answer: ${subject.name}`,
      provider: subject.name,
      href: `/providers/${encodeURIComponent(subject.code)}`,
      lead: leadOf(all),
      groups: [
        {
          name: 'People who were invited',
          id: 'sample',
          matters: most('sample'),
          parts: of('sample'),
        },
        {
          name: 'People who were asked after an appointment',
          id: 'appointment',
          matters: most('appointment'),
          parts: of('appointment'),
        },
        {
          name: 'People who came by themselves',
          id: 'open',
          matters: most('open'),
          parts: of('open'),
        },
      ].filter((g) => g.parts.length > 0),
      fewest: fewestInWeek,
      fewestWeeks,
      redraws: replicates,
      json: `/providers/${encodeURIComponent(subject.code)}/answers.json`,
    })
  })

  app.get('/providers/:code/answers.json', route, async (request, reply) => {
    const at = await found(request)
    if (!at) return refuse(reply, 404, 'There is no such provider', noSuch)
    return {
      provider: at.subject.code,
      matters: at.matters,
      parts: at.all.map(({ chart, ...w }) => ({
        ...w,
        variation: chart?.variation ?? null,
        weeks: w.weeks.map((week, i) => ({ ...week, special: (chart?.flags[i] ?? 0) > 0 })),
      })),
    }
  })
}

const share = (x: number): string => `${Math.round(100 * x)}%`

const verdicts: Readonly<Record<NonNullable<Weekly['chart']>['variation'], string>> = {
  'common-cause': 'The last weeks are within what chance explains.',
  improvement: 'The last weeks are better than chance explains.',
  concern: 'The last weeks are worse than chance explains.',
  'neutral-high': 'The last weeks are higher than chance explains.',
  'neutral-low': 'The last weeks are lower than chance explains.',
}

function sectionOf({ part, who, weeks, tooFew, chart }: Weekly) {
  const name = partNames[part]
  const points = weeks.map((w, i) => ({
    name: words.date(w.from),
    value: w.satisfied / w.answered,
    centre: chart?.centre[i] ?? 0,
    lower: chart?.lower[i] ?? 0,
    upper: chart?.upper[i] ?? 0,
    isSpecial: (chart?.flags[i] ?? 0) > 0,
  }))
  const satisfied = weeks.reduce((sum, w) => sum + w.satisfied, 0)
  const answered = weeks.reduce((sum, w) => sum + w.answered, 0)
  // Of a sum with the smaller weeks in it, what a single person said could be taken away again.
  const which =
    tooFew === 0
      ? 'of the last two years'
      : `from the weeks of the last two years with at least ${fewestInWeek}; the rest are left out`
  return {
    id: `${who}-${part}`,
    name,
    text:
      answered === 0
        ? 'No week had enough answers to show.'
        : `${share(satisfied / answered)} of ${words.number(answered, 0)} answers ${which}.`,
    verdict: chart === null ? '' : verdicts[chart.variation],
    chart:
      chart === null
        ? ''
        : controlChartSvg({
            points,
            words: `${name}, week by week: share satisfied, with what chance explains`,
            format: share,
            bounds: [0, 1],
          }),
    rows: weeks
      .map((w, i) => [
        words.date(w.from),
        share(w.satisfied / w.answered),
        words.number(w.answered, 0),
        points[i]?.isSpecial ? 'more than chance' : '',
      ])
      .reverse(),
    tooFew,
  }
}

function leadOf(all: readonly Weekly[]): string {
  if (all.length === 0) return 'Nobody has answered a survey about you in the last two years.'
  const worse = all.filter((w) => w.chart?.variation === 'concern').map((w) => partNames[w.part])
  const better = all
    .filter((w) => w.chart?.variation === 'improvement')
    .map((w) => partNames[w.part])
  const say = (some: readonly string[], how: string): string =>
    some.length === 0 ? '' : `${how}: ${words.list([...new Set(some)])}. `
  const said = say(worse, 'Worse than chance explains') + say(better, 'Better than chance explains')
  if (all.every((w) => w.chart === null)) {
    return 'There are too few weeks with enough answers to tell whether anything has changed.'
  }
  return said.trim() || 'Nothing has changed by more than chance explains.'
}
