import dynamicAllocation from '../../../resources/templates/dynamic-allocation.yaml?raw';
import pythonJob from '../../../resources/templates/python-job.yaml?raw';
import sparkPi from '../../../resources/templates/spark-pi.yaml?raw';

/** A text to begin with. `NAME` and `NAMESPACE` in it are filled in. */
export interface Template {
  readonly id: string;
  readonly title: string;
  /** How names begin that are made from it. */
  readonly stem: string;
  readonly text: string;
}

/** The first one is what "New application" opens. */
export const templates: readonly [Template, ...Template[]] = [
  { id: 'spark-pi', title: 'Spark Pi, the smallest', stem: 'pi', text: sparkPi },
  { id: 'python-job', title: 'Python job with retries', stem: 'job', text: pythonJob },
  { id: 'dynamic-allocation', title: 'Dynamic allocation and volumes', stem: 'app', text: dynamicAllocation },
];

/** The template's text for `namespace`, under a name of four random letters so that it is likely free. */
export function fillTemplate(template: Template, namespace: string, random: () => number): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz';
  const ending = Array.from({ length: 4 }, () => letters.charAt(Math.floor(random() * letters.length))).join('');
  return template.text.replaceAll('NAMESPACE', namespace).replaceAll('NAME', `${template.stem}-${ending}`);
}

/** What a draft is called in lists: the first `metadata.name` of the text, or "untitled". Works on text that is no YAML yet. */
export function titleOf(text: string): string {
  const flow = /^metadata:\s*\{[^}\n]*?\bname:\s*["']?([^\s"',}]+)/m.exec(text);
  const block = /^metadata:[ \t]*(?:#.*)?\n(?:(?:[ \t].*|#.*)?\n)*?[ \t]+name:[ \t]*["']?([^\s"'#]+)/m.exec(text);
  const first = [flow, block].filter((match) => match !== null).sort((one, other) => one.index - other.index)[0];
  return first?.[1] ?? 'untitled';
}
