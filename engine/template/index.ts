export { TemplateError } from '@demarc/jinja'
export { explain, renderTemplate, type TemplateSource } from './environment.ts'
export { TemplateData, type TemplateReader } from './data.ts'
export { appNamespaces } from './namespaces.ts'
