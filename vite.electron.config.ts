import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';

const preload = process.env.EMBERDECK_PART === 'preload';

/**
 * Main process, backend and loopback server, each one bundled file: what is not used is not loaded.
 * The preload is built apart (`EMBERDECK_PART=preload`): a sandboxed preload is CommonJS and can import almost nothing.
 */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'out/electron',
    emptyOutDir: !preload,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: preload
        ? { preload: 'electron/preload.ts' }
        : { main: 'electron/main.ts', backend: 'electron/backend.ts', serve: 'electron/serve.ts' },
      external: ['electron', /^node:/, ...builtinModules],
      output: preload
        ? { format: 'cjs', entryFileNames: '[name].cjs' }
        : { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
