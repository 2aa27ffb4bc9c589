export * from './recent-trend.ts'
export * from './trend.ts'
