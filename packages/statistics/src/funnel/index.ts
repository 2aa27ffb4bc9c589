export * from './funnel.ts'
export * from './limits.ts'
export * from './over-dispersion.ts'
export { type FunnelScale, type FunnelScores, type FunnelUnits, funnelScores } from './scores.ts'
