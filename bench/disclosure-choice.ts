import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { ChosenOnce } from './disclosure/choose-once.ts'
import type { Report } from './report.ts'

const once = join(import.meta.dirname, 'disclosure/choose-once.ts')

/** One region of 8 counties of 10 districts of 22 wards each, by sex and age: 99,846 figures of two shares. */
const large = ['1,8,10,22', '2000', '1'] as const

/**
 * What it costs to choose what is not shown of one large file, as a publish and a check choose it: seconds of the
 * processor, since other work makes the clock say more, and the most memory of the process that chooses.
 */
export async function measureDisclosureChoice(report: Report): Promise<void> {
  const said = execFileSync(process.execPath, [once, ...large], { encoding: 'utf8' })
  const { figures, hidden, seconds, megabytes }: ChosenOnce = JSON.parse(said)
  report.add('figures of a file of two shares of the same people', figures, '', { least: 99_000 })
  report.add('of which are not shown', hidden, '')
  report.add('chosen and attacked, seconds of the processor', seconds, 's', { most: 60 })
  report.add('most memory of the process', megabytes, 'MB', { most: 1000 })
}
