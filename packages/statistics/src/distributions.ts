// A file for each family: who uses one does not carry the others.
export * from './distributions/beta.ts'
export * from './distributions/chi-squared.ts'
export * from './distributions/gamma.ts'
export * from './distributions/normal.ts'
export * from './distributions/t.ts'
