import { z } from 'zod'
import { answers, type Seen, type SeenAnswer } from '../../surveys/seen.ts'

/** The most appointments that are taken at a time. */
export const mostAppointments = 200

const plain = (most: number) =>
  z
    .string('is no text')
    .trim()
    .min(1, 'is empty')
    .max(most, `is longer than ${most} letters`)
    .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u, 'holds characters that cannot be typed')
    .refine((text) => text.isWellFormed(), 'holds halves of characters')

/** An appointment as a booking system reports it. */
export const appointment = z
  .strictObject({
    reference: plain(100).meta({
      description:
        'Your own name for the appointment, such as its number. Sent again it is the same appointment, and is answered the same.',
      example: 'A-2026-1107',
    }),
    provider: plain(100).meta({
      description: 'The code of the provider, one of those that your token names.',
      example: 'C100',
    }),
    person: plain(200).optional().meta({
      description:
        'Under which you know who was seen, such as a number of yours: always the same for the same person. Left out, it is the email address. It is kept as a keyed hash alone.',
    }),
    email: plain(200)
      .regex(/^[^\s,;:<>"()]+@[^\s,;:<>"()@]+$/, 'is no email address')
      .optional()
      .meta({
        description: 'Where the survey asks by email. It is kept until the letter is sent.',
        example: 'ada@example.org',
      }),
    seen: z.iso.date('is no day such as 2026-11-24').meta({
      description: 'The day on which they were seen, 28 days ago at most.',
      example: '2026-11-24',
    }),
    died: z.boolean('is neither true nor false').default(false).meta({
      description: 'That they have died since: then they are not asked.',
    }),
  })
  .refine((a) => a.person !== undefined || a.email !== undefined, {
    error: 'has neither a person nor an email address',
  })

/** What `POST /appointments` takes. */
export const appointmentsBody = z.strictObject({
  appointments: z
    .array(appointment, 'is no list')
    .min(1, 'is empty')
    .max(mostAppointments, `are more than ${mostAppointments}`)
    .describe(`Those that are over, ${mostAppointments} at a time.`),
})

/** An appointment as surveys know it. */
export const seenOf = ({
  reference,
  provider,
  person,
  email = '',
  seen,
  died,
}: z.output<typeof appointment>): Seen => ({
  ...{ reference, provider, email: email.toLowerCase(), seenOn: seen, died },
  person: (person ?? email).toLowerCase(),
})

const answerNames = Object.keys(answers) as [SeenAnswer, ...SeenAnswer[]]

const reported = z.strictObject({
  reference: z.string().describe('Your own name for the appointment, as you sent it.'),
  answer: z.enum(answerNames).meta({
    description: Object.entries(answers)
      .map(([name, text]) => `${name}: ${text}`)
      .join(' '),
  }),
  detail: z.string().meta({ description: 'The same, as a sentence.' }),
  survey: z.string().nullable().meta({ description: 'The number of the survey that asks there.' }),
  letter: z
    .strictObject({
      code: z.string().meta({ description: 'It takes one answer.' }),
      address: z.string().meta({ description: 'Where it is typed, with the code in it already.' }),
      until: z.string().meta({ description: 'The last day on which it is taken.' }),
      stop: z.string().meta({ description: 'The code by which its reader is not asked again.' }),
      stopAddress: z.string().meta({ description: 'Where that one is typed.' }),
    })
    .nullable()
    .meta({
      description:
        'What stands in your letter to them, where the survey asks by letter. Nobody else has the codes: they are kept nowhere.',
    }),
})

/** What became of each appointment, in the order in which they were sent. */
export const appointmentsAnswer = z.strictObject({
  data: z.array(reported).describe('In the order in which they were sent.'),
  links: z
    .strictObject({ self: z.string().describe('The address of this answer.') })
    .describe('Where it was sent.'),
})
