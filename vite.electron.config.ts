import { builtinModules } from 'node:module';
import { defineConfig } from 'vite';

const isWindow = process.env.EMBERDECK_PART === 'window';

/**
 * Backend, loopback server and demo cluster, bundled: what is not used is not loaded. The two parts of the window are built apart
 * (`EMBERDECK_PART=window`) as CommonJS: a sandboxed preload can be nothing else, and a main process that is loaded at once can
 * declare its scheme before Electron is ready.
 */
export default defineConfig({
  publicDir: false,
  ssr: { noExternal: true, external: ['electron'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'out/electron',
    emptyOutDir: !isWindow,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: isWindow
        ? { main: 'electron/main.ts', preload: 'electron/preload.ts' }
        : { backend: 'electron/backend.ts', serve: 'electron/serve.ts', demo: 'electron/demo/worker.ts' },
      // The demo's shell would use these two, which are built on install, to unpack archives; it says so where they are missing.
      external: ['electron', '@mongodb-js/zstd', 'node-liblzma', /^node:/, ...builtinModules],
      output: isWindow
        ? { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' }
        : { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
