export * from './concentration.ts'
export * from './disparity.ts'
export * from './gap.ts'
export * from './ridits.ts'
export {
  type OrderedGroups,
  type SlopeIndex,
  type SlopeIndexEstimate,
  type SlopeScale,
  slopeIndex,
  slopeIndexInterval,
} from './slope.ts'
export * from './slope-columns.ts'
export * from './slope-simulation.ts'
export * from './theil.ts'
