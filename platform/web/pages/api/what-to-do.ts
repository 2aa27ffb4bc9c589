import type { ProblemKind } from '../../api/problem.ts'

/** What whoever meets a problem can do about it. */
export const whatToDo: Readonly<Record<ProblemKind, string>> = {
  'unknown-parameter': 'Take one of `allowed`; `nearest` is most likely the one that you mean.',
  'unreadable-value': 'Send it as `allowed` says, and once.',
  'unknown-value': 'Take one of `allowed`, or look its code up in the list of such things.',
  'stale-cursor':
    'Begin the list again without `cursor`. A cursor belongs to one question: keep its filters and its sort.',
  'nothing-here': 'Look the code up in the list of such things, or the address on this page.',
  gone: 'Ask as it stood before, with `as-of`; `successors` names who came after it.',
  'read-only': 'Ask with GET or HEAD.',
  'no-token': 'Send a token that is valid now. Whoever runs this Plumbline makes it.',
  'not-yours': 'Ask whoever runs this Plumbline for a token that may.',
  'not-signed-in': 'Sign in, then open the address again.',
  'not-allowed': 'Ask a steward for the role that may.',
  'refused-figures': 'Mend what `errors` names, and send the file again with another key.',
  'key-used': 'Take another idempotency key for other bytes.',
  'under-way': 'Wait, and ask at `location` or send the same again.',
  'unreadable-appointments': 'Mend what the detail names. Nothing was taken.',
  'too-large': 'Send less at a time, or packed as gzip.',
  'wrong-type': 'Send one of `allowed`, and say which in `content-type`.',
  busy: 'Send it again after as many seconds as `retry-after` says.',
  'not-in-range': 'Ask for bytes that the file has: `content-range` says how many there are.',
  'too-many-requests': 'Go on after as many seconds as `retry-after` says.',
  'unreadable-request': 'Mend the address, the headers or the body, as the detail says.',
  'our-fault': 'Try again later. Tell whoever runs this Plumbline if it stays.',
}
