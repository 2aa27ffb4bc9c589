/** The fact that names who came after, by their codes with commas between. */
export const successorFact = 'Successor'

/** What a release says of a provider or place. */
export interface Description {
  readonly name: string
  readonly authority: number
  readonly level: string | null
  readonly service: string | null
  readonly postcode: string | null
  readonly address: string | null
  readonly town: string | null
  readonly type: string | null
  readonly status: string | null
  readonly easting: number | null
  readonly northing: number | null
  /** Subject numbers of the places that it lies in, from the smallest to the largest. */
  readonly parents: readonly number[]
  readonly facts: Readonly<Record<string, string>>
}

export interface Subject {
  readonly id: number
  readonly kind: 'provider' | 'place'
  readonly code: string
}

export interface KnownSubjects {
  readonly subjects: readonly Subject[]
  /** Those that have a number and whom nobody knows: only drafts that nobody published have named them. */
  readonly unlisted?: readonly Subject[]
  readonly aliases: readonly { scheme: string; value: string; subject: number }[]
  /** What they are called by all that is published. */
  readonly names?: readonly { subject: number; name: string }[]
}

/** The word of a register: no other file's changes what somebody is called. */
const registersWord = 100

/**
 * The providers and places known so far, by code and by alias, and those that a file adds. Numbers
 * of new ones follow on; nothing is stored until the file has been accepted.
 */
export class Subjects {
  readonly #byCode = new Map<string, Subject>()
  readonly #unlisted = new Map<string, Subject>()
  readonly #byAlias = new Map<string, number>()
  readonly #byId = new Map<number, Subject>()
  readonly #names = new Map<number, { readonly name: string; readonly authority: number }>()
  #next: number
  /** Added since the last `taken`. */
  #added: Subject[] = []
  #addedAliases: { scheme: string; value: string; subject: number }[] = []

  constructor(known: KnownSubjects) {
    this.#next = 1
    const number = ({ id }: Subject): void => {
      if (id >= this.#next) this.#next = id + 1
    }
    for (const subject of known.subjects) {
      this.#byCode.set(subject.code, subject)
      this.#byId.set(subject.id, subject)
      number(subject)
    }
    const unlisted = new Set<number>()
    for (const subject of known.unlisted ?? []) {
      this.#unlisted.set(subject.code, subject)
      unlisted.add(subject.id)
      number(subject)
    }
    for (const { scheme, value, subject } of known.aliases) {
      if (!unlisted.has(subject)) this.#byAlias.set(`${scheme}\n${value}`, subject)
    }
    for (const { subject, name } of known.names ?? []) {
      this.#names.set(subject, { name, authority: registersWord })
    }
  }

  /** What a subject is called by what is published and by the files read so far; undefined where nothing names it. */
  nameOf(id: number): string | undefined {
    return this.#names.get(id)?.name
  }

  /** Keeps what a file calls those whom it describes, for the files read after it. */
  learnNames(descriptions: ReadonlyMap<number, Description>): void {
    for (const [id, { name, authority }] of descriptions) {
      const isName = authority > 0 && name !== '' && name !== this.#byId.get(id)?.code
      if (isName && authority >= (this.#names.get(id)?.authority ?? 0)) {
        this.#names.set(id, { name, authority })
      }
    }
  }

  find(scheme: string, code: string): number | undefined {
    return scheme === 'code' ? this.#byCode.get(code)?.id : this.#byAlias.get(`${scheme}\n${code}`)
  }

  get(id: number): Subject | undefined {
    return this.#byId.get(id)
  }

  register(kind: Subject['kind'], code: string): number {
    const known = this.#byCode.get(code)
    if (known) return known.id
    const numbered = this.#unlisted.get(code)
    const subject = { id: numbered?.id ?? this.#next, kind, code }
    if (!numbered) this.#next += 1
    this.#byCode.set(code, subject)
    this.#byId.set(subject.id, subject)
    this.#added.push(subject)
    return subject.id
  }

  alias(scheme: string, value: string, subject: number): void {
    const key = `${scheme}\n${value}`
    if (this.#byAlias.has(key)) return
    this.#byAlias.set(key, subject)
    this.#addedAliases.push({ scheme, value, subject })
  }

  /** What was added since the last call, to be stored with the release; some of it has a number already. */
  taken(): KnownSubjects {
    const taken = { subjects: this.#added, aliases: this.#addedAliases }
    this.#added = []
    this.#addedAliases = []
    return taken
  }

  /** Forgets what was added since the last `taken`: the file was refused. */
  forget(): void {
    for (const s of this.#added) {
      this.#byCode.delete(s.code)
      this.#byId.delete(s.id)
    }
    for (const a of this.#addedAliases) this.#byAlias.delete(`${a.scheme}\n${a.value}`)
    this.#next -= this.#added.filter((s) => !this.#unlisted.has(s.code)).length
    this.#added = []
    this.#addedAliases = []
  }
}
