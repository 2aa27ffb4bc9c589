export * from './nearest.ts'
