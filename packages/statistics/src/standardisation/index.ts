export * from './direct.ts'
export * from './indirect.ts'
export * from './life-expectancy.ts'
export * from './standard-populations.ts'
