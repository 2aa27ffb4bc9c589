import { describe, expect, it } from 'vitest'
import { answered } from '../test/answers.ts'
import { apiclus1, apistrat } from '../test/california.ts'
import { categoriesOf, indicatorOf } from './categories.ts'
import { type DesignInput, type SampleDesign, sampleDesign } from './estimates/design.ts'
import {
  estimateMean,
  estimateProportion,
  estimateRatio,
  estimateTotal,
} from './estimates/estimate.ts'
import { jackknife } from './estimates/replicates.ts'
import { type CalibrateOptions, calibrate } from './weighting/calibrate.ts'
import type { Margin } from './weighting/margin.ts'
import { postStratify } from './weighting/post-stratify.ts'
import { rake } from './weighting/rake.ts'
import { trim } from './weighting/trim.ts'

/**
 * Data and figures of the R package survey. Where the digits are few they stand in its documentation
 * (example-summary.html, example-poststrat.html and the vignette survey); where they are many, survey 4.1-1 of Debian
 * gave them for the same call.
 */

const types = categoriesOf(apistrat.stype)
// In single precision, as the data have them.
const weightOfType: Readonly<Record<string, number>> = {
  E: 44.2099990844727,
  M: 20.3600006103516,
  H: 15.1000003814697,
}
const strat = answered(
  sampleDesign({
    weights: Float64Array.from(apistrat.stype, (type) => weightOfType[type] as number),
    strata: types,
    population: { E: 4421, M: 1018, H: 755 },
  }),
)
const grew = answered(indicatorOf(categoriesOf(apistrat.growth), 'Yes'))

describe('apistrat: a sample stratified by type of school', () => {
  it('has the mean and its error of svymean(~api00)', () => {
    const { value, standardError, degrees } = answered(estimateMean(strat, apistrat.api00))
    expect(value).toBeCloseTo(662.29, 2)
    expect(standardError).toBeCloseTo(9.4089, 4)
    expect(value).toBeCloseTo(662.287363159, 6)
    expect(standardError).toBeCloseTo(9.40894080278, 6)
    expect(degrees).toBe(197)
  })

  it("has the interval of confint(svymean(~api00), df = degf) and the design effect of deff = 'replace'", () => {
    const { lower, upper, designEffect } = answered(estimateMean(strat, apistrat.api00))
    expect(lower).toBeCloseTo(643.732188272086, 5)
    expect(upper).toBeCloseTo(680.842538046555, 5)
    expect(designEffect).toBeCloseTo(1.16556617145353, 5)
  })

  it('has the total of svytotal(~enroll) and the ratio of svyratio(~api.stu, ~enroll)', () => {
    const total = answered(estimateTotal(strat, apistrat.enroll))
    expect(total.value).toBeCloseTo(3687177.53, 1)
    expect(total.standardError).toBeCloseTo(114641.716101, 2)
    const ratio = answered(estimateRatio(strat, apistrat.tested, apistrat.enroll))
    expect(ratio.value).toBeCloseTo(0.836956886941, 9)
    expect(ratio.standardError).toBeCloseTo(0.00775710316664, 9)
  })

  it('has the domains of svyby(~api00, ~sch.wide) and svyby(~enroll, ~sch.wide)', () => {
    const domain = Uint8Array.from(grew, (one) => 1 - one)
    const mean = answered(estimateMean(strat, apistrat.api00, { domain }))
    expect(mean.value).toBeCloseTo(593.746858214589, 6)
    expect(mean.standardError).toBeCloseTo(18.6191675056143, 6)
    const total = answered(estimateTotal(strat, apistrat.enroll, { domain }))
    expect(total.value).toBeCloseTo(1013067.41931152, 1)
    expect(total.standardError).toBeCloseTo(133475.233015853, 2)
  })

  it("has the share of svyciprop(~I(sch.wide == 'Yes'), method = 'logit')", () => {
    const { value, lower, upper, standardError, interval } = answered(
      estimateProportion(strat, grew),
    )
    expect(value).toBeCloseTo(0.827948011002, 8)
    expect(standardError).toBeCloseTo(0.0243447801131, 8)
    expect(lower).toBeCloseTo(0.7745396543516, 6)
    expect(upper).toBeCloseTo(0.8708148545445, 6)
    expect(interval).toBe('logit')
  })

  it('has the jackknife of as.svrepdesign(), JKn', () => {
    const replicates = answered(jackknife(strat))
    const mean = answered(estimateMean(strat, apistrat.api00, { replicates }))
    expect(mean.standardError).toBeCloseTo(9.40894080278, 6)
    const ratio = answered(estimateRatio(strat, apistrat.tested, apistrat.enroll, { replicates }))
    expect(ratio.standardError).toBeCloseTo(0.00777250905056, 9)
  })
})

// 33.847, as the data have it and UCLA published it: 757 / 15 would be right, as the help page says.
const weights = new Float64Array(183).fill(33.846996307373)
const input: DesignInput = {
  weights,
  clusters: categoriesOf(apiclus1.district),
  population: 757,
}
const clus = answered(sampleDesign(input))
const type: Margin = {
  variable: 'stype',
  categories: categoriesOf(apiclus1.stype),
  totals: { E: 4421, H: 755, M: 1018 },
}
const growth: Margin = {
  variable: 'sch.wide',
  categories: categoriesOf(apiclus1.growth),
  totals: { No: 1072, Yes: 5122 },
}

describe('apiclus1: a sample of whole districts', () => {
  it('has the mean, total and ratio of the documentation', () => {
    const mean = answered(estimateMean(clus, apiclus1.api00))
    expect(mean.value).toBeCloseTo(644.169399, 5)
    expect(mean.standardError).toBeCloseTo(23.5422, 4)
    expect(mean.degrees).toBe(14)
    expect(answered(estimateMean(clus, apiclus1.api99)).standardError).toBeCloseTo(24.225, 4)
    const total = answered(estimateTotal(clus, apiclus1.enroll))
    expect(total.value).toBeCloseTo(3404940.13, 0)
    expect(total.standardError).toBeCloseTo(932235.03, 0)
    const ratio = answered(estimateRatio(clus, apiclus1.tested, apiclus1.enroll))
    expect(ratio.value).toBeCloseTo(0.849708741724, 9)
    expect(ratio.standardError).toBeCloseTo(0.00838629716939, 9)
  })

  it('has the shares of the documentation: E 0.786885, error 0.0463; H 0.076503, error 0.0268', () => {
    const shareOf = (name: string) =>
      answered(estimateProportion(clus, answered(indicatorOf(type.categories, name))))
    expect(shareOf('E').value).toBeCloseTo(0.786885, 6)
    expect(shareOf('E').standardError).toBeCloseTo(0.0463, 4)
    expect(shareOf('H').value).toBeCloseTo(0.076503, 6)
    expect(shareOf('H').standardError).toBeCloseTo(0.0268, 4)
  })

  it('has the domain of the vignette: high schools', () => {
    const domain = Uint8Array.from(apiclus1.stype, (one) => (one === 'H' ? 1 : 0))
    const ratio = answered(estimateRatio(clus, apiclus1.tested, apiclus1.enroll, { domain }))
    expect(ratio.value).toBeCloseTo(0.830068250758, 9)
    expect(ratio.standardError).toBeCloseTo(0.0147260732433, 9)
    const mean = answered(estimateMean(clus, apiclus1.api00, { domain }))
    expect(mean.standardError).toBeCloseTo(38.0202493594, 6)
  })

  it('has the jackknife of the documentation, JK1: 26.3294, and with mse = TRUE', () => {
    const errorOf = (centre: 'estimate' | 'mean'): number => {
      const replicates = answered(jackknife(clus, { centre }))
      return answered(estimateMean(clus, apiclus1.api00, { replicates })).standardError
    }
    expect(errorOf('mean')).toBeCloseTo(26.3293605895, 6)
    expect(errorOf('estimate')).toBeCloseTo(26.3348576685, 6)
  })
})

const designOf = (final: Float64Array, margins: readonly Margin[]): SampleDesign =>
  answered(
    sampleDesign({
      ...input,
      weights: final,
      calibration: { base: weights, auxiliaries: margins },
    }),
  )

describe('apiclus1 weighted to what is known of all schools', () => {
  it('post-stratified: postStratify(~stype), 642.31 and 23.921; 3680893 and 406293', () => {
    const design = designOf(answered(postStratify(weights, type)).weights, [type])
    const mean = answered(estimateMean(design, apiclus1.api00))
    expect(mean.value).toBeCloseTo(642.310788212, 6)
    expect(mean.standardError).toBeCloseTo(23.9204864451, 5)
    const total = answered(estimateTotal(design, apiclus1.enroll))
    expect(total.value).toBeCloseTo(3680892.94512, 1)
    expect(total.standardError).toBeCloseTo(406292.636295, 1)
  })

  it('raked: rake(~stype, ~sch.wide)', () => {
    const design = designOf(answered(rake(weights, [type, growth])).weights, [type, growth])
    const mean = answered(estimateMean(design, apiclus1.api00))
    expect(mean.value).toBeCloseTo(641.230320927, 5)
    expect(mean.standardError).toBeCloseTo(23.7036168879, 5)
    const total = answered(estimateTotal(design, apiclus1.enroll))
    expect(total.standardError).toBeCloseTo(400603.256862, 1)
    const replicates = answered(
      jackknife(design, { reweight: (again) => rake(again, [type, growth]) }),
    )
    const repeated = answered(estimateMean(design, apiclus1.api00, { replicates }))
    expect(repeated.value).toBeCloseTo(641.230320927, 5)
    expect(repeated.standardError).toBeCloseTo(26.8744422096, 4)
  })

  it.each<[string, CalibrateOptions, number, number, number, number]>([
    ['linear', {}, 640.995870079, 23.8294929923, 0.878767188174534, 1.86010218131662],
    [
      'raking',
      { method: 'raking' },
      641.230320927,
      23.7036168879,
      0.882520718276504,
      1.98320490928089,
    ],
    [
      'logit',
      { method: { method: 'logit', lower: 0.6, upper: 2.2 } },
      641.032420552,
      23.7559759649,
      0.880902342276936,
      1.8635768374595,
    ],
  ])('calibrated: calibrate(~stype + sch.wide), %s', (_, options, value, error, least, most) => {
    const { weights: final, factors } = answered(calibrate(weights, [type, growth], options))
    const design = designOf(final, [type, growth])
    const mean = answered(estimateMean(design, apiclus1.api00))
    expect(mean.value).toBeCloseTo(value, 5)
    expect(mean.standardError).toBeCloseTo(error, 5)
    expect(Math.min(...factors)).toBeCloseTo(least, 7)
    expect(Math.max(...factors)).toBeCloseTo(most, 7)
  })

  it('calibrated to the year before and trimmed: calibrate(~stype + api99), trimWeights(upper = 55)', () => {
    const before = { variable: 'api99', values: apiclus1.api99, total: 3914069 }
    const { weights: final } = answered(calibrate(weights, [type, before]))
    const calibration = { base: weights, auxiliaries: [type, before] }
    const design = answered(sampleDesign({ ...input, weights: final, calibration }))
    const mean = answered(estimateMean(design, apiclus1.api00))
    expect(mean.value).toBeCloseTo(665.309071166, 5)
    expect(mean.standardError).toBeCloseTo(3.4417531164, 5)
    const cut = answered(trim(final, { upper: 55, redistribute: 'equal' }))
    const trimmed = answered(sampleDesign({ ...input, weights: cut.weights }))
    expect(answered(estimateMean(trimmed, apiclus1.api00)).value).toBeCloseTo(664.909940545, 6)
    expect(Math.min(...cut.weights)).toBeCloseTo(14.3788313897109, 8)
    expect(cut.trimmed).toBe(8)
  })
})

describe('a stratum with one school: 32 elementary schools and a high school', () => {
  const elementary = apistrat.stype.flatMap((one, i) => (one === 'E' && i < 60 ? [i] : []))
  const rows = [...elementary, apistrat.stype.indexOf('H')]
  const of = (lonely: 'centre' | 'certain') =>
    sampleDesign({
      weights: Float64Array.from(rows, (i) => weightOfType[apistrat.stype[i] as string] as number),
      strata: categoriesOf(rows.map((i) => apistrat.stype[i] as string)),
      lonely,
    })
  const values = Float64Array.from(rows, (i) => apistrat.api00[i] as number)

  it.each([
    ['centre', 'adjust', 21.5266619919916],
    ['certain', 'certainty', 21.4026502441471],
  ] as const)('%s is what lonely.psu = %s does', (lonely, _, error) => {
    const { value, standardError, notes } = answered(estimateMean(answered(of(lonely)), values))
    expect(value).toBeCloseTo(685.4805498932295, 6)
    expect(standardError).toBeCloseTo(error, 6)
    expect(notes[0]).toContain('The stratum H has one cluster')
  })
})
