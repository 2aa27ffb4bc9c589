import { type RandomSource, randomSource } from '@plumbline/statistics'
import { type Categories, checkCategories, sizeOf } from '../categories.ts'
import { checkSeed, shown } from '../columns.ts'
import { type Refusal, refuse } from '../refusal.ts'

/** Who was drawn, by the row in the frame, ascending. */
export interface Sample {
  readonly kind: 'sample'
  readonly rows: Int32Array
  /** For each drawn row, its chance to be drawn. */
  readonly inclusion: Float64Array
  /** For each drawn row, 1 / its chance: the design weight. */
  readonly weights: Float64Array
}

/**
 * A simple random sample without replacement: every set of rows as likely. The same on every machine for a seed;
 * sort the frame by a lasting identifier first, for the draw hangs on its order.
 * @param frame how many rows there are.
 * @param size how many to draw.
 * @param seed a whole number from 0 to 2⁵³ - 1; publish it and anybody can draw again.
 * @example simpleRandomSample(1000, 5, 2024).rows // [614, 623, 805, 905, 988]
 */
export function simpleRandomSample(frame: number, size: number, seed: number): Sample | Refusal {
  const fault = checkSize('the frame', size, frame) ?? checkSeed(seed)
  if (fault) return fault
  const all = Int32Array.from({ length: frame }, (_, row) => row)
  const rows = drawn(all, size, randomSource(seed)).sort()
  const chance = size / frame
  return {
    kind: 'sample',
    rows,
    inclusion: new Float64Array(size).fill(chance),
    weights: new Float64Array(size).fill(1 / chance),
  }
}

/**
 * A simple random sample within each stratum. Each stratum has a stream of random numbers of its own, by its name,
 * so that a new stratum leaves the draws of the others as they were.
 * @param strata the stratum of each row of the frame.
 * @param sizes how many to draw of each stratum; every stratum must be named, with 0 if nobody is to be asked.
 * @param seed as for {@link simpleRandomSample}.
 * @example stratifiedSample(categoriesOf(['a', 'a', 'a', 'b', 'b']), { a: 2, b: 1 }, 7).weights // [1.5, 1.5, 2]
 */
export function stratifiedSample(
  strata: Categories,
  sizes: Readonly<Record<string, number>>,
  seed: number,
): Sample | Refusal {
  const fault = checkSeed(seed) ?? checkCategories('stratum', strata, strata.codes.length)
  if (fault) return fault
  const members = rowsByStratum(strata)
  for (const name of Object.keys(sizes)) {
    const code = strata.names.indexOf(name)
    if (code < 0 || members[code]?.length === 0) {
      return refuse(
        'unknown-category',
        `No row of the frame is of the stratum ${name}. Take it out of the sizes, or mend its name.`,
        { variable: 'stratum', category: name },
      )
    }
  }
  const rows: Int32Array[] = []
  const chances = new Float64Array(sizeOf(strata))
  for (const [code, name] of strata.names.entries()) {
    const all = members[code] as Int32Array
    if (!Object.hasOwn(sizes, name)) {
      return refuse(
        'category-without-target',
        `The stratum ${name} has no size. Give one, 0 if nobody is to be asked.`,
        { variable: 'stratum', category: name },
      )
    }
    const size = sizes[name] as number
    const fault = checkSize(`the stratum ${name}`, size, all.length, name)
    if (fault) return fault
    chances[code] = size / all.length
    rows.push(drawn(all, size, randomSource(seed, hashOf(name))))
  }
  const chosen = Int32Array.from(rows.flatMap((part) => Array.from(part))).sort()
  const inclusion = Float64Array.from(
    chosen,
    (row) => chances[strata.codes[row] as number] as number,
  )
  return { kind: 'sample', rows: chosen, inclusion, weights: inclusion.map((chance) => 1 / chance) }
}

function rowsByStratum({ names, codes }: Categories): Int32Array[] {
  const counts = new Int32Array(names.length)
  for (const code of codes) counts[code] = (counts[code] as number) + 1
  const members = Array.from(counts, (count) => new Int32Array(count))
  const filled = new Int32Array(names.length)
  for (const [row, code] of codes.entries()) {
    const place = filled[code] as number
    ;(members[code] as Int32Array)[place] = row
    filled[code] = place + 1
  }
  return members
}

/** The first steps of a shuffle (Durstenfeld 1964); changes `all`. */
function drawn(all: Int32Array, size: number, random: RandomSource): Int32Array {
  for (let i = 0; i < size; i++) {
    const j = i + random.below(all.length - i)
    const chosen = all[j] as number
    all[j] = all[i] as number
    all[i] = chosen
  }
  return all.slice(0, size)
}

/** 32 bits of a name (FNV-1a), for the stream of a stratum. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  }
  return hash >>> 0
}

function checkSize(where: string, size: number, of: number, name?: string): Refusal | undefined {
  if (Number.isSafeInteger(size) && size >= 0 && size <= of && Number.isSafeInteger(of)) {
    return undefined
  }
  return refuse(
    'sample-too-large',
    `${shown(size)} cannot be drawn from ${where}, which has ${shown(of)}. Give a whole number up to that.`,
    name === undefined ? {} : { variable: 'stratum', category: name },
  )
}
