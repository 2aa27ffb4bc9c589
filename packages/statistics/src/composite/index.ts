export {
  type CompositeOptions,
  compositeErrors,
  compositeScores,
  type MissingPolicy,
} from './aggregate.ts'
export * from './extra-credit.ts'
export { type Cuts, gradeProbabilities, gradesOf } from './grades.ts'
export * from './horizon.ts'
export { type Normalisation, type NormaliseOptions, normalise } from './normalise.ts'
export * from './sensitivity.ts'
