import type { Feeling, StoryWords, Theme } from '../../platform/stories/story.ts'

/** A story that people of Aldermere tell, with what a reply to it may say and change. */
export interface StoryText extends StoryWords {
  readonly themes: readonly Theme[]
  readonly feelings: readonly Feeling[]
  readonly reply: string
  readonly change: string
  readonly made: string
}

const text = (
  [happened, good, better]: readonly [string, string, string],
  themes: readonly Theme[],
  feelings: readonly Feeling[],
  [reply, change, made]: readonly [string, string, string],
): StoryText => ({ happened, good, better, themes, feelings, reply, change, made })

const schools = [
  text(
    [
      'We moved here in the middle of the year, and nobody told us which books our son needs. He sat without them for two weeks.',
      'His teacher met us after school as soon as we asked.',
      'A sheet for families who come during the year.',
    ],
    ['information', 'staff'],
    ['confused', 'worried'],
    [
      'We are sorry for those two weeks. Families who come during the year should know on the first day what is needed.',
      'A welcome sheet with all that a child needs in the first week.',
      'The sheet lies in the office, and each new family gets it with the place.',
    ],
  ),
  text(
    [
      'My daughter was afraid of the big dining hall. A helper sat with her every day until she went by herself.',
      'They saw it before we said a word.',
      '',
    ],
    ['staff', 'dignity'],
    ['grateful', 'safe'],
    ['Thank you. We have passed this on to everybody who works in the dining hall.', '', ''],
  ),
  text(
    [
      'The bus home left before the lesson was over, and nobody noticed. Eleven children waited in the rain for an hour.',
      '',
      'Somebody should look whether the bus is still there.',
    ],
    ['access', 'safety'],
    ['worried', 'angry'],
    [
      'That should not have happened. We have spoken with the bus company the same day.',
      'A member of staff stands at the bus stop until the last bus has left.',
      'There is a list of duties at the gate since the half-term, and it has been kept.',
    ],
  ),
]

const practices = [
  text(
    [
      'I rang at eight on five mornings and was told each time that all appointments were gone.',
      'When I got in at last the nurse took her time.',
      'Let people book for the next week.',
    ],
    ['access', 'waiting'],
    ['ignored', 'upset'],
    [
      'You are right: eight in the morning is no way to give out appointments.',
      'A third of all appointments can be booked up to ten days ahead.',
      'Since the first of the month these appointments can be booked by telephone and at the desk.',
    ],
  ),
  text(
    [
      'The doctor drew on a sheet of paper what my results mean, and asked what I would rather do.',
      'I understood it for the first time in years.',
      '',
    ],
    ['information', 'result'],
    ['listened-to', 'hopeful'],
    ['Thank you for telling us. It helps all of us to hear what made the difference.', '', ''],
  ),
  text(
    [
      'At the desk everybody in the waiting room could hear why I had come.',
      '',
      'A line on the floor, or a room to speak in.',
    ],
    ['dignity', 'place'],
    ['upset'],
    [
      'We stood in the waiting room and listened, and you are right.',
      'A place to speak apart from the waiting room.',
      'The desk has moved round the corner, and a sign says that one can ask for a room.',
    ],
  ),
]

const hospitals = [
  text(
    [
      'My father waited nine hours on a chair. Nobody said how long it would be.',
      'A porter brought him a blanket and a cup of tea.',
      'Tell people every hour where they stand.',
    ],
    ['waiting', 'information'],
    ['worried', 'ignored'],
    [
      'Nine hours on a chair are too long, and not to be told is worse. We are sorry.',
      'A nurse goes round the waiting room every hour and tells each person what they wait for.',
      'It is done at every hour between 8 and 22, and written down on a board.',
    ],
  ),
  text(
    [
      'After the operation I was sent home with a bag of medicines and no word on when to take what.',
      'The ward itself was calm and clean.',
      'A list on one page.',
    ],
    ['information', 'safety'],
    ['confused', 'worried'],
    [
      'You should have had such a list. Please ring the ward if anything is still unclear.',
      'Everybody who goes home gets one page that says what to take when.',
      'The page comes out of the printer with the letter, on all wards since the spring.',
    ],
  ),
  text(
    [
      'The physiotherapist came on a Sunday so that I could practise the stairs before going home.',
      'She explained each step, and laughed with me.',
      '',
    ],
    ['staff', 'result'],
    ['grateful', 'hopeful'],
    ['Thank you. She has read your words herself.', '', ''],
  ),
]

const police = [
  text(
    [
      'Our shed was broken into. Somebody came the same day, and then we never heard anything again.',
      'The officer was kind and gave us time.',
      'Tell us what became of it, even if it is nothing.',
    ],
    ['information', 'result'],
    ['ignored'],
    [
      'We are sorry that you were left without an answer.',
      'Whoever reports something hears from us after 28 days at the latest.',
      'Since June a letter goes out after 28 days, whether or not there is news.',
    ],
  ),
  text(
    [
      'They walked with my mother to the bank when somebody on the telephone wanted her savings.',
      'They were quick and did not make her feel foolish.',
      '',
    ],
    ['staff', 'dignity'],
    ['grateful', 'safe'],
    ['Thank you. Please tell your neighbours: the bank never asks for such a thing.', '', ''],
  ),
]

const councils = [
  text(
    [
      'The street light at our corner has been out since the autumn. I have reported it three times.',
      '',
      'Say when it will be done, and do it.',
    ],
    ['waiting', 'safety'],
    ['ignored', 'angry'],
    [
      'Three reports should not be needed. The lamp is ordered.',
      'Each report of a street light gets a day by which it is mended.',
      'The page of reports shows the day, and it was kept for nine of the last ten.',
    ],
  ),
  text(
    [
      'The library kept its hall open in the cold week so that people could sit there in the evening.',
      'Somebody made soup.',
      '',
    ],
    ['place', 'staff'],
    ['grateful'],
    ['Thank you. The soup was the idea of the people who work there.', '', ''],
  ),
]

/** What is told of a service, by a word in its code. */
export function textsOf(service: string): readonly StoryText[] {
  if (/school/.test(service)) return schools
  if (/practice/.test(service)) return practices
  if (/hospital/.test(service)) return hospitals
  return /police/.test(service) ? police : councils
}
