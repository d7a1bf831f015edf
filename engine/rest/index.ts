export { mediaRoutes } from './media.ts'
export { restRoutes } from './router.ts'
export { openCall, paramsOf, representRefs, type Call, type RestConfig, type RestOptions } from './context.ts'
export { describeFields, requiredOf } from './options.ts'
