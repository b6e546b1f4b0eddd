import { monaco } from './monaco.ts';

/** Colours of the YAML language and the names of the tokens they come from. */
const rules: readonly (readonly [token: string, color: string])[] = [
  ['', '--ink'],
  ['type', '--state-running'],
  ['string', '--state-done'],
  ['number', '--state-finishing'],
  ['keyword', '--state-unknown'],
  ['comment', '--ink-quiet'],
  ['operators', '--ink-quiet'],
  ['delimiter', '--ink-quiet'],
  ['tag', '--state-pending'],
  ['namespace', '--state-pending'],
  ['meta.directive', '--state-pending'],
];

const parts: readonly (readonly [part: string, color: string])[] = [
  ['editor.background', '--ground'],
  ['editor.foreground', '--ink'],
  ['editorCursor.foreground', '--accent'],
  ['editorLineNumber.foreground', '--line-strong'],
  ['editorLineNumber.activeForeground', '--ink-quiet'],
  ['editor.lineHighlightBackground', '--ground-raised'],
  ['editor.lineHighlightBorder', '--ground-raised'],
  ['editor.selectionBackground', '--fill-running'],
  ['editor.inactiveSelectionBackground', '--ground-sunken'],
  ['editorIndentGuide.background1', '--line'],
  ['editorIndentGuide.activeBackground1', '--line-strong'],
  ['editorWidget.background', '--ground-raised'],
  ['editorWidget.foreground', '--ink'],
  ['editorWidget.border', '--line-strong'],
  ['editorHoverWidget.background', '--ground-raised'],
  ['editorHoverWidget.foreground', '--ink'],
  ['editorHoverWidget.border', '--line-strong'],
  ['editorSuggestWidget.background', '--ground-raised'],
  ['editorSuggestWidget.foreground', '--ink'],
  ['editorSuggestWidget.border', '--line-strong'],
  ['editorSuggestWidget.selectedBackground', '--ground-selected'],
  ['editorSuggestWidget.selectedForeground', '--ink'],
  ['editorSuggestWidget.highlightForeground', '--accent'],
  ['editorSuggestWidget.focusHighlightForeground', '--accent'],
  ['editorError.foreground', '--state-failed'],
  ['editorWarning.foreground', '--state-pending'],
  ['editorInfo.foreground', '--state-running'],
  ['editorBracketHighlight.foreground1', '--ink-quiet'],
  ['editorBracketHighlight.foreground2', '--ink-quiet'],
  ['editorBracketHighlight.foreground3', '--ink-quiet'],
  ['editorGutter.background', '--ground'],
  ['input.background', '--ground'],
  ['input.foreground', '--ink'],
  ['input.border', '--line-strong'],
  ['focusBorder', '--accent'],
  ['menu.background', '--ground-raised'],
  ['menu.foreground', '--ink'],
  ['menu.selectionBackground', '--ground-selected'],
  ['menu.selectionForeground', '--ink'],
  ['scrollbar.shadow', '--line'],
];

/** Draws every editor in the window's own colours and follows them when they change. The returned function stops that. */
export function followTheme(): () => void {
  const root = document.documentElement;
  const apply = () => {
    const style = getComputedStyle(root);
    // Monaco takes six digits only, and a minified sheet may hold three.
    const color = (name: string) =>
      style
        .getPropertyValue(name)
        .trim()
        .replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');
    const dark = root.dataset.mantineColorScheme === 'dark';
    monaco.editor.defineTheme('emberdeck', {
      base: dark ? 'vs-dark' : 'vs',
      inherit: true,
      // Monaco's base themes have rules for `string.yaml`, which would win over `string`.
      rules: rules.flatMap(([token, name]) =>
        (token === '' ? [''] : [token, `${token}.yaml`]).map((each) => ({ token: each, foreground: color(name).slice(1) })),
      ),
      colors: Object.fromEntries(parts.map(([part, name]) => [part, color(name)])),
    });
    monaco.editor.setTheme('emberdeck');
  };
  apply();
  const observer = new MutationObserver(apply);
  observer.observe(root, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] });
  return () => observer.disconnect();
}
