/** A template that is imported with a data file needs no code of its own: what stands here gives way to the file's. */
export function takenFromFile(item: Record<string, any>): void {
  if (item['data_file'] && item['template_code'] === undefined) item['template_code'] = '-'
}
