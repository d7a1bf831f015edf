import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.DEMARC_SERVER ?? 'http://127.0.0.1:8000'

export default defineConfig({
  // Relative, for the page's base element says where Demarc is served.
  base: './',
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
  server: { port: 5173, proxy: { '/api': server, '/ui/': server, '/graphql': server, '/media': server } },
})
