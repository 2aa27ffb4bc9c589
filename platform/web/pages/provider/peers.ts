import * as words from '../../words.ts'
import type { Page, PageContext } from '../context.ts'

/** The statistically nearest providers, with their distances; a visitor may choose others. */
export async function peersPage(code: string, context: PageContext): Promise<Page | null> {
  const subject = await context.reader.subject(context.state, code)
  if (!subject || subject.kind !== 'provider') return null
  const peers = await context.reader.peers(context.state, code)
  const service = subject.service === null ? null : context.reader.service(subject.service)
  const providers = service?.providers ?? 'providers'
  const total = service?.peers.reduce((sum, p) => sum + p.weight, 0) ?? 1
  return {
    view: 'pages/provider/peers',
    data: peers,
    values: {
      title: `${words.sentenceCase(providers)} like ${subject.name}`,
      name: subject.name,
      providers,
      action: `/providers/${code}`,
      features: (service?.peers ?? []).map((p) => [
        { text: words.sentenceCase(p.name) },
        { text: `${words.number((100 * p.weight) / total, 0)}%` },
        {
          text: {
            log: 'by its logarithm',
            none: 'in standard deviations',
            same: 'the same or not',
          }[p.transform],
        },
      ]),
      peers: peers.map((p) => [
        { text: p.name, href: `/providers/${p.code}` },
        { text: words.number(p.distance, 2) },
      ]),
      count: peers.length,
      codes: peers.map((p) => p.code).join(','),
      crumbs: [{ text: subject.name, href: `/providers/${code}` }],
    },
  }
}
