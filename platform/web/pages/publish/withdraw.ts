import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ReleaseRow } from '../../../comparison/figures.ts'
import { field } from '../../forms.ts'
import * as words from '../../words.ts'
import type { PublishPlace } from './place.ts'

const refreshAfter = 5
const patience = 2000

/** Taking a release back, with a reason that everybody can read. */
export function addWithdraw(app: FastifyInstance, { uploads, reader, page }: PublishPlace): void {
  const find = async ({ params }: FastifyRequest): Promise<ReleaseRow | null> => {
    const { code = '' } = params as { code?: string }
    if (!/^[1-9]\d{0,8}$/.test(code)) return null
    return (await reader.release(await reader.state(), Number(code)))?.release ?? null
  }
  const thing = async (request: FastifyRequest) => {
    const release = await find(request)
    return release && (release.service === null ? {} : { service: release.service })
  }
  const config = { act: 'withdraw-release', thing } as const
  const url = '/publish/releases/:code/withdraw'
  const valuesOf = (release: ReleaseRow) => ({
    title: `Withdraw release ${release.id}`,
    release: {
      id: release.id,
      about: `${release.title}, ${words.period(release.period)}`,
      isPublished: release.status === 'published',
    },
    standing: uploads.withdrawing(release.id),
    refreshAfter,
  })

  app.get(url, { config }, async (request, reply) => {
    let release = await find(request)
    if (!release) return reply.callNotFound()
    if (uploads.withdrawing(release.id) === 'under way') {
      await uploads.quiet(patience)
      release = (await find(request)) ?? release
    }
    const values = valuesOf(release)
    if (values.standing === 'under way') reply.header('refresh', String(refreshAfter))
    return page(reply, 'pages/publish/withdraw', values)
  })

  app.post(url, { config }, async (request, reply) => {
    const release = await find(request)
    if (!release) return reply.callNotFound()
    const reason = field(request, 'reason')
      .replace(/\p{C}+/gu, ' ')
      .trim()
    if (release.status === 'published' && (reason === '' || reason.length > 500)) {
      const error = reason === '' ? 'Say why it is withdrawn' : 'Use at most 500 characters'
      const values = { ...valuesOf(release), title: `Error: Withdraw release ${release.id}` }
      return page(reply.code(400), 'pages/publish/withdraw', { ...values, error, reason })
    }
    if (release.status === 'published') uploads.withdraw(release.id, 'a steward', reason)
    return reply.redirect(`/publish/releases/${release.id}/withdraw`, 303)
  })
}
