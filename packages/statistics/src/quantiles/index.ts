export * from './percentile.ts'
export * from './quantiles.ts'
