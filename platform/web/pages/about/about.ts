import type { Page } from '../context.ts'

const sections = {
  about: {
    title: 'About Plumbline',
    sections: [
      {
        text: 'Plumbline shows how public services do, from the files that public bodies publish: every general practice, school and hospital in them, against others like it, with how sure we are and where each figure comes from.',
      },
      {
        text: 'It is open source. Anyone may run it for an area, a profession or a country. It implements the system of Excellence and fairness: Achieving world class public services (Cabinet Office, 2008).',
      },
    ],
    links: [
      { href: '/about/words', text: 'What our words mean' },
      { href: '/about/methods', text: 'How figures are worked out' },
      { href: '/yardstick', text: 'Against the best in the world: the paper’s own figures, 2008' },
      { href: '/about/cards', text: 'How report cards are made' },
      { href: '/api', text: 'All of it as data: the API' },
    ],
  },
  words: {
    title: 'What our words mean',
    sections: [
      {
        id: 'similar',
        heading: '● Similar',
        text: 'The data cannot tell the two apart: the difference could be chance. It does not mean that they are the same.',
      },
      {
        id: 'value',
        heading: 'Value for money, the frontier',
        text: 'One that gets as much from each pound as the best like it is on the frontier. “20% less” means: the best that we saw, for people at least as hard to serve, do the same with 80% of the money. It is about money and what is counted, and does not say that a service is good. A cheap one that achieves little can be on the frontier too.',
      },
      {
        id: 'better',
        heading: '▲ Better, ▲▲ much better',
        text: 'Better: if there were no difference, chance alone would show one this large less than 1 time in 20. Much better: less than 1 time in 500.',
      },
      { id: 'worse', heading: '▼ Worse, ▼▼ much worse', text: 'As for better, the other way.' },
      {
        id: 'neutral',
        heading: '▲ Higher, ▼ lower',
        text: 'The same tests, where neither high nor low is good in itself.',
      },
      {
        id: 'grade',
        heading: 'Grade: A, B, C, D or F',
        text: 'A report card’s letter says how a service does beside others like it: A far better, B better, C about the same, D worse, F far worse. The letters begin at fixed scores, so that all can reach an A. How likely each letter is stands beside it. The page on report cards says how they are made.',
      },
      {
        id: 'unknown',
        heading: '– Not enough data to say',
        text: 'The source gives neither counts nor limits for one of the two, so nobody can say whether a difference is more than chance. We never guess.',
      },
      {
        id: 'gap',
        heading: 'Gap, fifth, slope',
        text: 'A gap is how much more or less one group has than another. A fifth is one person in five, put in order by how deprived they or their service are. The gap by deprivation is the most deprived fifth less the least. The slope draws a line through all five, from end to end. “0.8 times” means 80% of what the other group has. A gap is certain where chance alone would show one as wide less than 1 time in 20. It does not say why there is one.',
      },
      {
        id: 'trend',
        heading: 'Narrowed, widened, turned round, no certain change',
        text: 'A gap has narrowed or widened when it changed by more than chance from the first to the last period that we know. It has turned round when those who had less now have more. No certain change: the data cannot tell. That does not mean that it stayed the same.',
      },
      {
        id: 'lottery',
        heading: 'Postcode lottery, more than chance',
        text: 'Some of the difference between two services is luck, above all where few people are counted. “80 parts in 100 are more than chance” means: luck explains a fifth of it, and the rest is real. If it is real, what you get depends on where you live.',
      },
      {
        id: 'behind',
        heading: 'Left behind',
        text: 'A school or an area is named where its own gap is certain when all are looked at together: of 100 that are named, about 5 may be there by chance.',
      },
      {
        id: 'suppressed',
        heading: 'Suppressed, missing, does not apply',
        text: 'Suppressed: the figure is about so few people that it is hidden, by its source or when it was published here, or it is hidden so that nobody can work out such a one. Missing: the source gives none. Does not apply: there could be none. None of them is 0.',
      },
      {
        id: 'roles',
        heading: 'Citizen, professional, lead, moderator, analyst, steward, auditor',
        text: 'What somebody may do here. A citizen is everybody who has signed in. A professional works at a school, a practice or another provider, and can ask for a correction; a lead (a head teacher, a practice manager) speaks for it in public. A moderator reads what people wrote before it is shown. An analyst hands in figures and publishes them. A steward answers for a place, a service or all of it: a commissioner, a council, a minister’s office. An auditor looks at who holds which role. Each role was granted by somebody, which the public record says.',
      },
      {
        id: 'signal',
        heading: 'Signal',
        text: 'Something on the steward’s desk that asks for a look: a floor that is missed, a sudden change, a result far from the rest, figures that are late, a fast improvement, or a success to learn from. It says what was seen, and blames nobody. Now and then chance alone makes one: the desk says how often.',
      },
      {
        id: 'answer',
        heading: 'Accepted, explained, planned',
        text: 'What the people concerned say of a signal. Accepted: it is right. Explained: it has this reason. Planned: this will be done, by this day. What the figures did after a plan stands beside it. Answers stay: a later one is added, and none is taken away.',
      },
    ],
  },
  methods: {
    title: 'How figures are worked out',
    sections: [
      {
        id: 'intervals',
        heading: 'Intervals',
        text: 'The source’s own limits are shown where it gives them. Else proportions have Wilson’s interval, and rates Byar’s, exact below 10 events. Where the source gives 95% limits alone, the 99.8% limits are scaled from them. No counts and no limits: no interval, and then nothing is called different.',
        functions: ['wilsonIntervals', 'poissonIntervals', 'rescaleInterval'],
      },
      {
        id: 'rounded',
        heading: 'Rounded percentages',
        text: 'Where a source gives whole percentages and the size of the group, several counts fit. The lower limit is that of the smallest count that fits, the upper that of the largest.',
        functions: ['wilsonIntervals'],
      },
      {
        id: 'rounded-counts',
        heading: 'Rounded counts',
        text: 'Where few people stand behind figures, counts may be rounded when they are published, each to a multiple of 5 or of another number next to it; which of the two is drawn once and stays. Percentages and rates are worked out from the rounded counts. The true count was up to 4 smaller or larger (for 5): the lower limit is that of the smallest that fits, the upper that of the largest, so no interval is too narrow.',
        functions: ['wilsonIntervals', 'poissonIntervals'],
      },
      {
        id: 'weighted',
        heading: 'Weighted shares',
        text: 'Where a survey asks a sample that was drawn in parts, such as ages, each part counts by how many people it has. How many answered is not given then, because beside a weighted share it would tell how the few of a small part answered. The share and its limits are whole per cent. What the answers are worth is given in its place: as sure as so many answers of a plain sample, by their linearised error and never more than Kish’s number, rounded down to a multiple of 5. The limits are Wilson’s from that number, rounded outwards. A share that could tell of 1 to 4 people of a part even so is hidden.',
        functions: ['wilsonInterval'],
      },
      {
        id: 'difference',
        heading: 'Better, similar, worse',
        text: 'By the interval of the difference of the two figures (MOVER, Zou and Donner 2008; from Wilson limits it is Newcombe’s method), at 95% and at 99.8%. A provider is itself part of the area that it is held against, which the test does not count: where it is a large part of a small area, the test is too careful, never too bold.',
        functions: ['differenceOfIntervals'],
      },
      {
        id: 'whole',
        heading: 'England or the whole',
        text: 'A published figure for the country is taken where there is one; else for the largest place that holds nine in ten of the providers; else all providers in the release taken together: counts are added up, or the mean is weighted by the denominator, or it is a plain mean. “Here” means that it is of the providers whose figures Plumbline holds, who may not be all: where they lie in one to three areas, these are named. A region or an area that nobody published is told in the same way.',
        functions: ['meanOfEstimates', 'wilsonInterval', 'poissonInterval'],
      },
      {
        id: 'kinds',
        heading: 'Kinds that are held apart',
        text: 'Some providers of a service are so unlike the others that one yardstick does not fit both: special schools among primary schools. Each kind is held only against its own: all of its kind here taken together, those of its kind in its region and area, and the most similar of its kind. It has no place in the others’ picture or averages. A figure that the source publishes for the country or a county is taken as it is, with all kinds in it.',
      },
      {
        id: 'judgements',
        heading: 'Judgements by a standard',
        text: 'Met or not met is said only where the whole 95% interval lies on one side of the threshold; where it spans the threshold, the data cannot tell. A rating is a judgement of its own and needs no interval; any other figure without one is not judged. The probability that the true value misses the threshold comes from the counts (the beta or gamma distribution that Jeffreys’ prior gives), or, where only limits are known, from the normal distribution with their spread. A standard judges the periods that it was set for, and none that begins after the day by which it had to be looked at again, or after it was superseded or withdrawn. One that can be met in several ways is judged as one: it is not met only where each way is surely missed; how likely that is, nobody says. Kinds that are held apart are not bound by what is set for the usual kind. A threshold is a fixed value: one that is a share of a base year does not move with later years.',
        functions: ['betaCdf', 'gammaCdf', 'normalCdf'],
      },
      {
        id: 'signals',
        heading: 'Signals on the steward’s desk',
        text: 'Floors and excellence that are in force: the latest judgement, where it is certain. Sudden changes: on each provider’s percentile among all, month by month, OpenPrescribing’s cumulative sum (a window of 12 months, 5 standard deviations; at least 20 providers); and on series of 12 points or more a control chart of the last 36 points of the difference from the whole, where its rules mark the last point and a test of the latest points passes with false discoveries held at 5% (Benjamini and Hochberg). Of a few providers the values themselves are charted, without their seasons. Far from the rest: a funnel that allows for how much providers differ anyhow, false discoveries held at 5% on each side. Gaps: two groups that divide everyone by one thing, whose gap is there for certain, as under Fairness, and wider than three periods before, with false discoveries held at 5%. Late: half a step of its rhythm after a source’s next figures should have come. A signal keeps its name for as long as it lasts.',
        functions: ['movingCusum', 'controlCharts', 'adjustPValues', 'funnel'],
      },
      {
        id: 'fairness',
        heading: 'Fairness',
        text: 'Fifths have as many people each, put in order by how deprived providers are. A mean is weighted by people; its interval says how much it would differ had other providers like these been counted, so that money has one too. The gap is the most deprived fifth less the least deprived one; the ratio is the one over the other, where 0 is the least that there can be (delta method on the log scale); the slope index draws a line through all five. Two groups are compared at providers with figures of both; a group of which the source gives no counterpart is held against everyone at the same providers. Tenths that a source publishes are taken as they are, with its own intervals. A gap is called certain where its own 95% interval leaves out 0. Its change is that from the first period to the last: a provider in both counts with its own change, and 0 must lie outside the 95% interval of that. Who is left behind: those whose own gap is certain when all are looked at together, with false discoveries held at 5%. The postcode lottery: the share of the spread (I-squared) that chance cannot explain, from counts or from the intervals that the source gives. Lists put the widest certain gap first, each as a share of the distance from the provider that a tenth lie below to the one that a tenth lie above. A gap says nothing of why.',
        functions: [
          'slopeIndexInterval',
          'absoluteGap',
          'relativeGap',
          'adjustPValues',
          'spreadOfProportions',
          'spreadOfValues',
        ],
      },
      {
        id: 'value',
        heading: 'Value for money',
        text: 'Data envelopment analysis, with inputs as low as they can be for what is achieved (Banker, Charnes and Cooper 1984; constant returns: Charnes, Cooper and Rhodes 1978). Each provider is held against the mix of others of its size that does as much with the least. What it cannot change, such as deprivation, is held fixed: the mix serves people at least as deprived (Banker and Morey 1986). Targets are what it would use and achieve on the frontier, its peers the real providers in the mix. The best seen are seldom the best possible, so a score is too kind; the 95% limits correct that by subsampling (Kneip, Simar and Wilson 2008; Simar and Wilson 2011): 60 parts, each of the number of all to the power of 0.65, drawn by a seed that the study names. One that most parts cannot equal has no limits. Change between years is the Malmquist index (Färe, Grosskopf, Norris and Zhang 1994), without an interval. Fewer providers than three for each column are refused. Chance and mistakes in the data count as waste here: read a score with its limits and with what is achieved, never alone.',
      },
      {
        id: 'peers',
        heading: 'Similar providers',
        text: 'The 30 nearest others of the same service, by the square root of the weighted mean of squared differences in standard deviations (size by its logarithm; words 0 when the same, 1 when not). What is unknown counts as far as two drawn at random lie apart. Ties go to the code that sorts first. Each page lists them with their distances.',
        functions: ['nearestNeighbours'],
      },
    ],
  },
} as const

export function aboutPage(name: keyof typeof sections): Page {
  const values = { ...sections[name] }
  return {
    view: 'pages/about/text',
    data: values,
    values: { ...values, crumbs: name === 'about' ? [] : [{ text: 'About', href: '/about' }] },
  }
}
