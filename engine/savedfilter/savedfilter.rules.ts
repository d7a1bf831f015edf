import { rules } from '../model/index.ts'
import { SavedFilter } from './savedfilter.ts'

export default rules(SavedFilter, {
  check: {
    'filter parameters are an object': ({ row, fail }) => {
      const { parameters } = row
      if (typeof parameters !== 'object' || parameters === null || Array.isArray(parameters))
        fail('parameters', 'Filter parameters must be stored as a dictionary of keyword arguments.')
    },
  },
})
