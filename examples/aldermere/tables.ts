import type { County, Provider } from './county.ts'
import {
  count,
  type Measure,
  type Model,
  mean,
  money,
  proportion,
  rate,
  rating,
  type Split,
  score,
} from './measure.ts'
import type { Table } from './table.ts'

/** A measure that good providers have more of; the columns of the numbers are those of `Model`. */
function model(
  column: string,
  base: number,
  [trend, deprivation, spread]: readonly [number, number, number],
  good: 1 | -1 | 0,
  of?: Model['of'],
): Model {
  return { column, base, trend, deprivation, spread, good, ...(of ? { of } : {}) }
}

const partOf =
  (share: number) =>
  (p: Provider): number =>
    share * p.size

/** The share of pupils who are disadvantaged, from how deprived their homes are. */
const poor = (p: Provider): number => Math.min(0.7, 0.05 + p.deprivation / 100)

const girlsAndBoys = (gap: number): Split => ({
  suffixes: ['girls', 'boys'],
  share: () => 0.49,
  gap,
})
const womenAndMen = (gap: number): Split => ({
  suffixes: ['women', 'men'],
  share: () => 0.5,
  gap,
})
const byDisadvantage = (gap: number): Split => ({
  suffixes: ['disadvantaged', 'other'],
  share: poor,
  gap,
})

/** Those who answer a survey: few, so that its intervals are wide. */
const answers = (p: Provider): number => 60 + p.size / 90

/** What Aldermere's practices are measured by. The survey was not held in 2021-22. */
export const practiceTables = (county: County): Table[] => [
  {
    name: 'aldermere-gp-survey',
    providers: county.practices,
    places: ['district', 'county'],
    without: ['2021-22'],
    measures: [
      proportion(model('experience_good', 0.81, [-0.07, -0.13, 0.45], 1, answers)),
      proportion(model('contact_easy', 0.62, [-0.12, -0.1, 0.55], 1, answers)),
      proportion(model('needs_met', 0.9, [-0.03, -0.1, 0.35], 1, answers), [womenAndMen(-0.15)]),
    ],
  },
  {
    name: 'aldermere-gp-care',
    providers: county.practices,
    places: ['district', 'county'],
    measures: [
      proportion(model('blood_pressure', 0.66, [0.07, -0.09, 0.25], 1, partOf(0.14)), [
        womenAndMen(0.18),
        byDisadvantage(-0.3),
      ]),
      proportion(model('diabetes_checks', 0.52, [0.12, -0.12, 0.4], 1, partOf(0.07))),
      proportion(model('child_vaccination', 0.93, [-0.09, -0.25, 0.35], 1, partOf(0.011))),
      proportion(model('cervical_screening', 0.72, [-0.02, -0.2, 0.22], 1, partOf(0.25))),
      rate(model('emergency_admissions', 92, [0.015, 0.14, 0.08], -1), 1000),
    ],
  },
  {
    name: 'aldermere-gp-money',
    providers: county.practices,
    places: ['district', 'county'],
    measures: [
      count('patients', (p, year) => p.size * (1 + 0.008 * year)),
      score('deprivation', (p) => p.deprivation),
      money(model('cost_per_patient', 148, [0.035, 0.05, 0.09], 0), 2),
    ],
  },
]

const leavers = (p: Provider): number => Math.max(6, p.size / 7)

const pupilMeasures = (absence: number): Measure[] => [
  proportion(model('often_absent', absence, [0.06, 0.3, 0.25], -1), [byDisadvantage(0.75)]),
  proportion(model('free_meals', 0.2, [0.05, 0.55, 0.1], 0)),
]

export const primaryTables = (county: County): Table[] => [
  {
    name: 'aldermere-primary-results',
    providers: county.primaries,
    places: ['district', 'county'],
    measures: [
      proportion(model('expected_standard', 0.63, [0.03, -0.18, 0.4], 1, leavers), [
        girlsAndBoys(0.3),
        byDisadvantage(-0.7),
      ]),
      mean(model('reading_progress', 0, [0, -0.4, 1.6], 1, leavers), 6, 1),
      proportion(model('disadvantaged', 0.27, [0.03, 0.45, 0.1], 0, leavers)),
    ],
  },
  {
    name: 'aldermere-primary-schools',
    providers: county.primaries,
    places: ['district', 'county'],
    measures: [
      count('pupils', (p, year) => p.size * (1 - 0.012 * year)),
      ...pupilMeasures(0.13),
      proportion(model('parents_recommend', 0.86, [-0.02, -0.08, 0.55], 1, partOf(0.3))),
      money(model('spend_per_pupil', 5150, [0.04, 0.07, 0.08], 0), 0),
      rating(
        'inspection',
        ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'],
        [0.07, 0.25, 0.85],
      ),
    ],
  },
]

const finalYear = partOf(0.19)
const sixthForm = (p: Provider): boolean => p.facts['Sixth form'] === 'Yes'

export const secondaryTables = (county: County): Table[] => [
  {
    name: 'aldermere-secondary-results',
    providers: county.secondaries,
    places: ['district', 'county'],
    measures: [
      proportion(model('english_maths', 0.46, [0.02, -0.25, 0.3], 1, finalYear), [
        girlsAndBoys(0.25),
        byDisadvantage(-0.9),
      ]),
      mean(model('attainment', 47, [0.3, -2.6, 2.6], 1, finalYear), 19, 1),
      proportion(model('stayed_on', 0.93, [0.03, -0.3, 0.3], 1, finalYear), [byDisadvantage(-0.6)]),
      mean({ ...model('a_level', 33, [0.2, -0.8, 2], 1, partOf(0.12)), applies: sixthForm }, 12, 1),
    ],
  },
  {
    name: 'aldermere-secondary-schools',
    providers: county.secondaries,
    places: ['district', 'county'],
    measures: [
      count('pupils', (p, year) => p.size * (1 + 0.006 * year)),
      ...pupilMeasures(0.22),
      proportion(model('feel_safe', 0.83, [-0.05, -0.1, 0.4], 1, partOf(0.25)), [
        girlsAndBoys(-0.35),
      ]),
      money(model('spend_per_pupil', 6450, [0.04, 0.06, 0.06], 0), 0),
    ],
  },
]

export const hospitalTables = (county: County): Table[] => [
  {
    name: 'aldermere-hospitals',
    providers: county.hospitals,
    places: ['county'],
    measures: [
      proportion(model('treated_in_18_weeks', 0.73, [-0.16, 0, 0.25], 1, (p) => p.size * 55)),
      proportion(
        model('readmitted', 0.138, [0.015, 0.05, 0.1], -1, (p) => p.size * 62),
        [womenAndMen(-0.06), byDisadvantage(0.22)],
      ),
      proportion(model('patients_recommend', 0.91, [-0.03, 0, 0.3], 1, (p) => p.size * 2)),
      rate(
        model('infections', 19, [-0.04, 0.05, 0.2], -1, (p) => p.size * 320),
        100_000,
      ),
      money(
        model('cost_per_treatment', 2380, [0.05, 0.02, 0.07], -1, (p) => p.size * 62),
        0,
      ),
    ],
  },
]

export const policeTables = (county: County): Table[] => [
  {
    name: 'aldermere-police',
    providers: county.teams,
    places: ['district', 'force', 'county'],
    measures: [
      count('residents', (p) => p.size),
      score('deprivation', (p) => p.deprivation),
      rate(model('crimes', 66, [0.015, 0.3, 0.16], -1), 1000),
      proportion(model('burglaries_solved', 0.085, [0.05, -0.05, 0.35], 1, (p) => p.size / 190)),
      proportion(model('emergencies_in_time', 0.86, [-0.06, 0.03, 0.35], 1, partOf(0.03))),
      proportion(model('victims_satisfied', 0.71, [-0.04, -0.08, 0.3], 1, (p) => p.size / 260)),
      proportion(
        model('feel_safe', 0.78, [-0.03, -0.3, 0.25], 1, (p) => p.size / 200),
        [womenAndMen(-0.5)],
      ),
      rate(model('stops', 7.5, [0.05, 0.2, 0.35], 0), 1000),
      money(model('cost_per_resident', 96, [0.03, 0.12, 0.08], 0), 2),
    ],
  },
]

/** How many homes and residents stand behind the council's figures. */
const residents = (county: County): number => county.wards.reduce((n, w) => n + w.population, 0)

export const councilTables = (county: County): Table[] => {
  const people = residents(county)
  const homes = people / 2.3
  return [
    {
      name: 'aldermere-council',
      providers: [county.council],
      places: [],
      measures: [
        proportion(model('recycled', 0.44, [0.03, 0, 0.1], 1, () => homes * 0.9)),
        proportion(model('potholes_in_time', 0.79, [-0.05, 0, 0.2], 1, () => people / 70)),
        proportion(
          model('care_satisfied', 0.64, [0.02, 0, 0.2], 1, () => 410),
          [womenAndMen(0.1)],
        ),
        proportion(model('plans_in_time', 0.83, [0.03, 0, 0.2], 1, () => homes / 90)),
        rate(
          model('homeless', 1.9, [0.06, 0.05, 0.1], -1, () => homes),
          1000,
        ),
        proportion(
          model('residents_satisfied', 0.61, [-0.05, 0, 0.2], 1, () => 1100),
          [womenAndMen(0.05), byDisadvantage(-0.35)],
        ),
        money(
          model('waste_cost', 74, [0.045, 0, 0.05], -1, () => homes),
          2,
        ),
      ],
    },
  ]
}
