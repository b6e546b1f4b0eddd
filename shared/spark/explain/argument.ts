import { field, recordAt } from '../../json.ts';

/** Where a value stands in an application's YAML: the keys from its root, as `field` takes them. */
export type YamlPath = readonly (string | number)[];

/** Where an argument comes from: the path of the field that gave it, or the operator, which adds it whatever the YAML says. */
export type Origin = YamlPath | 'operator';

/** One argument of spark-submit: an option with its value, or a text by itself. */
export interface Argument {
  readonly texts: readonly string[];
  readonly origin: Origin;
}

/** The operator cannot build the list: its own words, and the field that is to blame. */
export interface Refusal {
  readonly refused: string;
  readonly origin: YamlPath;
}

/** What the operator has in hand when it runs spark-submit. */
export interface Submission {
  /** The SparkApplication, as it is read from the API. */
  readonly application: unknown;
  /** `status.submissionID` of this attempt. */
  readonly id: string;
  /** `k8s://https://host:port`, from the operator's environment. */
  readonly master: string;
}

/** A few arguments of the list that a submission always has an answer for. */
export type Row = (submission: Submission) => readonly Argument[];

/** One part of the list, in the operator's order; it may refuse. */
export type Section = (submission: Submission) => readonly Argument[] | Refusal;

/** An entry of a map-typed field. */
export interface Entry {
  readonly name: string;
  readonly text: string;
  readonly origin: Origin;
}

/** `--name text`. */
export function option(name: string, text: string, origin: Origin): Argument {
  return { texts: [name, text], origin };
}

/** `--conf key=text`. */
export function conf(key: string, text: string, origin: Origin): Argument {
  return option('--conf', `${key}=${text}`, origin);
}

/** Path of a field from its dotted form; for fields whose names hold no dots. */
export function pathOf(dotted: string): YamlPath {
  return dotted.split('.');
}

/** A text, number or flag as the operator prints it; null where there is none. An empty text is there, and is printed. */
export function scalarAt(value: unknown, path: YamlPath): string | null {
  const found = field(value, ...path);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? String(found) : null;
}

/** As {@link scalarAt}, with an empty text read as none: for the fields where the operator asks for both. */
export function filledAt(value: unknown, path: YamlPath): string | null {
  return scalarAt(value, path) || null;
}

/** Whether an object stands there, an empty one too. */
export function hasObject(value: unknown, path: YamlPath): boolean {
  const found = field(value, ...path);
  return typeof found === 'object' && found !== null;
}

/** The texts of a map-typed field, sorted by name: the operator ranges over a Go map, so that its own order is random. */
export function entriesAt(value: unknown, path: YamlPath): Entry[] {
  return Object.keys(recordAt(value, ...path))
    .sort()
    .flatMap((name) => {
      const origin = [...path, name];
      const text = scalarAt(value, origin);
      return text === null ? [] : [{ name, text, origin }];
    });
}

/** Entries with others written over them, sorted by name. */
export function overlaid(entries: readonly Entry[], over: readonly Entry[]): Entry[] {
  const names = new Set(over.map(({ name }) => name));
  return [...entries.filter(({ name }) => !names.has(name)), ...over].sort((a, b) => (a.name < b.name ? -1 : 1));
}
