import type { ITheme } from '@xterm/xterm';

/** The colours of programs, by the names of `tokens.css`; bright ones are the same, for both themes keep their contrast. */
const ANSI = {
  red: '--state-failed',
  green: '--state-done',
  yellow: '--state-pending',
  blue: '--state-running',
  magenta: '--state-unknown',
  cyan: '--state-finishing',
} as const;

/** Tells the colours of the window's theme, now and when it changes, until the returned function is called. */
export function followColours(tell: (theme: ITheme) => void): () => void {
  const root = document.documentElement;
  const apply = () => {
    const style = getComputedStyle(root);
    const color = (name: string) => style.getPropertyValue(name).trim();
    const hues = Object.entries(ANSI).flatMap(([hue, name]) => [
      [hue, color(name)],
      [`bright${hue.charAt(0).toUpperCase()}${hue.slice(1)}`, color(name)],
    ]);
    const isDark = root.dataset.mantineColorScheme === 'dark';
    const [black, white] = isDark ? ['--ground-sunken', '--ink'] : ['--ink', '--ground-sunken'];
    tell({
      background: color('--ground'),
      foreground: color('--ink'),
      cursor: color('--accent'),
      cursorAccent: color('--ground'),
      selectionBackground: color('--fill-running'),
      black: color(black),
      white: color(white),
      brightBlack: color('--ink-quiet'),
      brightWhite: color(white),
      ...Object.fromEntries(hues),
    });
  };
  apply();
  const observer = new MutationObserver(apply);
  observer.observe(root, { attributes: true, attributeFilter: ['data-mantine-color-scheme'] });
  return () => observer.disconnect();
}
