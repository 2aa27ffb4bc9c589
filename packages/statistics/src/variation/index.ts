export * from './i-squared.ts'
export * from './median-ratio.ts'
export * from './spread.ts'
export * from './systematic-component.ts'
