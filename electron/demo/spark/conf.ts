import { randomBytes } from 'node:crypto';

/** The configuration of a Spark application, as `spark.properties` and `--conf` have it. */
export type SparkConf = ReadonlyMap<string, string>;

/** The value of the first of `keys` that is there and not empty, or ''. */
export function settingOf(conf: SparkConf, ...keys: string[]): string {
  for (const key of keys) {
    const value = conf.get(key) ?? '';
    if (value !== '') return value;
  }
  return '';
}

/** A whole number; what is no number counts as `otherwise`. */
export function countOf(conf: SparkConf, key: string, otherwise: number): number {
  const value = Number.parseInt(conf.get(key) ?? '', 10);
  return Number.isNaN(value) ? otherwise : value;
}

/** `true` or not; `otherwise` where the key is missing. */
export function flagOf(conf: SparkConf, key: string, otherwise: boolean): boolean {
  const value = conf.get(key);
  return value === undefined ? otherwise : value === 'true';
}

/** Everything below `prefix`, with the prefix taken off. */
export function below(conf: SparkConf, prefix: string): [string, string][] {
  return [...conf].filter(([key]) => key.startsWith(prefix)).map(([key, value]) => [key.slice(prefix.length), value]);
}

const units: Record<string, number> = { b: 1 / 1024 / 1024, k: 1 / 1024, m: 1, g: 1024, t: 1024 * 1024, p: 1024 * 1024 * 1024 };

/** MiB of a size in Spark's notation (`512m`, `2g`); a bare number is MiB. NaN when it is no size. */
export function mebibytes(size: string): number {
  const [, amount = '', unit = 'm'] = /^\s*(\d+)\s*([bkmgtp])?b?\s*$/i.exec(size) ?? [];
  return amount === '' ? Number.NaN : Math.floor(Number(amount) * (units[unit.toLowerCase()] ?? 1));
}

/** Seconds of a time in Spark's notation (`30s`, `2min`, `100ms`); a bare number is seconds. */
export function secondsOf(conf: SparkConf, key: string, otherwise: number): number {
  const [, amount = '', unit = 's'] = /^\s*(\d+)\s*(ms|s|m|min|h|d)?\s*$/.exec(conf.get(key) ?? '') ?? [];
  const factor = { ms: 0.001, s: 1, m: 60, min: 60, h: 3600, d: 86_400 }[unit] ?? 1;
  return amount === '' ? otherwise : Number(amount) * factor;
}

/** Memory beside the heap in MiB: what is set, else a share of the heap, 384 at least (spark-on-kubernetes, section 4). */
export function overheadOf(heap: number, explicit: string, factor: number): number {
  return explicit === '' ? Math.max(Math.trunc(heap * factor), 384) : mebibytes(explicit);
}

/** 16 hex digits: six of chance and ten of the clock, as Spark makes them. `now`: epoch milliseconds. */
export function uniqueId(now: number): string {
  return (
    randomBytes(3).toString('hex') +
    BigInt.asUintN(40, BigInt(Math.trunc(now)))
      .toString(16)
      .padStart(10, '0')
  );
}

const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9-]/g, '-')
    .replace(/-+/g, '-');

/** What the names of a run's objects begin with: the application's name as a DNS label and a unique id. */
export function resourcePrefix(applicationName: string, now: number): string {
  return plain(`${applicationName}-${uniqueId(now)}`)
    .replace(/^-/, '')
    .replace(/^[0-9]/, 'x');
}

/** The label `spark-app-name`. */
export const applicationLabel = (name: string): string => plain(name).slice(0, 63).replace(/^-/, '').replace(/-$/, '');

/** `spark-<32 hex>`, the label `spark-app-selector`. */
export const newApplicationId = (): string => `spark-${randomBytes(16).toString('hex')}`;
