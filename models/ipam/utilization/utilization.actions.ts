import { action } from '@demarc/engine/model'
import { Aggregate } from '../aggregate.ts'
import { IPRange } from '../iprange.ts'
import { Prefix } from '../prefix.ts'
import { spaceOfAggregates, spaceOfPrefixes, spaceOfRanges } from './space.ts'

/** How far address space is used. */
export const utilizationActions = [
  action(Aggregate, 'GET utilization', {
    about: 'How much of the aggregate prefixes take.',
    permission: 'view',
    run: async ({ db, row }) => (await spaceOfAggregates(db, [row['id']])).get(row['id']),
  }),
  action(IPRange, 'GET utilization', {
    about: 'How much of the range addresses take.',
    permission: 'view',
    run: async ({ db, row }) => (await spaceOfRanges(db, [row['id']])).get(row['id']),
  }),
  action(Prefix, 'GET utilization', {
    about: 'How much of the prefix is taken: of a container by prefixes, of any other by addresses and used up ranges.',
    permission: 'view',
    run: async ({ db, row }) => (await spaceOfPrefixes(db, [row['id']])).get(row['id']),
  }),
]
