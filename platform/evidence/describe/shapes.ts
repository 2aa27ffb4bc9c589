/** How the texts of a column are built: runs of letters and digits, with how long each run may be. */
export class Shapes {
  /** By the runs' kinds: the least and the most length of each run. */
  readonly #known = new Map<string, [number, number][]>()
  #tooMany = false

  add(text: string): void {
    if (this.#tooMany) return
    const { kinds, lengths } = runs(text)
    const known = this.#known.get(kinds)
    if (known) {
      lengths.forEach((n, i) => {
        const run = known[i] as [number, number]
        run[0] = Math.min(run[0], n)
        run[1] = Math.max(run[1], n)
      })
    } else if (this.#known.size < 3) {
      this.#known.set(
        kinds,
        lengths.map((n) => [n, n]),
      )
    } else {
      this.#tooMany = true
      this.#known.clear()
    }
  }

  /** A regular expression that every text fits, where they are codes with digits; else null. */
  pattern(): string | null {
    if (this.#tooMany || this.#known.size === 0) return null
    const patterns = [...this.#known].map(([kinds, lengths]) => onePattern(kinds, lengths))
    const isCode = [...this.#known].every(
      ([kinds, lengths]) =>
        kinds.includes('9') &&
        kinds.length <= 6 &&
        !kinds.includes(' ') &&
        lengths.every(([, most]) => most <= 12),
    )
    return isCode ? patterns.join('|') : null
  }
}

/** How places, practices and schools are numbered in all the country: no later code is of another length. */
const official = ['[A-Z]\\d{8}', '[A-Z]\\d{5}', '\\d{6}']

/**
 * A drafted pattern of codes that later ones fit too, which are longer or mix their letters and digits otherwise;
 * what is no code, such as "Total", still fits it not.
 * @example lasting('[A-Z]\\d{2}|[A-Z]\\d') // '[A-Z\\d]+'
 */
export function lasting(pattern: string): string {
  if (official.includes(pattern)) return pattern
  const bare = pattern.replaceAll(/\{\d+(,\d+)?\}/g, '')
  if (/^(\\d|\|)+$/.test(bare)) return '\\d+'
  if (/^(\[A-Z\]|\\d|\|)+$/.test(bare)) return '[A-Z\\d]+'
  return bare.replaceAll(/\[A-Z\]|\[a-z\]|\\d/g, (each) => `${each}+`)
}

function runs(text: string): { kinds: string; lengths: number[] } {
  let kinds = ''
  const lengths: number[] = []
  for (const unit of text.slice(0, 40)) {
    const kind = /[A-Z]/.test(unit) ? 'A' : /[a-z]/.test(unit) ? 'a' : /\d/.test(unit) ? '9' : unit
    if (kinds.endsWith(kind)) lengths[lengths.length - 1] = (lengths.at(-1) ?? 0) + 1
    else {
      kinds += kind
      lengths.push(1)
    }
  }
  return { kinds, lengths }
}

function onePattern(kinds: string, lengths: readonly [number, number][]): string {
  const classes: Record<string, string> = { A: '[A-Z]', a: '[a-z]', '9': '\\d' }
  return [...kinds]
    .map((kind, i) => {
      const [least, most] = lengths[i] as [number, number]
      const times = least === most ? (least === 1 ? '' : `{${least}}`) : `{${least},${most}}`
      return `${classes[kind] ?? kind.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')}${times}`
    })
    .join('')
}
