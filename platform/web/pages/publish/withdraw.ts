import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ReleaseRow } from '../../../comparison/figures.ts'
import type { ReleasePage } from '../../../comparison/release-page.ts'
import { allowed } from '../../../people/rules.ts'
import { field } from '../../forms.ts'
import { newForm, sentFormOf } from '../../sent-form.ts'
import * as words from '../../words.ts'
import type { PublishPlace } from './place.ts'
import { sentBefore } from './sent-before.ts'

const refreshAfter = 5
const patience = 2000

/** Taking a release back, with a reason that everybody can read. */
export function addWithdraw(app: FastifyInstance, place: PublishPlace): void {
  const { uploads, reader, page } = place
  const pageOf = async ({ params }: FastifyRequest): Promise<ReleasePage | null> => {
    const { code = '' } = params as { code?: string }
    if (!/^[1-9]\d{0,8}$/.test(code)) return null
    return reader.release(await reader.state(), Number(code))
  }
  const find = async (request: FastifyRequest): Promise<ReleaseRow | null> =>
    (await pageOf(request))?.release ?? null
  const thing = async (request: FastifyRequest) => {
    const release = await find(request)
    return release && (release.service === null ? {} : { service: release.service })
  }
  const config = { act: 'withdraw-release', thing } as const
  const url = '/publish/releases/:code/withdraw'
  /** Of which indicators it has figures: they go with it. */
  const goneWith = async (request: FastifyRequest) => {
    const { indicators: codes = [] } = (await pageOf(request)) ?? {}
    const known = await reader.indicators(await reader.state())
    return codes.map((code) => ({ code, name: known.get(code)?.name ?? code }))
  }
  const valuesOf = async (release: ReleaseRow) => {
    const asked = await uploads.withdrawals.find(release.id)
    return {
      title: `Withdraw release ${release.id}`,
      release: {
        id: release.id,
        about: `${release.title}, ${words.period(release.period)}`,
        isPublished: release.status === 'published',
      },
      standing: asked?.state ?? null,
      reason: asked?.reason ?? '',
      form: newForm(),
      refreshAfter,
    }
  }

  const isWithdrawn = async (request: FastifyRequest, id: number): Promise<boolean> =>
    (await uploads.withdrawals.find(id)) !== null || (await find(request))?.status === 'withdrawn'

  app.get(url, { config }, async (request, reply) => {
    let release = await find(request)
    if (!release) return reply.callNotFound()
    let values = await valuesOf(release)
    if (values.standing === 'waiting') {
      await uploads.withdrawals.quiet(patience)
      release = (await find(request)) ?? release
      values = await valuesOf(release)
    }
    if (values.standing === 'waiting') reply.header('refresh', String(refreshAfter))
    return page(reply, 'pages/publish/withdraw', { ...values, indicators: await goneWith(request) })
  })

  app.post(url, { config }, async (request, reply) => {
    const release = await find(request)
    if (!release) return reply.callNotFound()
    const reason = field(request, 'reason')
      .replace(/\p{C}+/gu, ' ')
      .trim()
    if (release.status === 'published' && (reason === '' || reason.length > 500)) {
      const error = reason === '' ? 'Say why it is withdrawn' : 'Use at most 500 characters'
      const values = {
        ...(await valuesOf(release)),
        title: `Error: Withdraw release ${release.id}`,
        indicators: await goneWith(request),
      }
      return page(reply.code(400), 'pages/publish/withdraw', { ...values, error, reason })
    }
    const thing = release.service === null ? {} : { service: release.service }
    const role = allowed(request.viewer, 'withdraw-release', thing).grant?.role ?? 'steward'
    const asked = { release: release.id, reason, role }
    const outcome = await uploads.withdrawals.ask(asked, sentFormOf(place, request))
    const file = { href: `/publish/releases/${release.id}/withdraw`, text: `Release ${release.id}` }
    if (outcome === 'sent-otherwise') return sentBefore(place, reply, { reason, file })
    // A correction may have taken its place meanwhile: the page says so.
    if (outcome === 'asked-before' && (await isWithdrawn(request, release.id))) {
      const sentence =
        'The reason that was given first stands. What you wrote is below, and is not kept.'
      const more = { instead: [file], typed: [reason] }
      return place.refuse(reply, 409, 'It is withdrawn already, for another reason', sentence, more)
    }
    return reply.redirect(`/publish/releases/${release.id}/withdraw`, 303)
  })
}
