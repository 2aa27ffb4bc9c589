const of = (...numbers: number[]): Float64Array => Float64Array.from(numbers)
const times = (count: number, value: number): number[] => new Array<number>(count).fill(value)

/** Lip cancer in 56 districts of Scotland, 1975 to 1980 (Clayton and Kaldor 1987, table 1). */
export const lipCancer = {
  observed: of(
    ...[
      9, 39, 11, 9, 15, 8, 26, 7, 6, 20, 13, 5, 3, 8, 17, 9, 2, 7, 9, 7, 16, 31, 11, 7, 19, 15, 7,
      10,
    ],
    ...[16, 11, 5, 3, 7, 8, 11, 9, 11, 8, 6, 4, 10, 8, 2, 6, 19, 3, 2, 3, 28, 6, 1, 1, 1, 1, 0, 0],
  ),
  expected: of(
    ...[
      1.4, 8.7, 3.0, 2.5, 4.3, 2.4, 8.1, 2.3, 2.0, 6.6, 4.4, 1.8, 1.1, 3.3, 7.8, 4.6, 1.1, 4.2, 5.5,
    ],
    ...[
      4.4, 10.5, 22.7, 8.8, 5.6, 15.5, 12.5, 6.0, 9.0, 14.4, 10.2, 4.8, 2.9, 7.0, 8.5, 12.3, 10.1,
    ],
    ...[12.7, 9.4, 7.2, 5.3, 18.8, 15.8, 4.3, 14.6, 50.7, 8.2, 5.6, 9.3, 88.7, 19.6, 3.4, 3.6, 5.7],
    ...[7.0, 4.2, 1.8],
  ),
}

/** Tumours in 71 groups of rats (Tarone 1982; Gelman and others, Bayesian Data Analysis, table 5.1). */
export const rats = {
  counts: of(
    ...times(14, 0),
    ...times(8, 1),
    ...times(9, 2),
    ...[
      1, 5, 2, 5, 3, 2, 7, 7, 3, 3, 2, 9, 10, 4, 4, 4, 4, 4, 4, 4, 10, 4, 4, 4, 5, 11, 12, 5, 5, 6,
    ],
    ...[5, 6, 6, 6, 6, 16, 15, 15, 9, 4],
  ),
  ns: of(
    ...[...times(7, 20), ...times(4, 19), 18, 18, 17],
    ...[20, 20, 20, 20, 19, 19, 18, 18],
    ...[25, 24, 23, ...times(6, 20)],
    ...[
      10,
      49,
      19,
      46,
      27,
      17,
      49,
      47,
      20,
      20,
      13,
      48,
      50,
      ...times(7, 20),
      48,
      19,
      19,
      19,
      22,
      46,
      49,
    ],
    ...[20, 20, 23, 19, 22, 20, 20, 20, 52, 46, 47, 24, 14],
  ),
}

const trials = [
  [4, 119, 11, 128],
  [6, 300, 29, 274],
  [3, 228, 11, 209],
  [62, 13536, 248, 12619],
  [33, 5036, 47, 5761],
  [180, 1361, 372, 1079],
  [8, 2537, 10, 619],
  [505, 87886, 499, 87892],
  [29, 7470, 45, 7232],
  [17, 1699, 65, 1600],
  [186, 50448, 141, 27197],
  [5, 2493, 3, 2338],
  [27, 16886, 29, 17825],
] as const

/** Thirteen trials of BCG against tuberculosis: log risk ratios (Colditz 1994; R's metafor, dat.bcg). */
export const bcg = {
  values: Float64Array.from(trials, ([a, b, c, d]) => Math.log(a / (a + b) / (c / (c + d)))),
  standardErrors: Float64Array.from(trials, ([a, b, c, d]) =>
    Math.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)),
  ),
}

/** Averages of 18 batters in their first 45 turns and in the rest of 1970 (Efron and Morris 1975, table 1). */
export const baseball = {
  early: of(
    ...[
      0.4, 0.378, 0.356, 0.333, 0.311, 0.311, 0.289, 0.267, 0.244, 0.244, 0.222, 0.222, 0.222,
      0.222,
    ],
    ...[0.222, 0.2, 0.178, 0.156],
  ),
  season: of(
    ...[
      0.346, 0.298, 0.276, 0.222, 0.273, 0.27, 0.263, 0.21, 0.269, 0.23, 0.264, 0.256, 0.303, 0.264,
    ],
    ...[0.226, 0.285, 0.316, 0.2],
  ),
}

/** Thirty-two cars (Henderson and Velleman 1981; R's mtcars): manual gears, horsepower, 1,000 lbs. */
export const cars = {
  manual: of(...[1, 1, 1, ...times(14, 0), 1, 1, 1, ...times(5, 0), ...times(7, 1)]),
  power: of(
    ...[
      110, 110, 93, 110, 175, 105, 245, 62, 95, 123, 123, 180, 180, 180, 205, 215, 230, 66, 52, 65,
      97,
    ],
    ...[150, 150, 245, 175, 66, 91, 113, 264, 175, 335, 109],
  ),
  weight: of(
    ...[2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25],
    ...[5.424, 5.345, 2.2, 1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17],
    ...[2.77, 3.57, 2.78],
  ),
}

/** Breaks in yarn (Tippett 1950; R's warpbreaks): wool A then B, at low, middle and high tension. */
export const warpBreaks = {
  breaks: of(
    ...[26, 30, 54, 25, 70, 52, 51, 26, 67, 18, 21, 29, 17, 12, 18, 35, 30, 36],
    ...[36, 21, 24, 18, 10, 43, 28, 15, 26, 27, 14, 29, 19, 29, 31, 41, 20, 44],
    ...[42, 26, 19, 16, 39, 28, 21, 39, 29, 20, 21, 24, 17, 13, 15, 15, 16, 28],
  ),
  predictors: [
    of(...times(27, 0), ...times(27, 1)),
    of(...times(9, 0), ...times(9, 1), ...times(18, 0), ...times(9, 1), ...times(9, 0)),
    of(...times(18, 0), ...times(9, 1), ...times(18, 0), ...times(9, 1)),
  ],
}
