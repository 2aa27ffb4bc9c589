import type { ColumnReport } from '../evidence/column-use.ts'

/** What may become of a file's columns, in the report's words. */
export const columnUses: readonly { readonly use: keyof ColumnReport; readonly words: string }[] = [
  { use: 'figures', words: 'read as figures' },
  { use: 'descriptions', words: 'read as descriptions' },
  { use: 'checked', words: 'only checked' },
  { use: 'ignored', words: 'ignored' },
]
