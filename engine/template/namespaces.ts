import { Exposed } from '@demarc/jinja'
import { shortName, type App, type Model } from '../model/index.ts'
import { everything } from '../query/index.ts'
import type { TemplateReader } from './reader.ts'

/** `dcim`, `ipam` …: the models of each app by name, as in `dcim.Site.objects.all()`. */
export const appNamespaces = (reader: TemplateReader): Record<string, unknown> =>
  Object.fromEntries(reader.registry.apps.map(app => [app.name, new Namespace(reader, app)]))

class Namespace extends Exposed {
  readonly type = 'App'
  readonly #reader: TemplateReader
  readonly #app: App
  constructor(reader: TemplateReader, app: App) {
    super()
    this.#reader = reader
    this.#app = app
  }
  override attribute(name: string): unknown {
    const short = name.toLowerCase()
    const model = this.#app.models.find(one => shortName(one) === short && !one.spec.internal)
    return model && new ModelClass(this.#reader, model, name)
  }
  override repr(): string {
    return `<App ${this.#app.name}>`
  }
}

class ModelClass extends Exposed {
  readonly type = 'Model'
  readonly #reader: TemplateReader
  readonly #model: Model
  readonly #name: string
  constructor(reader: TemplateReader, model: Model, name: string) {
    super()
    this.#reader = reader
    this.#model = model
    this.#name = name
  }
  override attribute(name: string): unknown {
    return name === 'objects' ? this.#reader.all(this.#model, everything) : undefined
  }
  override repr(): string {
    return `<class '${this.#model.app}.${this.#name}'>`
  }
}
