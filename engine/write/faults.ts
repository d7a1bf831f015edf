/** Why a row was refused: texts, or further faults, by key; `__all__` for the row as a whole. */
export type FaultMap = Record<string, unknown>

/** Collects objections to one row. */
export class Faults {
  readonly map: FaultMap = {}
  /** Why the row was refused outright. */
  aborted?: { readonly detail: string; readonly status: 400 | 403 | 409 }

  abort(detail: string, status: 400 | 403 | 409 = 400): void {
    this.aborted ??= { detail, status }
    this.add(null, detail)
  }

  add(key: string | null, detail: unknown): void {
    const name = key ?? '__all__'
    if (typeof detail !== 'string') this.map[name] = detail
    else if (Array.isArray(this.map[name])) (this.map[name] as string[]).push(detail)
    else this.map[name] ??= [detail]
  }

  get any(): boolean {
    return Object.keys(this.map).length > 0
  }
}
