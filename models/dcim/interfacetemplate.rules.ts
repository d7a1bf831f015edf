import { rules } from '@demarc/engine/model'
import {
  bridgeChecks,
  channelChecks,
  channelsInUse,
  nameStore,
  parentChecks,
  powerChecks,
  radioChecks,
  renameChannels,
} from './interface-rules.ts'
import { InterfaceTemplate } from './interfacetemplate.ts'
import { modularTemplateChecks, ofSameType } from './template-rules.ts'

export default rules(InterfaceTemplate, {
  refs: ['parent', 'bridge'],
  load: async batch => ({ inUse: await channelsInUse(batch, 'dcim_interfacetemplate') }),
  check: {
    ...modularTemplateChecks,
    ...parentChecks,
    ...channelChecks,
    ...bridgeChecks,
    'a parent is of the same type': ofSameType('parent', 'parent', 'Parent interface'),
    'a bridge is of the same type': ofSameType('bridge', 'bridge', 'Bridge interface'),
    ...powerChecks,
    ...radioChecks,
  },
  store: nameStore,
  after: {
    'channels are called after their parent': batch => renameChannels(batch, ['device_type_id', 'module_type_id']),
  },
})
