import 'monaco-editor/features/bracketMatching/register.js';
import 'monaco-editor/features/caretOperations/register.js';
import 'monaco-editor/features/clipboard/register.js';
import 'monaco-editor/features/codeEditor/register.js';
import 'monaco-editor/features/codicon/register.js';
import 'monaco-editor/features/comment/register.js';
import 'monaco-editor/features/contextmenu/register.js';
import 'monaco-editor/features/cursorUndo/register.js';
import 'monaco-editor/features/find/register.js';
import 'monaco-editor/features/folding/register.js';
import 'monaco-editor/features/gotoError/register.js';
import 'monaco-editor/features/gotoLine/register.js';
import 'monaco-editor/features/hover/register.js';
import 'monaco-editor/features/indentation/register.js';
import 'monaco-editor/features/linesOperations/register.js';
import 'monaco-editor/features/multicursor/register.js';
import 'monaco-editor/features/smartSelect/register.js';
import 'monaco-editor/features/snippet/register.js';
import 'monaco-editor/features/suggest/register.js';
import 'monaco-editor/features/unicodeHighlighter/register.js';
import 'monaco-editor/features/wordHighlighter/register.js';
import 'monaco-editor/features/wordOperations/register.js';
import 'monaco-editor/features/wordPartOperations/register.js';
import 'monaco-editor/languages/definitions/yaml/register.js';
import * as monaco from 'monaco-editor/editor/editor.api.js';
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker';
import { createWebWorker } from 'monaco-editor/internal/common/workers.js';
import { configureMonacoYaml, type JSONSchema, type MonacoYaml } from 'monaco-yaml';
import YamlWorker from 'monaco-yaml/yaml.worker.js?worker';

// Only the editor and YAML: all languages together would be ten times as much to load.
declare global {
  interface Window {
    MonacoEnvironment?: { getWorker(id: string, label: string): Worker };
  }
}

window.MonacoEnvironment = {
  getWorker: (_, label) => (label === 'yaml' ? new YamlWorker() : new EditorWorker()),
};

/**
 * monaco-yaml starts its worker in the way that Monaco dropped in 0.54; Monaco keeps a function that takes the old words, which is
 * put in its place here.
 */
const monacoForYaml = { ...monaco, editor: { ...monaco.editor, createWebWorker } };

let yaml: MonacoYaml | null = null;

/** Gives the YAML language `schema` for every document of every text; completion, hover and errors follow. */
export function setDocumentSchema(schema: Record<string, unknown>): void {
  const schemas = [{ uri: 'emberdeck://kubernetes', fileMatch: ['*'], schema: schema as JSONSchema }];
  if (yaml !== null) void yaml.update({ schemas });
  else {
    yaml = configureMonacoYaml(monacoForYaml, {
      schemas,
      enableSchemaRequest: false,
      hoverSchemaSource: false,
      // As Kubernetes reads it.
      yamlVersion: '1.1',
      // Completing a key must not bring a page of defaults with it.
      disableDefaultProperties: true,
      format: { enable: false },
    });
  }
}

export { monaco };
