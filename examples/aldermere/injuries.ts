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

/** How many of them had broken a bone: about one in five. */
const broken = (random: Random, by: readonly number[]): number[] =>
  by.map((n) => random.binomial(n, 0.2))

const plus = (a: readonly number[], b: readonly number[]): number[] =>
  a.map((x, i) => x + (b[i] ?? 0))

/**
 * Children admitted to hospital for injuries, by ward and sex: the true counts, as a hospital board would
 * hand them in. Many are so small that they must not be shown, which publishing sees to. Of districts and the
 * county also how many had broken a bone: with all admissions that tells how many had not.
 */
export function injuryFiles(seed: number, county: County): PublishedFile[] {
  const header = [
    'level',
    'code',
    'name',
    'district',
    'county',
    'sex',
    'admissions',
    'fractures',
    'children',
  ]
  return years.map((label, year) => {
    const random = new Random(seed, `injuries/${label}`)
    const bones = new Random(seed, `fractures/${label}`)
    const counts = county.wards.map((ward) => {
      const by = admitted(random, ward, year)
      return { ward, by, broken: broken(bones, by) }
    })
    const place = (
      [level, code, name, district = '']: readonly string[],
      by: readonly number[],
      broken: readonly number[] | null,
      children: number,
    ): Cell[][] => {
      const where = [level, code, name, district, level === 'county' ? '' : county.code]
      const row = (sex: string, n: number, fractures: number | undefined, of: number): Cell[] => [
        ...where.map((x) => x ?? ''),
        ...[sex, n, fractures ?? '', of],
      ]
      const girls = Math.round(0.49 * children)
      const all = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0)
      return [
        row('', all(by), broken ? all(broken) : undefined, children),
        row('girls', by[0] ?? 0, broken?.[0], girls),
        row('boys', by[1] ?? 0, broken?.[1], children - girls),
      ]
    }
    const together = (wards: typeof counts, of: 'by' | 'broken') =>
      wards.reduce((sum, w) => plus(sum, w[of]), [0, 0])
    const children = (wards: typeof counts) => wards.reduce((sum, w) => sum + w.ward.children, 0)
    const rows = [
      ...counts.flatMap(({ ward, by }) =>
        place(['ward', ward.code, ward.name, ward.district.code], by, null, ward.children),
      ),
      ...county.districts.flatMap((d) => {
        const own = counts.filter((w) => w.ward.district.code === d.code)
        const [by, bones] = [together(own, 'by'), together(own, 'broken')]
        return place(['district', d.code, d.name], by, bones, children(own))
      }),
      ...place(
        ['county', county.code, county.name],
        together(counts, 'by'),
        together(counts, 'broken'),
        children(counts),
      ),
    ]
    return csvFile(`aldermere-child-injuries-${label}.csv`, header, rows)
  })
}
