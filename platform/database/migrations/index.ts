import { statements as evidence } from './0001-evidence.ts'

export interface Migration {
  readonly name: string
  readonly statements: readonly string[]
}

/** In order. A migration that has been released is never changed; a new one follows it. */
export const migrations: readonly Migration[] = [{ name: '0001-evidence', statements: evidence }]
