/** What the command line says of itself, verb by verb: the verb's lines, and how it is used. */
const verbs: readonly (readonly [verb: string, lines: string])[] = [
  ['start', '  plumbline start               serve the pages (settings: docs/operations.md)'],
  [
    'import',
    `  plumbline import PATH ...     read files or folders and publish what they hold
      --paper                   the figures that the paper of 2008 gives, where they were withdrawn
      --accept N                take the rest although N rows are refused
      --draft                   keep as drafts; publish later
      --by NAME --reason TEXT   who publishes, and why; --role ROLE, if not the steward
      --as DESCRIPTOR           read them by this one, whatever others fit
      --period PERIOD           when they are of, where their kind does not say it`,
  ],
  [
    'check',
    `  plumbline check PATH ...      check files and store nothing
      --report text|json|html   every rule with its lines; --out FILE writes it there
      --columns                 name the columns that were read, only checked or ignored
      --changes                 how many figures differ from what is published
      --unnamed                 name no small count: for a report that leaves your hands
      --as DESCRIPTOR           read them by this one, whatever others fit
      --period PERIOD           when they are of, where their kind does not say it`,
  ],
  [
    'describe',
    `  plumbline describe FILE       draft a descriptor of an unknown CSV for a person to finish
      --name REGEX              what names of such files look like; --out FILE
      --header-line N           the line that names the columns, where it is not the first`,
  ],
  [
    'preview',
    `  plumbline preview ID ...      what publishing these drafts would change; nothing is published
      --report json             for programs; --out FILE`,
  ],
  [
    'publish',
    `  plumbline publish ID ...      publish drafts: --by NAME --reason TEXT; --role ROLE
      --after N                 only if N is still the last publication`,
  ],
  ['withdraw', '  plumbline withdraw ID --reason TEXT  take a release back: --by NAME'],
  [
    'desk',
    `  plumbline desk                what needs attention: --first N --kind KIND --service CODE
  plumbline desk answer SIGNAL --plan TEXT --until DAY --as ROLE
      --accept TEXT, --explain TEXT  in place of a plan, without a day
      --as ROLE                 whose answer it is, such as "head teacher"; --by NAME
      --on DAY                  when it was given, if not today
      --indicator CODE          of a plan: what is to change, if not the signal's own`,
  ],
  [
    'stories',
    `  plumbline stories             how many stories stand in public, and what waits
  plumbline stories publish     count them into releases: told, replied to in time, changed something
  plumbline stories calendar    move open deadlines by holidays that have become known`,
  ],
  ['replies', '  plumbline replies             what providers say of what is said of them'],
  [
    'corrections',
    `  plumbline corrections         requests for a correction that wait, the late ones first; --all
  plumbline corrections erase N --reason TEXT   erase the words of a request, on the record too`,
  ],
  [
    'record',
    `  plumbline record verify [FILE]  check the public record, or an exported one
      --checkpoint FILE         one that you kept; --key KEY trust this key alone
  plumbline record export       the whole record; --out FILE
  plumbline record checkpoint   sign the record as it stands
  plumbline record erase N NAME --reason TEXT   erase a personal detail of an entry
  plumbline record key NAME     make a key to sign with`,
  ],
  [
    'people',
    `  plumbline people grant EMAIL --role ROLE --everywhere --why TEXT   the first steward is made so
      --service CODE, --place CODE or --provider CODE   how far it reaches, if not everywhere
      --from DAY --until DAY    from today and without an end, if not said
  plumbline people revoke N --why TEXT  take a role back
  plumbline people sign-out EMAIL       end every session of somebody
  plumbline people shut EMAIL --why TEXT   nobody signs in to that account until you open it again
  plumbline people open EMAIL --why TEXT   open it again
  plumbline people list         who holds which role`,
  ],
  [
    'download',
    `  plumbline download everything --to FOLDER  all that is published, as a data package
      --form csv|jsonl|parquet|zip  one file in place of the folder
  plumbline download indicator CODE|release N|place CODE --form csv|jsonl|parquet --to FILE
      --as-of DAY               as it was on another day`,
  ],
  [
    'standards',
    `  plumbline standards           all standards, their state and how many meet each: --service CODE
  plumbline standards check FILE  say what is wrong with a file of standards
  plumbline standards try FILE    say how many would meet them now; nothing is stored`,
  ],
  [
    'disclosure',
    `  plumbline disclosure RELEASE  what was hidden of a release and why: for its steward alone`,
  ],
  [
    'tokens',
    `  plumbline tokens              who may send figures over the network
  plumbline tokens make NAME --descriptor ID ...|--publisher NAME|--appointments CODE ...
                                make a token, which sends files or reports who was seen; it is shown once
      --import-only             it brings drafts and does not publish them
      --from DAY --until DAY    when it is valid
  plumbline tokens revoke N     end a token`,
  ],
  [
    'webhooks',
    `  plumbline webhooks            who is told of what is published, and whether it got through
  plumbline webhooks add ADDRESS --events release.published,judgement.changed
  plumbline webhooks remove|enable|test N`,
  ],
  ['jobs', '  plumbline jobs                what the server has to do, has done, and what failed'],
  [
    'subscriptions',
    `  plumbline subscriptions       how many pages are followed by email
  plumbline subscriptions stop EMAIL`,
  ],
  [
    'surveys',
    `  plumbline surveys             all surveys, and whether they are open
  plumbline surveys results N   its answers as counted so far; --out FILE
  plumbline surveys publish N   count one that has ended, and publish it: --reason TEXT
      --leave-out               figures that cannot be weighted
  plumbline surveys publish due those that have ended and of which it is ordered
  plumbline surveys order N     publish N by itself when it has ended: --reason TEXT, --leave-out;
      --off                     no longer
  plumbline surveys invite N FILE   draw a sample of the list FILE, and write to it by email
      --replies 100 --rate 30 --months 6   replies each provider should have, of a hundred who answer, rest
  plumbline surveys letters N FILE --out FILE   the same by letters of paper, a row for each, or a page to
      print where FILE ends in .html; --draw NUMBER
  plumbline surveys appointments N  how it asks people after appointments; --way email|letter begins it,
      --share 100 --months 6    of a hundred who are seen, rest; --stop --reason TEXT
      --why PERSON              why somebody is asked or is not, for them alone; --email ADDRESS`,
  ],
]

const everywhere =
  '  Everywhere: --quiet (no progress), --json (progress and lines as JSON), --help'

const exits = `Exit codes: 0 done, 1 failed, 2 refused, 3 wrong words, 64 no such verb, 73 the data belong to
another process, 75 the server went away, 130 cancelled.`

/** All verbs. */
const helpOfAll = `Plumbline: from published files to honest comparison.

${verbs.map(([, lines]) => lines).join('\n')}
${everywhere}

${exits}`

/**
 * What to say where help is asked for; null where it is not. A text after a flag may be "--help" as well:
 * nobody means that.
 * @param words all that was typed.
 * @example helpFor(['desk', 'answer', '--help']) // how to use the verb "desk"
 */
export function helpFor(words: readonly string[]): string | null {
  const [first, second] = words[0] === 'help' ? ['help', words[1]] : ['', words[0]]
  if (first === '' && second !== undefined && !words.includes('--help') && !words.includes('-h')) {
    return null
  }
  const own = verbs.find(([verb]) => verb === second)?.[1]
  return own === undefined
    ? helpOfAll
    : `${own}\n${everywhere}\nMore: docs/command-line.md\n\n${exits}`
}
