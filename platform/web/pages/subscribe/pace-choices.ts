import { type Pace, paces } from '../../../subscriptions/subscription.ts'

const texts: Readonly<Record<Pace, string>> = {
  weekly: 'Once a week, on Monday',
  daily: 'Once a day',
  'at-once': 'At once',
}

/** How often one may be told, as radios and selects take it. */
export const paceChoices = (chosen: Pace) =>
  paces.map((value) => ({
    value,
    text: texts[value],
    checked: value === chosen,
    selected: value === chosen,
  }))

export const paceText = (pace: Pace): string => texts[pace]
