/**
 * The words of a name as they are held against another: without capitals, accents and punctuation.
 * @example nameWords("St. Mary's Surgery") // ['st', 'marys', 'surgery']
 */
export function nameWords(name: string): string[] {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/['’`]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}

/** Words without what lies between them: "MyHealth" is "My Health". */
const run = (words: readonly string[]): string => words.join('')

/** Groups of three letters, by which a spelling is known in spite of a slip. */
function trigrams(word: string): Set<string> {
  const padded = `  ${word} `
  const found = new Set<string>()
  for (let i = 0; i + 3 <= padded.length; i++) found.add(padded.slice(i, i + 3))
  return found
}

/** Half of the trigrams of two words: "Anstey" and "Ansty". */
const likeEnough = 0.5

/** Whether two words may be one: the same, cut short ("med" of "medical"), or spelt with a slip. Numbers are exact. */
function sameWord(a: string, b: string): boolean {
  if (a === b) return true
  if (/\d/.test(a) || /\d/.test(b)) return false
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (short.length >= 3 && long.startsWith(short)) return true
  if (short.length < 4) return false
  const [first, second] = [trigrams(a), trigrams(b)]
  const shared = first.intersection(second).size
  return shared / (first.size + second.size - shared) >= likeEnough
}

/** Words that tell nobody apart, however few have them. */
const empty = new Set('the and of at in dr drs doctor doctors mr mrs ms miss prof'.split(' '))
/** A practice may be called by its doctors in one file and by its house in another. */
const ofPeople = /^(the )?(drs?|doctors?|mr|mrs|ms|miss|prof|professor)\b/

/** So much of what tells a name apart must be in the other. */
const enough = 0.35
/** A single letter is an initial, which tells little. */
const initial = 0.2
/** A word that everybody has tells next to nothing, but is not nothing. */
const least = 0.01

/** `differ`: another name. `untold`: people against a house, which may be the same or not. */
export type Agreement = 'agree' | 'differ' | 'untold'

/**
 * Whether names are the same but for how they are written, judged among the names of one file: a word counts the
 * more the fewer of these have it ("surgery" little, "Anstey" much).
 */
export class NamesAgree {
  readonly #having = new Map<string, number>()
  readonly #owners = new Map<string, string>()
  #names = 0

  /** Adds a name that is known, with the code of its owner. */
  add(name: string, code: string): void {
    const words = nameWords(name)
    this.#names += 1
    for (const word of new Set(words)) this.#having.set(word, (this.#having.get(word) ?? 0) + 1)
    if (!this.#owners.has(run(words))) this.#owners.set(run(words), code)
  }

  /** Who is known by exactly this name; null where nobody is. */
  owner(name: string): string | null {
    return this.#owners.get(run(nameWords(name))) ?? null
  }

  /** @param known the name by which the code is known: one of those that were added. */
  judge(name: string, known: string): Agreement {
    const [a, b] = [nameWords(name), nameWords(known)]
    if (run(a) === run(b)) return 'agree'
    const likeness = Math.max(this.#held(a, b), this.#held(b, a))
    if (likeness >= enough) {
      // Some of its words, and all of the words of somebody else.
      return likeness < 1 && this.owner(name) !== null ? 'differ' : 'agree'
    }
    return ofPeople.test(a.join(' ')) === ofPeople.test(b.join(' ')) ? 'differ' : 'untold'
  }

  /** How much of what tells `words` apart is in `others`: 0 to 1. */
  #held(words: readonly string[], others: readonly string[]): number {
    let all = 0
    let shared = 0
    for (const word of new Set(words)) {
      const weight = this.#weight(word)
      all += weight
      if (others.some((other) => sameWord(word, other))) shared += weight
    }
    return all === 0 ? 0 : shared / all
  }

  #weight(word: string): number {
    if (empty.has(word)) return least
    const rare = Math.log((this.#names + 1) / ((this.#having.get(word) ?? 0) + 0.5))
    return Math.max(least, rare) * (/^\p{L}$/u.test(word) ? initial : 1)
  }
}
