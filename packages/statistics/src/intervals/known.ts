/** Whether `count` of `n` is a proportion: n above 0 and finite, count from 0 to n. */
export const isProportion = (count: number, n: number): boolean =>
  n > 0 && n < Number.POSITIVE_INFINITY && count >= 0 && count <= n

/** Whether `count` over `denominator` is a rate: both finite, the denominator above 0, no count below 0. */
export const isRate = (count: number, denominator: number): boolean =>
  denominator > 0 &&
  denominator < Number.POSITIVE_INFINITY &&
  count >= 0 &&
  count < Number.POSITIVE_INFINITY
