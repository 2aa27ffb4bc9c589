export { type Categories, categoriesOf, crossed, indicatorOf } from './categories.ts'
export {
  analyseDrivers,
  type Bounded,
  type Driver,
  type DriverAnalysis,
  type DriverOptions,
  type DriverResult,
  type Priority,
} from './drivers/drivers.ts'
export { expectationGap } from './drivers/gap.ts'
export { type ByDomainOptions, estimateByDomain } from './estimates/by-domain.ts'
export {
  type CalibrationBase,
  type DesignInput,
  type SampleDesign,
  sampleDesign,
} from './estimates/design.ts'
export {
  type EstimateOptions,
  estimateMean,
  estimateProportion,
  estimateRatio,
  estimateTotal,
  type SurveyEstimate,
} from './estimates/estimate.ts'
export type { Limits } from './estimates/interval.ts'
export {
  type BootstrapOptions,
  bootstrap,
  type JackknifeOptions,
  jackknife,
  type ReplicateOptions,
  type Replicates,
} from './estimates/replicates.ts'
export { isRefused, type Refusal, type RefusalCode, type Where } from './refusal.ts'
export type { Disposition, StatusWords } from './response/dispositions.ts'
export {
  type CategoryGap,
  type MissingOptions,
  type MissingPeople,
  whoIsMissing,
} from './response/missing.ts'
export { type RateOptions, type ResponseRates, responseRates } from './response/rates.ts'
export {
  type FrameVariable,
  type Representativeness,
  representativeness,
} from './response/representativeness.ts'
export {
  type Allocation,
  type AllocationRule,
  allocate,
  type Stratum,
} from './sampling/allocation.ts'
export {
  type AskingReason,
  type AskingRules,
  type Eligibility,
  mayBeAsked,
  type NotAsked,
  type Person,
} from './sampling/eligibility.ts'
export { allocateReplies, type ProviderFrame, type ReplyAllocation } from './sampling/replies.ts'
export { type Sample, simpleRandomSample, stratifiedSample } from './sampling/sample.ts'
export type { Auxiliary, Quantity } from './weighting/auxiliaries.ts'
export { type CalibrateOptions, calibrate } from './weighting/calibrate.ts'
export type { CalibrationMethod } from './weighting/distance.ts'
export { kish, type WeightingEffect } from './weighting/kish.ts'
export type { Margin } from './weighting/margin.ts'
export {
  adjustForNonResponse,
  type NonResponseCell,
  type NonResponseWeighting,
} from './weighting/non-response.ts'
export { postStratify } from './weighting/post-stratify.ts'
export { type RakeOptions, rake } from './weighting/rake.ts'
export { type Trimming, type TrimOptions, trim } from './weighting/trim.ts'
export type { IteratedWeighting, Weighting } from './weighting/weighting.ts'
