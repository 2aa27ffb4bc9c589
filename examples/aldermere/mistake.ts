import type { County } from './county.ts'
import type { PublishedFile } from './csv.ts'

/** How many pupils of each school the first release forgot. */
const forgotten = 3

/** Port Alder, whose schools they were. */
const port = 'ALDD06'

/**
 * The file as it was first published: in the schools of Port Alder, pupils who sat their tests late
 * were counted among the pupils and not among those who reached the standard.
 */
export function withheldLate(file: PublishedFile, county: County): PublishedFile {
  const [head, ...lines] = file.text.trimEnd().split('\n')
  const columns = (head as string).split(',')
  const [number, of, percent] = ['number', 'of', 'percent'].map((c) =>
    columns.indexOf(`expected_standard_${c}`),
  ) as [number, number, number]
  const wrong = new Set(
    county.primaries.filter((p) => p.ward.district.code === port).map((p) => p.code),
  )
  let missed = 0
  const changed = lines.map((line) => {
    const cells = splitLine(line)
    const code = cells[1] as string
    // Places come after their schools, rounded to 5 as they always are.
    const less = wrong.has(code) ? forgotten : code === port || code === county.code ? missed : 0
    const reached = Number(cells[number]) - (less > forgotten ? 5 * Math.round(less / 5) : less)
    if (less === 0 || !(reached > 4)) return line
    if (wrong.has(code)) missed += forgotten
    cells[number] = String(reached)
    cells[percent] = ((100 * reached) / Number(cells[of])).toFixed(1)
    return cells.map((c) => (c.includes(',') ? `"${c}"` : c)).join(',')
  })
  return { name: file.name, text: `${[head, ...changed].join('\n')}\n` }
}

/** The cells of a line of our own, where names alone may be quoted. */
const splitLine = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map((m) => m[1] ?? m[2] ?? '')
