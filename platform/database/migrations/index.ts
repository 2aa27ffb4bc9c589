import type { Migration } from '../migrate.ts'

/**
 * The changes to the tables, oldest first. A name starts with its number and never changes once it
 * is released: a database remembers by name what was done to it.
 */
export const migrations: readonly Migration[] = []
