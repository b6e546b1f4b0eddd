import { useEffect, useRef } from 'react';
import type { Problem } from '../../../shared/contract/submissions.ts';
import { isMac } from '../../ui/platform.ts';
import { actionOfPress } from '../keys/index.ts';
import { enabledActions } from '../palette/index.ts';
import { indentAfter } from './indent.ts';
import { monaco } from './monaco.ts';
import type { LineChange } from './problems.ts';
import { followTheme } from './theme.ts';

/** What YAML and schema say about a line. */
export interface LanguageProblem {
  line: number;
  column: number;
  message: string;
  severe: boolean;
}

/** What the page does with the pane: show a place, take the keys back. */
export interface PaneHandle {
  reveal(line: number, column: number): void;
  /** Puts `text` in place of all there is; undo brings the old one back. */
  replace(text: string): void;
  focus(): void;
}

interface Props {
  draftId: string;
  initialText: string;
  problems: readonly Problem[];
  wordsOf(problem: Problem): string;
  onChange(text: string, changes: LineChange[]): void;
  onBlur(): void;
  onLanguageProblems(problems: LanguageProblem[]): void;
  onReady(handle: PaneHandle): void;
}

/** Monaco with one text. The text is Monaco's from here on: it is given once and never set again, so the cursor stays where it is. */
export function MonacoPane(props: Props) {
  const element = useRef<HTMLDivElement>(null);
  const model = useRef<monaco.editor.ITextModel | null>(null);
  // The callbacks of the latest drawing, for an editor that is made once a draft.
  const present = useRef(props);
  present.current = props;
  const { draftId, problems, wordsOf } = props;

  useEffect(() => {
    const container = element.current;
    if (container === null) return;
    const stopTheme = followTheme();
    const uri = monaco.Uri.parse(`emberdeck://draft/${draftId}.yaml`);
    const text = monaco.editor.createModel(present.current.initialText, 'yaml', uri);
    model.current = text;
    text.updateOptions({ tabSize: 2, insertSpaces: true });
    const editor = monaco.editor.create(container, { ...options, model: text });
    editor.addCommand(monaco.KeyCode.Enter, () => newLine(editor), 'editorTextFocus');
    container.addEventListener('keydown', runAction, true);
    const listeners = [
      text.onDidChangeContent((event) => {
        const changes = event.changes.map((change) => ({
          first: change.range.startLineNumber,
          last: change.range.endLineNumber,
          count: change.text.split('\n').length,
        }));
        present.current.onChange(text.getValue(), changes);
      }),
      editor.onDidBlurEditorText(() => present.current.onBlur()),
      monaco.editor.onDidChangeMarkers((uris) => {
        if (!uris.some((changed) => changed.toString() === uri.toString())) return;
        const markers = monaco.editor.getModelMarkers({ resource: uri, owner: 'yaml' });
        present.current.onLanguageProblems(markers.map(languageProblem));
      }),
    ];
    present.current.onReady({
      reveal(line, column) {
        editor.setPosition({ lineNumber: line, column });
        editor.revealLineInCenterIfOutsideViewport(line);
        editor.focus();
      },
      replace(next) {
        editor.pushUndoStop();
        editor.executeEdits('template', [{ range: text.getFullModelRange(), text: next }]);
        editor.pushUndoStop();
        editor.setPosition({ lineNumber: 1, column: 1 });
        editor.focus();
      },
      focus: () => editor.focus(),
    });
    editor.focus();
    return () => {
      container.removeEventListener('keydown', runAction, true);
      for (const listener of listeners) listener.dispose();
      editor.dispose();
      text.dispose();
      model.current = null;
      stopTheme();
    };
  }, [draftId]);

  useEffect(() => {
    if (model.current === null) return;
    const markers = problems.map((problem) => ({
      startLineNumber: problem.line,
      startColumn: problem.column,
      endLineNumber: problem.endLine,
      endColumn: problem.endColumn,
      message: wordsOf(problem),
      source: 'server',
      severity: monaco.MarkerSeverity.Error,
    }));
    monaco.editor.setModelMarkers(model.current, 'server', markers);
  }, [problems, wordsOf]);

  return <div ref={element} style={{ height: '100%', minHeight: 0 }} />;
}

/** The window's own chords come before Monaco's, which would swallow them or take them as the first half of one of its own. */
function runAction(event: KeyboardEvent): void {
  if (event.isComposing) return;
  const action = actionOfPress(event, { typing: true, pressable: false, modal: false }, enabledActions(), isMac);
  if (action === null) return;
  event.preventDefault();
  event.stopPropagation();
  action.run();
}

/**
 * A new line with its indentation at every cursor. Monaco's own `autoIndent` would indent pasted and inserted lines too, which have
 * their indentation already.
 */
function newLine(editor: monaco.editor.ICodeEditor): void {
  const model = editor.getModel();
  if (model === null) return;
  editor.pushUndoStop();
  editor.executeEdits(
    'newLine',
    (editor.getSelections() ?? []).map((selection) => {
      const before = model.getLineContent(selection.startLineNumber).slice(0, selection.startColumn - 1);
      return { range: selection, text: `\n${indentAfter(before)}`, forceMoveMarkers: true };
    }),
  );
  editor.revealPositionInCenterIfOutsideViewport(editor.getPosition() ?? { lineNumber: 1, column: 1 });
}

// These two are the page's; Monaco would add lines while the page's are disabled.
monaco.editor.addKeybindingRules(
  [monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter, monaco.KeyMod.CtrlCmd | monaco.KeyMod.Shift | monaco.KeyCode.Enter].map(
    (keybinding) => ({ keybinding, command: null }),
  ),
);

function languageProblem(marker: monaco.editor.IMarker): LanguageProblem {
  const { startLineNumber: line, startColumn: column, message, severity } = marker;
  return { line, column, message, severe: severity === monaco.MarkerSeverity.Error };
}

const options: monaco.editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: true,
  theme: 'emberdeck',
  fontFamily: '"JetBrains Mono Variable", ui-monospace, monospace',
  fontSize: 13,
  lineHeight: 20,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  padding: { top: 8, bottom: 8 },
  renderLineHighlight: 'line',
  lineNumbersMinChars: 4,
  fixedOverflowWidgets: true,
  accessibilitySupport: 'auto',
  ariaLabel: 'YAML of the application',
  // What is typed is what stands there: nothing closes, formats or completes itself.
  autoClosingBrackets: 'never',
  autoClosingQuotes: 'never',
  autoSurround: 'never',
  formatOnType: false,
  formatOnPaste: false,
  autoIndent: 'none',
  // Enter makes a new line always; Tab takes a suggestion.
  acceptSuggestionOnEnter: 'off',
  acceptSuggestionOnCommitCharacter: false,
  tabCompletion: 'on',
  quickSuggestions: { other: true, comments: false, strings: true },
  wordBasedSuggestions: 'off',
  suggest: { showWords: false, preview: false },
  stickyScroll: { enabled: false },
  bracketPairColorization: { enabled: false },
  unicodeHighlight: { nonBasicASCII: false, invisibleCharacters: true, ambiguousCharacters: true },
};
