import { type CellProblem, compileField } from './cells.ts'
import type { ColumnUse } from './column-use.ts'
import type { Descriptor } from './descriptor.ts'
import type { Locate } from './template.ts'

export interface FieldCheck {
  readonly at: number
  readonly column: string
  readonly check: (text: string) => CellProblem
  readonly unique: boolean
}

/** Columns that the descriptor names, whether or not anything else reads them. */
export function fieldChecks(descriptor: Descriptor, locate: Locate): FieldCheck[] {
  return descriptor.fields.flatMap((f) => {
    const at = locate(f.name)
    return at === undefined ? [] : fieldCheck(f, at, f.name, descriptor)
  })
}

/** Columns that no field names and no figure is read from, by the families of the descriptor. */
export function familyChecks(
  descriptor: Descriptor,
  header: readonly string[],
  use: ColumnUse,
): FieldCheck[] {
  const named = new Set(descriptor.fields.flatMap((f) => [f.name, ...(f.aliases ?? [])]))
  const families = descriptor.families.map((family) => ({
    family,
    fits: new RegExp(`^(?:${family.columns})$`, 'u'),
  }))
  return header.flatMap((cell, at) => {
    const name = cell.trim()
    if (named.has(name) || use.of(at) === 'figures') return []
    const found = families.find(({ fits }) => fits.test(name))
    return found ? fieldCheck(found.family, at, name, descriptor) : []
  })
}

function fieldCheck(
  promise: Parameters<typeof compileField>[0],
  at: number,
  column: string,
  { missingValues, codes }: Descriptor,
): FieldCheck[] {
  const check = compileField(promise, new Set(missingValues), new Map(Object.entries(codes)))
  const unique = promise.constraints.unique === true
  return check || unique ? [{ at, column, check: check ?? (() => null), unique }] : []
}
