import type { StoryText } from './story-texts.ts'

/** What people begin with, whatever they tell. */
const openings = [
  ...['', 'Let me tell how it was.', 'This is how it went.', 'I have thought about it since.'],
  ...['I want others to know of this.', 'A friend said that I should write this down.'],
  ...['I have told this to friends already.', 'I am not one to write such things.'],
  ...['I take a minute to tell this.', 'I saw the poster and thought that I would write.'],
  'It is not easy to say it in few words.',
]
const endings = [
  ...['', 'I wanted you to know.', 'That is what I remember most.', 'It stayed with me.'],
  ...['I would tell it to anybody who asks.', 'I hope that somebody reads this.'],
  ...['My family saw it in the same way.', 'That is all.'],
]
/** What those begin with who reply, and what they end with. */
const greetings = [
  ...['', 'We have read your story together.', 'Your story was read out in our meeting.'],
  ...['I am glad that you wrote.', 'I have read this with those who were there.'],
  ...[
    'It took me a day to ask everybody, so this comes only now.',
    'You wrote plainly, and so do I.',
  ],
]
const closings = [
  ...[
    '',
    'Please come back to us if there is more to say.',
    'You can always ask for me at the desk.',
  ],
  ...['We look at it again in three months.', 'Who was there has read this reply too.'],
]
const steps = [
  ...['', 'It begins with one team.', 'We try it for half a year first.'],
  ...['Everybody who works here is told of it.', 'We count how often it is done.'],
]
const proofs = [
  ...['', 'Come and see.', 'We ask people each month whether it works.'],
  ...['New staff are shown it on their first day.', 'We have written it into our rules.'],
]
const drops = [
  'There is no money for it this year. We ask for it again in spring.',
  'The room that we wanted for it is needed for something else.',
  'We tried it for a month, and it made people wait longer.',
  'The county now does the same for everybody, so we need none of our own.',
]

const at = <T>(all: readonly T[], i: number): T => all[i % all.length] as T
const joined = (...parts: readonly string[]): string => parts.filter((p) => p !== '').join(' ')

/**
 * A text as somebody else would put it: the same thing with other words before and after it, so that no two people
 * say the same.
 * @param n how often the text was told before.
 * @param promised how often a reply to it promised something before.
 */
export function variantOf(text: StoryText, n: number, promised: number): StoryText {
  const round = Math.floor(n / openings.length)
  return {
    ...text,
    happened: joined(at(openings, n), text.happened, at(endings, 3 * n + round)),
    reply: joined(at(greetings, n), text.reply, at(closings, n + Math.floor(n / greetings.length))),
    change: text.change === '' ? '' : joined(text.change, at(steps, promised)),
    made: text.made === '' ? '' : joined(text.made, at(proofs, promised)),
  }
}

/** Why a promise is dropped. */
export const dropReason = (n: number): string => at(drops, n)

/** A text that names somebody: it breaks a rule, and is not shown. */
export const naming = (text: StoryText): StoryText => ({
  ...text,
  happened: joined(text.happened, 'Whom I spoke to was called Rowan Thorne.'),
})
