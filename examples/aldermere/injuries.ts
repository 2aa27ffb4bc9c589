import { type County, deprivationStep, typicalDeprivation, type Ward } from './county.ts'
import { type Cell, csvFile, type PublishedFile } from './csv.ts'
import { years } from './measure.ts'
import { Random } from './random.ts'

const sexes = ['girls', 'boys'] as const

/** Girls and boys of one ward who were admitted: few, and more where people have less. */
function admitted(random: Random, ward: Ward, year: number): number[] {
  const deprived = (ward.deprivation - typicalDeprivation) / deprivationStep
  const rate = 0.009 * (1 + 0.35 * deprived) * (1 - 0.03 * year)
  return sexes.map((sex) =>
    random.poisson((sex === 'boys' ? 0.58 : 0.42) * ward.children * Math.max(0.001, rate)),
  )
}

const plus = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((x, i) => x + (b[i] ?? 0))

/**
 * Children admitted to hospital for injuries, by ward and sex: the true counts, as a hospital board would
 * hand them in. Many are so small that they must not be shown, which publishing sees to.
 */
export function injuryFiles(seed: number, county: County): PublishedFile[] {
  const header = ['level', 'code', 'name', 'district', 'county', 'sex', 'admissions', 'children']
  return years.map((label, year) => {
    const random = new Random(seed, `injuries/${label}`)
    const counts = county.wards.map((ward) => ({ ward, by: admitted(random, ward, year) }))
    const place = (
      [level, code, name, district]: readonly string[],
      by: readonly number[],
      children: number,
    ): Cell[][] => {
      const row = (sex: string, n: number, of: number): Cell[] => [
        ...[level, code, name, district ?? '', level === 'county' ? '' : county.code, sex].map(
          (x) => x ?? '',
        ),
        n,
        of,
      ]
      const girls = Math.round(0.49 * children)
      return [
        row(
          '',
          by.reduce((a, b) => a + b, 0),
          children,
        ),
        row('girls', by[0] ?? 0, girls),
        row('boys', by[1] ?? 0, children - girls),
      ]
    }
    const together = (wards: typeof counts) => wards.reduce((sum, w) => plus(sum, w.by), [0, 0])
    const children = (wards: typeof counts) => wards.reduce((sum, w) => sum + w.ward.children, 0)
    const rows = [
      ...counts.flatMap(({ ward, by }) =>
        place(['ward', ward.code, ward.name, ward.district.code], by, ward.children),
      ),
      ...county.districts.flatMap((d) => {
        const own = counts.filter((w) => w.ward.district.code === d.code)
        return place(['district', d.code, d.name], together(own), children(own))
      }),
      ...place(['county', county.code, county.name], together(counts), children(counts)),
    ]
    return csvFile(`aldermere-child-injuries-${label}.csv`, header, rows)
  })
}
