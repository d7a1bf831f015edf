import { action, type Action, type Model, type ReadCall } from '@demarc/engine/model'
import { everything } from '@demarc/engine/query'
import { changeRows } from '@demarc/engine/write'

/** `POST …/sync/`: take the content from the data file again. Whoever may do that needs no permission to change the object. */
export const syncAction = (model: Model<string, any>): Action =>
  action(model, 'POST sync', {
    about: 'Take the content from the data file again.',
    permission: 'sync',
    run: async (call: ReadCall) => {
      const id = call.row['id'] as number
      const anything = { constrain: () => everything, granted: () => everything }
      if (call.row['data_file_id'] !== null)
        await changeRows({ ...call.write, permissions: anything }, call.model, [{ id, item: {} }], 'change', everything)
      return (await call.written(call.model.name, [id]))[0]
    },
  })
