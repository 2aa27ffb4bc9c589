import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database, Queries } from '../../platform/database/database.ts'
import { exampleHost } from '../../platform/people/walk-in.ts'
import type { FrameRow } from '../../platform/surveys/frame.ts'
import { inviteSample } from '../../platform/surveys/invite.ts'
import { countSurvey } from '../../platform/surveys/results.ts'
import { resultsFile } from '../../platform/surveys/results-file.ts'
import {
  findSurvey,
  listSurveys,
  openSurvey,
  type Survey,
  stateOn,
} from '../../platform/surveys/survey.ts'
import { nextTexts, readTexts } from '../../platform/surveys/themes.ts'
import { seed } from './about.ts'
import { makeCounty, type Provider } from './county.ts'
import { sha256 } from './files.ts'
import { Random } from './random.ts'
import { askSeen, reportsSeen } from './survey-after.ts'
import { answersOf } from './survey-answers.ts'
import { type Kept, keepAnswers } from './survey-store.ts'
import { themeOf } from './survey-texts.ts'

/** The practices whose waiting rooms have a poster, so that people answer every week. */
export const withPosters = ['ALDG01', 'ALDG02', 'ALDG03', 'ALDG04', 'ALDG05'] as const
/** Where waiting grew longer, and where it grew shorter, in the last half year. */
export const slower = 'ALDG02'
export const quicker = 'ALDG04'

/** A survey as the county holds it, by days from today. */
interface Plan {
  readonly title: string
  readonly service: string
  readonly opens: number
  readonly closes: number
  readonly providers: (county: ReturnType<typeof makeCounty>) => readonly Provider[]
  /** Null where nobody is invited. */
  readonly sample: {
    readonly people: number
    readonly replies: number
    readonly way?: 'email' | 'letter'
  } | null
  readonly hasPosters: boolean
  /** One practice reports who was seen, and they are asked. */
  readonly asksAfter?: true
}

const practices: Plan['providers'] = (county) => county.practices
const gp = { service: 'general-practice', providers: practices, hasPosters: true }

/** Two years of surveys, and one that is open now: it began more than a month ago, so that none ended this month. */
const plans: readonly Plan[] = [
  {
    ...{ title: 'How is your practice? The first year', ...gp, opens: -728, closes: -366 },
    sample: { people: 140, replies: 40 },
  },
  {
    ...{ title: 'How is your practice? The second year', ...gp, opens: -365, closes: -32 },
    ...{ sample: { people: 140, replies: 40 }, asksAfter: true },
  },
  {
    ...{ title: 'What parents say of our schools', service: 'primary-school', hasPosters: false },
    ...{ opens: -190, closes: -120, providers: (c) => c.primaries },
    // Schools have no address of every parent: they ask by letters of paper.
    sample: { people: 90, replies: 30, way: 'letter' },
  },
  {
    ...{ title: 'How is your practice now?', ...gp, opens: -31, closes: 60, sample: null },
    asksAfter: true,
  },
]

/** The share of those who are asked that is expected to answer. */
const rate = 0.5
/** The parts of a sample of patients: how many of all they are, and how many of them answer. */
const ageParts = [
  { name: 'under 65', share: 0.72, answers: 0.42 },
  { name: '65 and over', share: 0.28, answers: 0.72 },
] as const
const oneGroup = [{ name: '', share: 1, answers: 0.55 }] as const
const partsOf = ({ service }: Pick<Plan, 'service'>) =>
  service === gp.service ? ageParts : oneGroup
/** So that no part of a sample is silent. */
const fewestOfPart = 4

/** The day so many days from today, ISO. */
function dayAt(days: number): string {
  const date = new Date()
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** Has the county's people be asked and answer, once. */
export async function holdSurveys(db: Database): Promise<void> {
  if ((await db.query('select 1 from survey limit 1')).length > 0) return
  const county = makeCounty(seed)
  await db.transaction(async (tx) => {
    for (const plan of plans) await hold(tx, plan, plan.providers(county))
  })
}

async function hold(tx: Queries, plan: Plan, providers: readonly Provider[]): Promise<void> {
  const { title, service } = plan
  const id = await openSurvey(tx, {
    ...{ title, service, providers: providers.map((p) => p.code) },
    ...{ opens: dayAt(plan.opens), closes: dayAt(plan.closes), invented: true, role: 'steward' },
  })
  const survey = await findSurvey(tx, id)
  if (!survey) throw new Error(`The survey “${title}” was not opened.`)
  if (plan.sample) await invite(tx, survey, plan, providers)
  const kept = [
    ...(plan.sample ? await sampled(tx, survey, plan, providers) : []),
    ...(plan.hasPosters ? came(plan, providers) : []),
    ...(plan.asksAfter ? await seen(tx, survey, plan, providers) : []),
  ]
  await keepAnswers(tx, survey, kept)
  if (plan.closes < 0) await readAllTexts(tx, survey)
}

/** A moderator puts what was written under themes, page by page. */
async function readAllTexts(tx: Queries, survey: Survey): Promise<void> {
  for (;;) {
    const texts = await nextTexts(tx, survey.id)
    if (texts.length === 0) return
    const rows = texts.map(({ response, question, text }) => ({
      ...{ response, question, theme: themeOf(text) },
    }))
    await readTexts(tx, survey, rows, 'moderator')
  }
}

/** Draws the sample from lists of invented people, as a steward would. */
async function invite(
  tx: Queries,
  survey: Survey,
  plan: Plan,
  providers: readonly Provider[],
): Promise<void> {
  const { people = 0, replies = 0, way = 'email' } = plan.sample ?? {}
  const frame = providers.flatMap(({ code }) =>
    Array.from({ length: people }, (_, i): FrameRow => {
      const older = ageParts[0].share * people
      const stratum = plan.service !== gp.service ? '' : ageParts[i < older ? 0 : 1].name
      const person = `${code.toLowerCase()}.${i}@${exampleHost}`
      return { person, provider: code, email: person, stratum, died: '' }
    }),
  )
  const hashed = (kind: string) => (text: string) => sha256(`${seed}/survey ${kind}/${text}`)
  await inviteSample(tx, survey, frame, {
    ...{ replies, rate, months: 6, way, day: survey.opens, role: 'steward', seed },
    ...{ personHash: hashed('person'), codeHash: hashed('code') },
  })
}

/** Of whoever was invited some answer, in the first six weeks. */
async function sampled(
  tx: Queries,
  survey: Survey,
  plan: Plan,
  providers: readonly Provider[],
): Promise<Kept[]> {
  const rows = await tx.query<{ id: string; provider: string; stratum: string }>(
    'select id, provider, stratum from survey_invitation where survey = $1 order by id',
    [survey.id],
  )
  const invited = Map.groupBy(rows, (r) => `${r.provider}/${r.stratum}`)
  return providers.flatMap((provider) => {
    const random = new Random(seed, `survey ${plan.title}/${provider.code}`)
    return partsOf(plan).flatMap((part) => {
      const own = invited.get(`${provider.code}/${part.name}`) ?? []
      const n = Math.max(
        Math.min(fewestOfPart, own.length),
        random.binomial(own.length, part.answers),
      )
      return own.slice(0, n).map(({ id }, i): Kept => {
        const on = plan.opens + random.whole(2, 42)
        const isOlder = part.name === '' ? null : part.name === ageParts[1].name
        const answers = answersOf(random, leaning(provider, on), { isOlder, service: plan.service })
        const key = uuidOf(`${plan.title}/${provider.code}/${part.name}/${i}`)
        return { id: key, provider: provider.code, invitation: id, day: dayAt(on), answers }
      })
    })
  })
}

/** Whoever comes by a poster, week by week up to yesterday. */
function came(plan: Plan, providers: readonly Provider[]): Kept[] {
  return providers
    .filter((p) => withPosters.some((code) => code === p.code))
    .flatMap((provider) => {
      const random = new Random(seed, `survey ${plan.title}/poster/${provider.code}`)
      const kept: Kept[] = []
      for (let on = plan.opens; on <= Math.min(plan.closes, -1); on++) {
        for (let n = random.poisson(1.3); n > 0; n--) {
          const of = { isOlder: null, service: plan.service }
          const answers = answersOf(random, leaning(provider, on), of)
          const id = uuidOf(`${plan.title}/${provider.code}/${on}/${n}`)
          kept.push({ id, provider: provider.code, invitation: null, day: dayAt(on), answers })
        }
      }
      return kept
    })
}

/** Whoever was asked after an appointment and answered, the day after. */
async function seen(
  tx: Queries,
  survey: Survey,
  plan: Plan,
  providers: readonly Provider[],
): Promise<Kept[]> {
  const provider = providers.find((p) => p.code === reportsSeen)
  if (!provider) return []
  const random = new Random(seed, `survey ${plan.title}/seen`)
  return (await askSeen(tx, survey, plan, dayAt)).map(({ invitation, on }, i) => {
    const answers = answersOf(random, leaning(provider, on), {
      isOlder: null,
      service: plan.service,
    })
    const id = uuidOf(`${plan.title}/after/${i}`)
    return { id, provider: provider.code, invitation, day: dayAt(on), answers }
  })
}

/** What people find of a provider on a day. */
function leaning({ code, quality }: Provider, on: number) {
  const change = code === slower ? -0.9 : code === quicker ? 0.8 : 0
  return { quality, time: on >= -120 ? change : 0 }
}

/** The number of an answer: the same on every machine. */
function uuidOf(name: string): string {
  const hex = createHash('sha256').update(`${seed}/survey/${name}`).digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`]
    .concat(hex.slice(20, 32))
    .join('-')
}

/**
 * Counts the surveys that have ended into files for the ordinary import, on the record too; those that were
 * published already are left out.
 * @returns how many files.
 */
export async function countSurveys(
  db: Database,
  folder: string,
  published: ReadonlySet<string>,
): Promise<number> {
  const day = dayAt(0)
  const ended = (await listSurveys(db)).filter((s) => s.invented && stateOn(s, day) === 'ended')
  let files = 0
  for (const survey of ended.toSorted((a, b) => a.id - b.id)) {
    if (published.has(sha256((await resultsFile(db, survey)).text))) continue
    const counting = { role: 'steward', day, leaveOut: false }
    const { name, text } = await db.transaction((tx) => countSurvey(tx, survey, counting))
    writeFileSync(join(folder, name), text)
    files += 1
  }
  return files
}
