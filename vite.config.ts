import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The renderer: static files for `app://emberdeck/` in Electron and for the loopback server in a browser. */
export default defineConfig({
  root: 'renderer',
  base: '/',
  publicDir: '../resources/public',
  plugins: [react()],
  worker: { format: 'es' },
  // monaco-yaml's worker names Monaco's file by the place it had before 0.54.
  resolve: { alias: { 'monaco-editor/esm/vs/editor/editor.worker.js': 'monaco-editor/editor/editor.worker.js' } },
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'chrome130',
    // The content security policy forbids data: scripts and inline ones.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 5000,
  },
});
