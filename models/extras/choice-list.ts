import { choicesOf, CustomFieldChoiceSet } from '@demarc/engine/customfield'
import { action } from '@demarc/engine/model'

/** `GET …/choices/?q=`: what a choice set offers, that of the set it builds upon first. */
export const choiceList = action(CustomFieldChoiceSet, 'GET choices', {
  about: 'The choices of a set, those of the set it builds upon among them; `q` finds some by value or label.',
  permission: 'view',
  async run(call) {
    const term = (call.params.get('q') ?? '').toLowerCase()
    const all = choicesOf(call.row as Parameters<typeof choicesOf>[0])
    const found = all.filter(pair => pair.some(text => text.toLowerCase().includes(term)))
    return call.page(found.map(([id, display]) => ({ id, display })))
  },
})
