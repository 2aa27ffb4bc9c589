export { clopperPearsonInterval, clopperPearsonIntervals } from './clopper-pearson.ts'
export { differenceOfIntervals, rescaleInterval } from './difference-of-intervals.ts'
export * from './difference-of-proportions.ts'
export * from './difference-of-rates.ts'
export * from './mean.ts'
export * from './mean-of-estimates.ts'
export {
  byarInterval,
  exactBelow,
  exactPoissonInterval,
  type PoissonLimits,
  type PoissonMethod,
  type PoissonOptions,
  poissonInterval,
  poissonIntervals,
  poissonLimits,
} from './poisson.ts'
export * from './rate.ts'
export * from './ratio.ts'
export * from './ratio-of-proportions.ts'
export * from './ratio-of-rates.ts'
export { wilsonInterval, wilsonIntervals } from './wilson.ts'
