export {
  type DifferenceInDifferencesData,
  differenceInDifferences,
  differenceOfChanges,
  type Effect,
  type RobustErrors,
} from './difference-in-differences.ts'
export * from './false-discovery.ts'
export * from './paired.ts'
export * from './period-changes.ts'
