import { bodyOf } from '../http/index.ts'
import { defineJob, JobFailed } from '../job/index.ts'
import { reopen, type LeftRequest } from '../rest/background.ts'
import { writeCall } from '../rest/write.ts'
import { importRows, ImportRefused, type ImportFault } from './import.ts'
import { importOptionsIn } from './request.ts'

/** Does an import that was left to a worker, with the rights that its user has by now. */
export const bulkImport = defineJob<LeftRequest>('bulk import', {
  run: async work => {
    const call = await reopen(work)
    const model = work.registry.model(work.input.model)
    if (!call.permissions.constrain('add', model)) throw new JobFailed(`You may not add any ${model.spec.label}.`)
    try {
      const result = await importRows(writeCall(call), model, importOptionsIn(await bodyOf(call.request)))
      return { status_code: 200, data: result }
    } catch (error) {
      if (error instanceof ImportRefused)
        throw new JobFailed(textOf(error.errors[0]!), { status_code: 400, data: { errors: error.errors } })
      throw error
    }
  },
})

/** What is wrong with a file, in a line: `Record 3 slug: …`. */
function textOf({ row, field, message }: ImportFault): string {
  const place = [row > 0 ? `Record ${row}` : '', field ?? ''].filter(Boolean).join(' ')
  return place ? `${place}: ${message}` : message
}
