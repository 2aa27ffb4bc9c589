import { z } from 'zod'
import type { Service } from '../../../evidence/indicator.ts'
import { page } from '../list.ts'
import { type Call, list, one } from '../operation.ts'

const item = z.strictObject({
  code: z.string().describe('It lasts: pages and filters know it by this.'),
  name: z.string().describe('What it is called.'),
  about: z.string().describe('What the service is for, in a sentence.'),
  provider: z.string().meta({ description: 'What one of its providers is called.' }),
  providers: z.string().describe('What several of its providers are called.'),
  invented: z.boolean().describe('It is of the example area: nobody real.'),
  open: z.int().meta({ description: 'Providers that are open.' }),
  closed: z.int().meta({ description: 'Providers that have closed.' }),
  silent: z.int().meta({ description: 'Open ones of whom no release has a figure.' }),
  indicators: z
    .array(z.string())
    .meta({ description: 'Codes of its indicators that have figures.' }),
  page: z.string().describe('Where its page is, on the same site.'),
})

async function described({ reader, state, indicators }: Call) {
  const counts = await reader.providerCounts(state)
  const published = new Set((await reader.seriesKeys(state)).map((k) => k.indicator))
  const own = (service: Service) =>
    [...indicators.values()].filter((i) => i.service === service.code && published.has(i.code))
  return reader.services(state).map((service) => ({
    code: service.code,
    name: service.name,
    about: service.about,
    provider: service.provider,
    providers: service.providers,
    invented: service.invented ?? false,
    open: counts.get(service.code)?.open ?? 0,
    closed: counts.get(service.code)?.closed ?? 0,
    silent: counts.get(service.code)?.silent ?? 0,
    indicators: own(service).map((i) => i.code),
    page: `/services/${service.code}`,
  }))
}

export const services = list({
  id: 'listServices',
  path: '/services',
  topic: 'services',
  summary: 'All services',
  description: 'General practice, schools, hospitals ... and which indicators each has.',
  filters: {},
  item,
  sorts: {
    code: (s) => s.code,
    name: (s) => s.name,
    open: (s) => s.open,
    closed: (s) => s.closed,
  },
  example: () => '/services',
  find: async (call, _, asked) => page(await described(call), [], asked, asked.sort),
})

export const service = one({
  id: 'getService',
  path: '/services/{code}',
  topic: 'services',
  summary: 'One service',
  description: 'A service by its code.',
  item,
  example: (s) => `/services/${s.service}`,
  find: async (call, code) => (await described(call)).find((s) => s.code === code) ?? null,
  known: async ({ reader, state }) => reader.services(state).map((s) => s.code),
})
