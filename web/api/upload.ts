import { base } from './base.ts'
import { ApiError } from './client.ts'

/** Sends a form with files and tells how much of it has gone, from 0 to 1; rejects with an {@link ApiError}. */
export function upload<T>(url: string, form: FormData, tell: (share: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    // What fetch cannot tell: how far an upload has come.
    const request = new XMLHttpRequest()
    request.open('POST', base + url)
    request.setRequestHeader('Accept', 'application/json')
    request.setRequestHeader('X-Requested-With', 'demarc')
    request.upload.onprogress = ({ loaded, total, lengthComputable }) => lengthComputable && tell(loaded / total)
    request.onerror = () =>
      reject(new ApiError(0, { detail: 'The server cannot be reached. Check the connection and try again.' }))
    request.onload = () => {
      const body = parse(request.responseText)
      if (request.status >= 200 && request.status < 300) resolve(body as T)
      else reject(new ApiError(request.status, body))
    }
    request.send(form)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
