import type { Descriptor } from '../../../evidence/descriptor.ts'
import {
  figureField,
  figureKinds,
  groupField,
  mostFigures,
  mostGroups,
} from '../../../uploads/questions.ts'
import { type Ask, type Item, none, type Section } from './asked.ts'

/** Of which rows of a long table a figure is. */
const ofRows = (observation: Descriptor['observations'][number] | undefined): string =>
  Object.entries(observation?.when ?? {})
    .map(([column, codes]) => `From the rows whose “${column}” is “${codes.join(' or ')}”. `)
    .join('')

/** What is asked of one figure. */
export function figureSection(
  ask: Ask,
  i: number,
  columns: readonly Item[],
  draft: Descriptor,
): Section {
  const field = (what: string): string => figureField(i, what)
  const isFound = i <= draft.observations.length
  const optional = [none('None'), ...columns]
  const left = draft.observations.length - mostFigures
  const many = i === mostFigures && left > 0
  const isOnly = draft.observations.length === 0
  return {
    title: isFound || isOnly ? `Figure ${i}` : 'One more figure',
    isRare: !isFound && !isOnly,
    hint:
      many && draft.observations[0]?.when
        ? `The file has ${left} more measures. For all of them, write its descriptor by hand (docs/descriptors.md).`
        : many
          ? `The file has ${left} more columns of numbers. For all of them, write its descriptor by hand (docs/descriptors.md).`
          : isFound
            ? `${ofRows(draft.observations[i - 1])}Choose “None” to leave it out.`
            : isOnly
              ? 'We have found no column of numbers that looks like a figure. Choose the one that is.'
              : 'Only if a column of figures was not found.',
    questions: [
      ask('select', field('value'), 'Which column?', { items: optional }),
      ask('text', field('name'), 'Name', { hint: 'As its page will be headed' }),
      ask('area', field('definition'), 'What does it count?'),
      ask('text', field('why'), 'Why does it matter?', { hint: 'One sentence' }),
      ask('radios', field('polarity'), 'Is high good?', {
        items: [
          { value: 'higher', text: 'Yes, higher is better' },
          { value: 'lower', text: 'No, lower is better' },
          { value: 'neither', text: 'Neither' },
        ],
      }),
      ask('select', field('kind'), 'What kind of number is it?', {
        items: [none('Choose'), ...figureKinds.map((k) => ({ value: k.kind, text: k.words }))],
      }),
      ask('text', field('per'), 'If a rate, for how many?', {
        isOptional: true,
        hint: 'Such as 1,000',
      }),
      ask('text', field('unit'), 'Its unit', {
        isOptional: true,
        hint: 'Such as “minutes”. Leave it open for percentages, rates and pounds.',
      }),
      ask('select', field('numerator'), 'Which column holds the part, or the count behind it?', {
        isOptional: true,
        hint: 'With part and whole we can say how sure a figure is.',
        items: optional,
      }),
      ask('select', field('denominator'), 'Which column holds the whole that it is a part of?', {
        isOptional: true,
        items: optional,
      }),
    ],
  }
}

/** Which columns tell groups of people apart. */
export function groupSection(ask: Ask, columns: readonly Item[]): Section {
  const numbers = Array.from({ length: mostGroups }, (_, i) => i + 1)
  return {
    title: 'Groups of people',
    isRare: true,
    hint: 'Where the same provider stands in several rows, one for each group, such as girls and boys.',
    questions: numbers.flatMap((i) => [
      ask(
        'select',
        groupField(i, 'column'),
        `Which column tells ${i === 1 ? 'the' : 'further'} groups apart?`,
        {
          items: [none('None'), ...columns],
        },
      ),
      ask('text', groupField(i, 'everyone'), 'Which word in it stands for everyone?', {
        hint: 'Such as All or Total',
      }),
    ]),
  }
}
