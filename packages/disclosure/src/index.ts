export * from './errors.ts'
export * from './figures/figure.ts'
export * from './round/audit.ts'
export * from './round/controlled.ts'
export { type KeyedRounding, roundCount, roundKeyed } from './round/keyed.ts'
export {
  type DisclosureRules,
  type DisclosureRulesInput,
  disclosureRules,
  parseRules,
} from './rules/schema.ts'
export { type Protection, type Reason, sensitiveCells } from './rules/sensitive.ts'
export * from './suppress/audit.ts'
export type { Audit, Leak } from './suppress/audit-report.ts'
export * from './suppress/protect.ts'
export type { CellInput, Relation } from './table/build.ts'
export { type CrossTableInput, cellKey, crossTable, type Row } from './table/cross-table.ts'
export type { Category, Dimension } from './table/dimension.ts'
export { type EarlierRelease, type Links, linkReleases, linkTables } from './table/link.ts'
export { listedTable } from './table/listed-table.ts'
export { type CellStatus, type CellTable, cellOf, cellStatuses } from './table/table.ts'
