import type { County, Provider } from './county.ts'
import { type Cell, csvFile, type PublishedFile } from './csv.ts'
import { probability, Random } from './random.ts'

/** April 2020 to March 2025. */
const months = Array.from({ length: 60 }, (_, i) => {
  const month = ((i + 3) % 12) + 1
  return { label: `${2020 + Math.floor((i + 3) / 12)}-${String(month).padStart(2, '0')}`, month }
})

/** From this month on the second hospital lets far fewer people leave within four hours. */
export const shiftMonth = '2023-05'

/** What winter adds to how many come, and takes from how many are seen in time. */
const winter: Readonly<Record<number, number>> = { 11: 0.4, 12: 0.9, 1: 1, 2: 0.7, 3: 0.3 }

interface Month {
  readonly attendances: number
  readonly inTime: number
}

function hospitalMonths(seed: number, hospital: Provider, shifts: boolean): Month[] {
  const random = new Random(seed, `emergency/${hospital.code}`)
  return months.map(({ label, month }, i) => {
    const cold = winter[month] ?? 0
    const usual = hospital.size * 14 * (1 + 0.004 * i + 0.06 * cold)
    const attendances = random.poisson(usual)
    const shift = shifts && label >= shiftMonth ? -0.55 : 0
    const odds = 1.25 - 0.004 * i - 0.22 * cold + shift + 0.05 * random.normal()
    return { attendances, inTime: random.binomial(attendances, probability(odds)) }
  })
}

/** Monthly attendances at the two emergency departments and how many were dealt with in time. */
export function monthlyFile(seed: number, county: County): PublishedFile {
  const all = county.hospitals.map((h, i) => hospitalMonths(seed, h, i === 1))
  const cells = ({ attendances, inTime }: Month): Cell[] => [
    attendances,
    inTime,
    ((100 * inTime) / attendances).toFixed(1),
  ]
  const rows = months.flatMap(({ label }, i): Cell[][] => {
    const own = all.map((of) => of[i] as Month)
    const together = {
      attendances: own.reduce((n, m) => n + m.attendances, 0),
      inTime: own.reduce((n, m) => n + m.inTime, 0),
    }
    return [
      ...county.hospitals.map((h, k) => [
        label,
        'provider',
        h.code,
        h.name,
        ...cells(own[k] as Month),
      ]),
      [label, 'county', county.code, county.name, ...cells(together)],
    ]
  })
  const header = ['month', 'area', 'code', 'name', 'attendances', 'within_four_hours', 'percent']
  return csvFile('aldermere-emergency-monthly.csv', header, rows)
}
