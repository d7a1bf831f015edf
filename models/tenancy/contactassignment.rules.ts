import { featuresOf, rules, type Batch } from '@demarc/engine/model'
import { ContactAssignment } from './contactassignment.ts'

export default rules(ContactAssignment, {
  load: async ({ registry }: Batch) =>
    new Set(
      [...registry.models.values()].filter(model => featuresOf(model).includes('contacts')).map(model => model.name),
    ),
  check: {
    'only what can have contacts has them': ({ row, fail }, capable: ReadonlySet<string>) => {
      if (!capable.has(row['object_type']))
        fail(null, `Contacts cannot be assigned to this object type (${row['object_type']}).`)
    },
    'a contact has a role': ({ row, fail }) => {
      if (row['role_id'] === null) fail('role', 'This field cannot be null.')
    },
  },
})
