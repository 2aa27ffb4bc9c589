import { Kept } from '../comparison/kept.ts'
import type { State } from '../comparison/reader.ts'
import type { Database } from '../database/database.ts'
import { type Card, cardSchema, type Item, itemsOf, type Part } from './card.ts'
import { type ItemState, scale, states } from './score.ts'

/** A score, 0 to 1, its standard error and its grade; null for what is not known. */
export interface Mark {
  readonly score: number | null
  readonly error: number | null
  /** Place in `letters`. */
  readonly grade: number | null
  /** The probability of each letter. */
  readonly likely: readonly number[] | null
}

export interface ItemMark {
  readonly item: Item
  readonly state: ItemState
  readonly score: number | null
  readonly error: number | null
  readonly period: string | null
}

/** The card of one provider. */
export interface OwnCard {
  readonly card: Card
  readonly code: string
  readonly name: string
  readonly closed: boolean
  readonly parts: Readonly<Record<Part, Mark>>
  readonly overall: Mark
  readonly items: readonly ItemMark[]
  /** Ranks from 1 among those with an overall grade; null without one. */
  readonly standing: {
    readonly among: number
    readonly lowest: number
    readonly highest: number
    /** The share of weightings, each weight up to a quarter off, with the same grade. */
    readonly steady: number
    readonly weightedLowest: number
    readonly weightedHighest: number
  } | null
}

/** All cards of a service, by code. */
export interface ServiceCards {
  readonly card: Card
  readonly codes: readonly string[]
  of(code: string): OwnCard | null
}

/** What pages may ask of report cards. All answers are stored results of one state. */
export interface CardsReader {
  /** The cards of a service; null where none is written for it. */
  all(state: State, service: string): Promise<ServiceCards | null>
  /** One provider's card; null where nothing that counts is known of it. */
  of(state: State, service: string, code: string): Promise<OwnCard | null>
  /** Every card that a state knows and that somebody is graded by, by service. */
  cards(state: State): Promise<readonly Card[]>
}

interface HeadRow {
  code: string
  publication: number
  definition: string
  subjects: number[]
  among: number[]
  lowest: number[]
  highest: number[]
  steady: number[]
  weighted_lowest: number[]
  weighted_highest: number[]
}

interface ItemRow {
  item: number
  periods: string[]
  score: number[]
  error: number[]
  state: number[]
  period: number[]
}

interface PartRow {
  part: string
  score: number[]
  error: number[]
  grade: number[]
  likely: number[]
}

interface NameRow {
  id: number
  code: string
  name: string
  closed: boolean
}

const headOf = `select distinct on (code) * from report_card where publication <= $1
  order by code, publication desc`

export class CardStore implements CardsReader {
  readonly #db: Database
  readonly #all = new Kept<ServiceCards | null>(6)
  readonly #cards = new Kept<readonly Card[]>(4)

  constructor(db: Database) {
    this.#db = db
  }

  all(state: State, service: string): Promise<ServiceCards | null> {
    return this.#all.get(`${state.publication} ${service}`, () =>
      this.#read(state.publication, service),
    )
  }

  async of(state: State, service: string, code: string): Promise<OwnCard | null> {
    return (await this.all(state, service))?.of(code) ?? null
  }

  cards(state: State): Promise<readonly Card[]> {
    return this.#cards.get(String(state.publication), async () => {
      const rows = await this.#db.query<Pick<HeadRow, 'definition'>>(
        `select definition from (${headOf}) newest
         where definition is not null and cardinality(subjects) > 0 order by service, code`,
        [state.publication],
      )
      return rows.map((r) => cardSchema.parse(JSON.parse(r.definition)))
    })
  }

  /** Of several cards of a service (an operator's beside the one that ships) the one with most providers. */
  async #read(publication: number, service: string): Promise<ServiceCards | null> {
    const db = this.#db
    const [head] = await db.query<HeadRow>(
      `select * from (${headOf}) newest where service = $2 and definition is not null
       order by cardinality(subjects) desc, code limit 1`,
      [publication, service],
    )
    if (!head) return null
    const key = [head.code, head.publication]
    const items = await db.query<ItemRow>(
      'select * from report_card_item where code = $1 and publication = $2 order by item',
      key,
    )
    const marks = await db.query<PartRow>(
      'select * from report_card_part where code = $1 and publication = $2',
      key,
    )
    const names = await db.query<NameRow>(
      `select distinct on (l.subject_id) l.subject_id as id, s.code, l.name,
         coalesce((l.body->>'closed')::boolean, false) as closed
       from listing l join subject s on s.id = l.subject_id
       where l.publication <= $1 and l.subject_id = any($2::int[])
       order by l.subject_id, l.publication desc`,
      [publication, head.subjects],
    )
    return serviceCards(head, items, marks, names)
  }
}

const share = (x: number | undefined): number | null =>
  x === undefined || x < 0 ? null : x / scale

function serviceCards(
  head: HeadRow,
  items: readonly ItemRow[],
  marks: readonly PartRow[],
  names: readonly NameRow[],
): ServiceCards {
  const card = cardSchema.parse(JSON.parse(head.definition))
  const what = itemsOf(card)
  const named = new Map(names.map((n) => [n.id, n]))
  const place = new Map(
    head.subjects.flatMap((id, at): [string, number][] => {
      const code = named.get(id)?.code
      return code === undefined ? [] : [[code, at]]
    }),
  )
  const markAt = (part: string, at: number): Mark => {
    const row = marks.find((m) => m.part === part)
    const grade = row?.grade[at] ?? -1
    const likely = row?.likely.slice(5 * at, 5 * at + 5).map(share) ?? []
    const known = likely.filter((x) => x !== null)
    return {
      score: share(row?.score[at]),
      error: share(row?.error[at]),
      grade: grade < 0 ? null : grade,
      likely: known.length === 5 ? known : null,
    }
  }
  const itemAt = (item: Item, k: number, at: number): ItemMark => {
    const row = items[k]
    return {
      item,
      state: states[row?.state[at] ?? states.indexOf('no figure')] ?? 'no figure',
      score: share(row?.score[at]),
      error: share(row?.error[at]),
      period: row?.periods[row.period[at] ?? -1] ?? null,
    }
  }
  const standingAt = (at: number): OwnCard['standing'] =>
    (head.lowest[at] ?? -1) < 0
      ? null
      : {
          among: head.among[at] ?? 0,
          lowest: head.lowest[at] ?? 0,
          highest: head.highest[at] ?? 0,
          steady: share(head.steady[at]) ?? 0,
          weightedLowest: head.weighted_lowest[at] ?? 0,
          weightedHighest: head.weighted_highest[at] ?? 0,
        }
  const of = (code: string): OwnCard | null => {
    const at = place.get(code)
    const name = at === undefined ? undefined : named.get(head.subjects[at] ?? -1)
    if (at === undefined || !name) return null
    const each = (p: Part): Mark => markAt(p, at)
    return {
      card,
      code,
      name: name.name,
      closed: name.closed,
      parts: {
        outcomes: each('outcomes'),
        experience: each('experience'),
        fairness: each('fairness'),
        value: each('value'),
      },
      overall: markAt('overall', at),
      items: what.map((item, k) => itemAt(item, k, at)),
      standing: standingAt(at),
    }
  }
  return { card, codes: [...place.keys()], of }
}
