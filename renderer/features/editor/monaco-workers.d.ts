/** Monaco ships this file without types (0.57, `src/internal/common/workers.ts`). */
declare module 'monaco-editor/internal/common/workers.js' {
  import type { editor } from 'monaco-editor/editor/editor.api.js';

  /** Starts the worker of `label` through `MonacoEnvironment` and hands it `createData`. */
  export function createWebWorker<Worker extends object>(options: {
    createData?: unknown;
    label?: string;
    moduleId?: string;
  }): editor.MonacoWebWorker<Worker>;
}
