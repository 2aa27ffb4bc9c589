export * from './quantiles.ts'
