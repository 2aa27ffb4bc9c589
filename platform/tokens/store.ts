import type { Database, Queries } from '../database/database.ts'
import { hasHash, hashOf, idOf, newToken, type Token, type TokenScope } from './token.ts'

interface Row {
  id: number
  name: string
  hash: Uint8Array
  descriptors: readonly string[] | null
  publisher: string | null
  appointments: readonly string[] | null
  publishes: boolean
  made_at: string
  valid_from: string
  valid_until: string | null
  revoked_at: string | null
}

const columns =
  'id, name, hash, descriptors, publisher, appointments, publishes, made_at, valid_from, valid_until, revoked_at'

function scopeOf({ publisher, appointments, descriptors }: Row): TokenScope {
  if (appointments !== null) return { appointments }
  return publisher === null ? { descriptors: descriptors ?? [] } : { publisher }
}

const tokenOf = (r: Row): Token => ({
  id: r.id,
  name: r.name,
  scope: scopeOf(r),
  publishes: r.publishes,
  madeAt: r.made_at,
  validFrom: r.valid_from,
  validUntil: r.valid_until,
  revokedAt: r.revoked_at,
})

export interface TokenWanted {
  readonly name: string
  readonly scope: TokenScope
  readonly publishes: boolean
  /** Moments, or days in UTC; from now on, and for ever, where left out. */
  readonly from?: string | undefined
  readonly until?: string | undefined
}

/** Makes a token and gives it: nobody can read it again, since its hash alone is kept. */
export async function makeToken(
  db: Database,
  { name, scope, publishes, from, until }: TokenWanted,
): Promise<{ readonly id: number; readonly token: string }> {
  return db.transaction(async (tx) => {
    const [made] = await tx.query<{ id: number }>(
      `insert into publisher_token (name, hash, descriptors, publisher, appointments, publishes, valid_from,
         valid_until)
       values ($1, '', $2, $3, $4, $5,
         coalesce($6::timestamp at time zone 'UTC', now()), $7::timestamp at time zone 'UTC')
       returning id`,
      [
        name,
        'descriptors' in scope ? [...scope.descriptors] : null,
        'publisher' in scope ? scope.publisher : null,
        'appointments' in scope ? [...scope.appointments] : null,
        publishes,
        from ?? null,
        until ?? null,
      ],
    )
    const { id } = made as { id: number }
    const token = newToken(id)
    await tx.query('update publisher_token set hash = $2 where id = $1', [id, hashOf(token)])
    return { id, token }
  })
}

/** All tokens, the newest first. */
export async function listTokens(db: Pick<Queries, 'query'>): Promise<Token[]> {
  const rows = await db.query<Row>(`select ${columns} from publisher_token order by id desc`)
  return rows.map(tokenOf)
}

/** Revokes a token from now on; null where there is none of this number. Doing so twice changes nothing. */
export async function revokeToken(db: Pick<Queries, 'query'>, id: number): Promise<Token | null> {
  const rows = await db.query<Row>(
    `update publisher_token set revoked_at = coalesce(revoked_at, now()) where id = $1
     returning ${columns}`,
    [id],
  )
  return rows.map(tokenOf)[0] ?? null
}

/** No token has it: what is compared with a token of which nothing is stored. */
const nothing = new Uint8Array(32)

/** The token that somebody sent; null where it is none of ours. It may be revoked or over. */
export async function findToken(db: Pick<Queries, 'query'>, sent: string): Promise<Token | null> {
  const rows = await db.query<Row>(`select ${columns} from publisher_token where id = $1`, [
    idOf(sent) ?? 0,
  ])
  const [row] = rows
  return hasHash(sent, row?.hash ?? nothing) && row ? tokenOf(row) : null
}
