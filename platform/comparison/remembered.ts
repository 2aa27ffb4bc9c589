/**
 * A function that gives the same for the same, with what it gave remembered: up to `most` of them, then anew.
 * A day takes a microsecond to format, and a page holds hundreds, most of them more than once.
 *
 * @example
 * const square = remembered(100, (x: number) => x * x)
 */
export function remembered<Key extends string | number, Value>(
  most: number,
  make: (key: Key) => Value,
): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    const found = known.get(key)
    if (found !== undefined) return found
    const made = make(key)
    if (known.size >= most) known.clear()
    known.set(key, made)
    return made
  }
}
