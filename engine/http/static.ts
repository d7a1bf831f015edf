import fs from 'node:fs'
import path from 'node:path'
import serveStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { HttpConfig } from './config.ts'
import { sendMissing, sendPage } from './errors.ts'
import { isApi } from './headers.ts'

/** Serves the built web pages, and answers what no route knows. */
export async function addStatic(app: FastifyInstance, config: HttpConfig, folder?: string): Promise<void> {
  const files = folder ? filesOf(folder) : new Set<string>()
  const index = folder && files.has('index.html') ? withBase(path.join(folder, 'index.html'), config.BASE_PATH) : null
  if (folder && files.size) await app.register(serveStatic, { root: folder, serve: false, cacheControl: false })

  app.setNotFoundHandler((request, reply) => {
    const url = new URL(request.url, 'http://server')
    const reading = ['GET', 'HEAD', 'OPTIONS'].includes(request.method)
    const file = url.pathname.slice(1)
    if (reading && file !== 'index.html' && files.has(file)) {
      // Vite puts a hash of its content into the name of every file in assets/.
      const hashed = file.startsWith('assets/')
      return reply
        .header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')
        .sendFile(file)
    }
    if (/^\/((assets|static|media)\/|metrics$|\.)/.test(url.pathname)) return sendMissing(request, reply)
    if (lacksSlash(url.pathname) && (reading || !isApi(request.url))) {
      const base = config.BASE_PATH && `/${config.BASE_PATH}`
      const to = `${base}${url.pathname.replace(/^\/+/, '/')}/${url.search}`
      return reply.type('text/html; charset=utf-8').redirect(to, 301)
    }
    const page = request.method === 'GET' || request.method === 'HEAD'
    if (!page || isApi(`${url.pathname}/`) || !acceptsPage(request)) {
      return sendMissing(request, reply)
    }
    if (!index) return sendPage(reply, 404, 'The web pages are not built; the API is at /api/.')
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(index)
  })
}

/** Paths of objects and lists end in a slash; the last part of a file's path has a dot. */
function lacksSlash(pathname: string): boolean {
  return !pathname.endsWith('/') && !pathname.slice(pathname.lastIndexOf('/')).includes('.')
}

function acceptsPage(request: FastifyRequest): boolean {
  const { accept } = request.headers
  return accept === undefined || /text\/(html|\*)|\*\/\*/.test(accept)
}

function filesOf(folder: string): Set<string> {
  if (!fs.existsSync(folder)) return new Set()
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile() && !entry.name.startsWith('.'))
  return new Set(files.map(entry => path.relative(folder, path.join(entry.parentPath, entry.name))))
}

/** The start page, told below which path it lives, so that its relative addresses hold on every page. */
function withBase(file: string, base: string): string {
  return fs.readFileSync(file, 'utf8').replace(/<head>/i, `<head><base href="/${base && `${base}/`}">`)
}
