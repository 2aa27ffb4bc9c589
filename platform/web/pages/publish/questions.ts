import { type Descriptor, periodKinds } from '../../../evidence/descriptor.ts'
import type { Service } from '../../../evidence/indicator.ts'
import { levels } from '../../../places/levels.ts'
import type { Problem } from '../../../uploads/finish.ts'
import {
  codeField,
  codeMeanings,
  columnsOf,
  commaColumnsOf,
  commaField,
  figureCount,
  licences,
} from '../../../uploads/questions.ts'
import type { Answers } from '../../../uploads/upload.ts'
import { sentenceCase } from '../../words.ts'
import {
  type Ask,
  firstValues,
  type Item,
  none,
  type Rows,
  type Section,
  withValues,
} from './asked.ts'
import { figureSection, groupSection } from './figure-questions.ts'

interface Around {
  /** The first rows of the file under their header, to tell its columns by; null where they are not shown. */
  readonly rows: Rows | null
  readonly answers: Answers
  readonly problems: readonly Problem[]
  readonly services: readonly Service[]
  readonly invented: boolean
}

/** All questions about a file of a new kind, with what is answered already. */
export function questionsOf(draft: Descriptor, around: Around): Section[] {
  const { answers, problems, rows } = around
  const ask: Ask = (type, name, label, more = {}) => ({
    type,
    name,
    label,
    ...more,
    value: answers[name] ?? '',
    error: problems.find((p) => p.field === name)?.sentence ?? null,
  })
  const columns = columnsOf(draft).map((name) => ({ value: name, text: withValues(name, rows) }))
  const codes = codesSection(ask, draft)
  const commas = commasSection(ask, draft, rows)
  return [
    fileSection(ask, around),
    whoSection(ask, columns, around),
    whenSection(ask, draft, columns, answers),
    ...Array.from({ length: figureCount(draft) }, (_, i) =>
      figureSection(ask, i + 1, columns, draft),
    ),
    groupSection(ask, columns),
    ...(commas.questions.length > 0 ? [commas] : []),
    ...(codes.questions.length > 0 ? [codes] : []),
    {
      title: 'Small numbers',
      questions: [
        ask('radios', 'small', 'Could somebody be known by a small number in it?', {
          hint: 'Then small counts are hidden, or all counts are rounded, before anything is public. What you choose holds for later files of this kind too.',
          items: [
            { value: 'no', text: 'No, it can be published as it is' },
            {
              value: '5',
              text: 'Yes, hide counts from 1 to 4',
              hint: {
                text: 'As many more are hidden as it takes so that nobody can work these out. All other figures are exact.',
              },
            },
            {
              value: '10',
              text: 'Yes, hide counts from 1 to 9',
              hint: { text: 'The same for somewhat larger counts: more figures are hidden.' },
            },
            {
              value: 'round-5',
              text: 'Yes, round all counts to 5',
              hint: {
                text: 'Every figure is shown, and none is exact: a count is up to 4 more or less, and percentages follow from the rounded counts.',
              },
            },
            {
              value: 'round-10',
              text: 'Yes, round all counts to 10',
              hint: { text: 'The same, safer and less exact: a count is up to 9 more or less.' },
            },
          ],
        }),
      ],
    },
  ]
}

function fileSection(ask: Ask, { invented }: Around): Section {
  return {
    title: 'About the file',
    questions: [
      ask('text', 'title', 'Title', {
        hint: 'What it is about, such as “Waiting times at clinics”. A later file of this kind takes the place of this one for its own period.',
      }),
      ask('text', 'publisher', 'Who publishes it?'),
      ask('text', 'source', 'Where is it published?', {
        hint: 'The address of the page, such as https://www.example.org/figures',
      }),
      ask('select', 'licence', 'Licence', {
        items: [none('Choose'), ...licences.map((l) => ({ value: l, text: l }))],
      }),
      ...(invented
        ? [
            ask('radios', 'invented', 'Are its figures real?', {
              hint: 'What is shown here now is an invented area. It goes as soon as real figures are published.',
              items: [
                { value: 'yes', text: 'No, they are made up to try this' },
                { value: 'no', text: 'Yes, they are real' },
              ],
            }),
          ]
        : []),
    ],
  }
}

function whoSection(ask: Ask, columns: readonly Item[], { services, answers }: Around): Section {
  return {
    title: 'Whom its rows are about',
    questions: [
      ask('select', 'who', 'Which column holds their code?', {
        items: [none('Choose'), ...columns],
      }),
      ask('select', 'name', 'Which column holds their name?', {
        isOptional: true,
        items: [none('None'), ...columns],
      }),
      ask('radios', 'kind', 'What are they?', {
        items: [
          { value: 'provider', text: 'Providers, such as schools or practices' },
          { value: 'place', text: 'Places, such as districts or wards' },
        ],
      }),
      ask('select', 'service', 'Which service is it about?', {
        hint: 'For places, leave this open where it is about no one service.',
        items: [none('None'), ...services.map((s) => ({ value: s.code, text: s.name }))],
      }),
      ask('select', 'level', 'If places, of what kind?', {
        isOptional: answers.kind !== 'place',
        items: [
          none('They are providers'),
          ...levels.map(([value, text]) => ({ value, text: sentenceCase(text) })),
        ],
      }),
      ask('radios', 'unknown', 'What of a code that we do not know yet?', {
        items: [
          { value: 'register', text: 'Add it as a new one' },
          { value: 'refuse', text: 'Refuse its row' },
        ],
      }),
    ],
  }
}

const kindWords: Readonly<Record<(typeof periodKinds)[number], string>> = {
  year: 'A year, such as 2024',
  'financial-year': 'A financial year, such as 2023-24 (April to March)',
  'school-year': 'A school year, such as 2023-24 (September to August)',
  quarter: 'A quarter, such as 2024 Q1 (January to March) or 2024-25 Q1 (April to June 2024)',
  month: 'A month, such as 2024-03',
  day: 'A day, such as 2024-03-31',
}

function whenSection(
  ask: Ask,
  draft: Descriptor,
  columns: readonly Item[],
  answers: Answers,
): Section {
  const inName =
    draft.period.from === 'name' ? [{ value: 'name', text: 'The file’s name says it' }] : []
  return {
    title: 'When its figures are of',
    questions: [
      ask('select', 'when', 'Where does the file say it?', {
        items: [
          none('Choose'),
          ...inName,
          { value: 'fixed', text: 'Nowhere: it is the same for all rows' },
          ...columns.map((c) => ({ value: `column:${c.value}`, text: `In the column ${c.text}` })),
        ],
      }),
      ask('select', 'when-kind', 'What kind of time is it?', {
        items: [none('Choose'), ...periodKinds.map((k) => ({ value: k, text: kindWords[k] }))],
      }),
      ask('text', 'when-value', 'If it is the same for all rows, when?', {
        isOptional: answers.when !== 'fixed',
        hint: 'Such as 2024, 2023-24 or 2024-03. It is asked anew of each later file of this kind.',
      }),
    ],
  }
}

function commasSection(ask: Ask, draft: Descriptor, rows: Rows | null): Section {
  return {
    title: 'Commas and points in numbers',
    hint: 'We have chosen by the whole column. A wrong choice makes figures a thousand times too large or too small.',
    questions: commaColumnsOf(draft).map(({ name }, i) => {
      const seen = firstValues(name, rows)
      const isPoints = seen.some((v) => v.includes('.')) && !seen.some((v) => v.includes(','))
      return isPoints
        ? ask('radios', commaField(i), `What is a point in ${withValues(name, rows, '; ')}?`, {
            items: pointMeanings,
          })
        : ask('radios', commaField(i), `What is a comma in ${withValues(name, rows)}?`, {
            items: commaMeanings,
          })
    }),
  }
}

const commaMeanings: readonly Item[] = [
  { value: ',', text: 'The decimal point: 12,5 is twelve and a half' },
  { value: '.', text: 'Between thousands: 1,234 is one thousand and more' },
]

/** In a file whose other columns have a comma for the point. */
const pointMeanings: readonly Item[] = [
  { value: ',', text: 'Between thousands: 1.234 is one thousand and more' },
  { value: '.', text: 'The decimal point: 1.234 is a little more than one' },
]

function codesSection(ask: Ask, draft: Descriptor): Section {
  return {
    title: 'Words in place of numbers',
    questions: Object.keys(draft.codes).map((code, i) =>
      ask('select', codeField(i), `What does “${code}” stand for?`, {
        items: [none('Choose'), ...codeMeanings.map((m) => ({ value: m.status, text: m.words }))],
      }),
    ),
  }
}
