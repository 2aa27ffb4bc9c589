import { createHash } from 'node:crypto'
import { beThrifty } from '../../platform/cli/thrift.ts'
import { chooseShown } from '../../platform/disclosure/choose.ts'
import { disclosureSchema } from '../../platform/disclosure/declaration.ts'
import type { Indicator } from '../../platform/evidence/indicator.ts'
import { clinics } from '../../platform/publishing/testing.ts'
import { inventedShares, shares, type Widths } from './invented-shares.ts'

/**
 * Chooses once what of an invented file is not shown, in a process of its own, since the most memory that one held is
 * known of the whole process alone: `node choose-once.ts 1,8,10,22 25 1`. Says what it took as JSON, with a digest of
 * what is hidden, by which two states of the code can be held against each other.
 */
export interface ChosenOnce {
  readonly figures: number
  readonly hidden: number
  readonly seconds: number
  readonly megabytes: number
  readonly digest: string
}

// As the command line runs it.
beThrifty()
const [widths = '1,8,10,22', mean = '25', seed = '1'] = process.argv.slice(2)
const { places, parts } = inventedShares(
  widths.split(',').map(Number) as unknown as Widths,
  Number(mean),
  Number(seed),
)
const share = clinics.indicators.get('seen-in-time') as Indicator
const before = process.cpuUsage()
const { verdicts, figures, hidden } = await chooseShown(parts, {
  what: 'The invented file',
  dataset: 'invented',
  declared: disclosureSchema.parse({
    rules: { threshold: 5 },
    chains: [['ward', 'district', 'county', 'region']],
  }),
  indicators: new Map(shares.map((code) => [code, { ...share, code }])),
  locate: (subject) => places[subject] ?? null,
  name: (subject) => `Place ${subject}`,
  code: (subject) => `P${subject}`,
  earlier: async () => [],
  tiedBefore: async () => [],
  secret: async () => 'none',
})
const { user, system } = process.cpuUsage(before)
const hash = createHash('sha256')
for (const part of parts) hash.update(`${verdicts.get(part)?.join()}\n`)
const said: ChosenOnce = {
  figures,
  hidden,
  seconds: (user + system) / 1e6,
  megabytes: (process.resourceUsage().maxRSS * 1024) / 1e6,
  digest: hash.digest('hex').slice(0, 16),
}
process.stdout.write(`${JSON.stringify(said)}\n`)
