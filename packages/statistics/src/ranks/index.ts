export { type RankOptions, type Ranks, simulateRanks } from './simulate-ranks.ts'
