import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Reader } from '../../comparison/reader.ts'
import type { Queries } from '../../database/database.ts'
import { post } from '../../mail/post.ts'
import { spelled } from '../../surveys/code.ts'
import { invitationLetter } from '../../surveys/letters.ts'
import { answers, inviteSeen, type Reported, type Seen, type ToWrite } from '../../surveys/seen.ts'
import { findToken } from '../../tokens/store.ts'
import { reportsOf } from '../../tokens/token.ts'
import { forAll } from '../guard.ts'
import { homeForLetters, type PeopleDoor } from '../people-door.ts'
import { today } from '../sent-form.ts'
import { noParameters } from './appointments-document.ts'
import { type appointmentsAnswer, appointmentsBody, seenOf } from './appointments-schema.ts'
import { type Raw, refuseUnknown } from './asked.ts'
import { base } from './base.ts'
import { tokenOf } from './bearer.ts'
import { Refused } from './problem.ts'

export interface AppointmentRoutes {
  readonly reader: Reader
  readonly door: PeopleDoor
  /** Requests that one address may send in a minute. */
  readonly limit?: number
}

const usualLimit = 120
/** Bytes: 200 appointments with the longest words that are taken. */
const mostBytes = 400_000

/** `POST /appointments`: a booking system reports who was seen, and surveys ask them. */
export async function addAppointments(
  app: FastifyInstance,
  { reader, door, limit = usualLimit }: AppointmentRoutes,
): Promise<void> {
  const { db, secret } = door.people
  const url = `${base}/appointments`
  app.addHook('onSend', async (_request, reply) => {
    reply.removeHeader('access-control-allow-origin')
  })
  const config = {
    act: 'report-appointment',
    rateLimit: { max: limit, timeWindow: 60_000 },
  } as const
  // Before its body is read: nobody without a token has us parse anything.
  const onRequest = async (request: FastifyRequest): Promise<void> => {
    await tokenOf(request, (sent) => findToken(db, sent))
  }
  app.post(url, { config, onRequest, bodyLimit: mostBytes }, async (request, reply) => {
    const token = await tokenOf(request, (sent) => findToken(db, sent))
    refuseUnknown(request.query as Raw, noParameters)
    const all = appointmentsOf(request.body, reportsOf(token))
    const nameOf = await namesOf(all)
    const site = { home: homeForLetters(request, door), secret }
    const reported = await db.transaction(async (tx) => {
      const found = await inviteSeen({ tx, token, secret, today: today() }, all)
      for (const to of found.letters) await write(tx, to, nameOf, site)
      return found.reported
    })
    door.posted()
    reply.header('cache-control', 'no-store')
    const data = reported.map((r) => answerOf(r, site.home))
    return { data, links: { self: url } } satisfies z.input<typeof appointmentsAnswer>
  })
  app.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE'],
    url,
    ...forAll,
    onRequest: async () => {
      const detail = 'Appointments are reported with POST, and shown to nobody.'
      throw new Refused('read-only', 405, detail, {}, { allow: 'POST' })
    },
    handler: () => undefined,
  })

  /** The names of providers, as letters say them. The reader waits for no transaction of ours. */
  async function namesOf(all: readonly Seen[]): Promise<ReadonlyMap<string, string>> {
    const state = await reader.state()
    const names = new Map<string, string>()
    for (const code of new Set(all.map((s) => s.provider))) {
      names.set(code, (await reader.subject(state, code))?.name ?? code)
    }
    return names
  }
}

const write = (
  tx: Queries,
  { email, code, asking, hashes }: ToWrite,
  nameOf: ReadonlyMap<string, string>,
  site: { readonly home: string; readonly secret: string },
): Promise<void> => {
  const provider = nameOf.get(asking.provider) ?? asking.provider
  const of = { provider, survey: asking, code, hashes, share: asking.share }
  return post(tx, { ...invitationLetter(of, site), to: email })
}

/**
 * The appointments of a request.
 * @param providers of which its token may report.
 * @throws Refused that names the place, and nothing that was sent there: it is about people.
 */
function appointmentsOf(body: unknown, providers: readonly string[]): Seen[] {
  const found = appointmentsBody.safeParse(body)
  if (!found.success) {
    const [issue] = found.error.issues
    const [, at, ...rest] = issue?.path ?? []
    const place = at === undefined ? 'appointments' : `appointments[${String(at)}]`
    const parameter = [place, ...rest.map(String)].join('.').slice(0, 200)
    const why = issue?.code === 'unrecognized_keys' ? 'has a member that is not known' : null
    throw new Refused(
      'unreadable-appointments',
      400,
      `“${parameter}” ${why ?? issue?.message ?? 'cannot be read'}. Nothing was done.`,
      { parameter },
    )
  }
  const all = found.data.appointments.map(seenOf)
  const stranger = all.find((s) => !providers.includes(s.provider))
  if (stranger) {
    const detail = 'This token may not report who was seen at this provider. Nothing was done.'
    const { provider: sent } = stranger
    throw new Refused('not-yours', 403, detail, { parameter: 'provider', sent, allowed: providers })
  }
  const late = all.findIndex((s) => s.seenOn > tomorrow())
  if (late >= 0) {
    const parameter = `appointments[${late}].seen`
    const detail = `“${parameter}” lies ahead: report people when they were seen. Nothing was done.`
    throw new Refused('unreadable-appointments', 400, detail, { parameter })
  }
  return all
}

/** The latest day that it is anywhere: days are those of UTC here, and of the sender's clock there. */
const tomorrow = (): string => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)

function answerOf({ reference, answer, asking, codes }: Reported, home: string) {
  const letter = codes &&
    asking && {
      code: spelled(codes.own),
      address: `${home}/surveys/enter?code=${spelled(codes.own)}`,
      until: asking.closes,
      stop: spelled(codes.stop),
      stopAddress: `${home}/surveys/stop`,
    }
  const survey = asking === null ? null : String(asking.survey)
  return { reference, answer, detail: answers[answer], survey, letter }
}
