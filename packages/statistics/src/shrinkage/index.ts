export {
  type BetaBinomialFit,
  type BetaOfUnits,
  fitBetaBinomial,
  sdOfBeta,
} from './beta-binomial.ts'
export {
  fitGammaPoisson,
  type GammaOfUnits,
  type GammaPoissonFit,
  sdOfGamma,
} from './gamma-poisson.ts'
export {
  type BetweenMethod,
  fitNormalNormal,
  type NormalNormalFit,
  type NormalOfUnits,
} from './normal-normal.ts'
export * from './shrink.ts'
