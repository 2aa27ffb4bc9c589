import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { carryOutBy } from '../../cli/pushes-in-thread.ts'
import { makeVerbs } from '../../cli/verbs.ts'
import type { Database } from '../../database/database.ts'
import type { Catalogue } from '../../evidence/catalogue.ts'
import { type CarryOut, Pushes } from '../../pushes/pushes.ts'
import { makeReader } from '../../reader.ts'
import { makeToken, type TokenWanted } from '../../tokens/store.ts'
import { buildServer } from '../server.ts'

export interface PushServer {
  readonly app: Awaited<ReturnType<typeof buildServer>>
  readonly pushes: Pushes
  /** Where what is sent lies while it is read. */
  readonly folder: string
  /** What went wrong on our side. */
  readonly problems: unknown[]
  /** Makes a token: of the clinics that it may publish, unless said otherwise. */
  token(wanted?: Partial<TokenWanted>): Promise<string>
}

/** A server that takes pushes, over a database, in this thread. */
export async function pushServer(
  db: Database,
  catalogue: Catalogue,
  {
    mostBytes = 2_000_000,
    patience,
    limit = 100_000,
    carryOut,
  }: { mostBytes?: number; patience?: number; limit?: number; carryOut?: CarryOut } = {},
): Promise<PushServer> {
  const root = mkdtempSync(join(tmpdir(), 'plumbline-pushes-'))
  const folder = join(root, 'pushes')
  const problems: unknown[] = []
  const never = new AbortController().signal
  const pushes = new Pushes({
    db,
    folder,
    carryOut: carryOut ?? carryOutBy(makeVerbs(catalogue), db, root, never),
    descriptors: () => catalogue.descriptors,
    mostBytes,
    onProblem: (error) => problems.push(error),
  })
  await pushes.removeUnfinished()
  const app = await buildServer({
    reader: makeReader(db, catalogue),
    pushes: { pushes, limit, ...(patience === undefined ? {} : { patience }) },
    logLevel: 'silent',
    example: null,
    ready: async () => true,
  })
  const usual = { name: 'The clinics', scope: { descriptors: ['clinics'] }, publishes: true }
  return {
    app,
    pushes,
    folder,
    problems,
    token: async (wanted = {}) => (await makeToken(db, { ...usual, ...wanted })).token,
  }
}
