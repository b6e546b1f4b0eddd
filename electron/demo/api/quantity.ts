import type { Json } from '../json.ts';

/** An amount of a resource as Kubernetes writes it (`250m`, `1500Mi`, `2G`), in exact thousandths of its unit. */
export interface Quantity {
  thousandths: bigint;
  /** How it is printed: with the suffixes Ki, Mi, … or with k, M, …. */
  format: 'binary' | 'decimal';
}

const decimal = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

export const zero: Quantity = { thousandths: 0n, format: 'decimal' };
export const one: Quantity = { thousandths: 1000n, format: 'decimal' };

/** Reads a quantity; null for what the API server would refuse. Below a thousandth it rounds up, as the server does. */
export function parseQuantity(value: Json | undefined): Quantity | null {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(n|u|m|[kMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/.exec(String(value ?? ''));
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', suffix = ''] = match;
  if (whole === '' && fraction === '') return null;
  const { factor, divisor, format } = scaleOf(suffix);
  const down = 10n ** BigInt(fraction.length) * divisor;
  const amount = BigInt(whole + fraction) * 1000n * factor;
  const thousandths = (amount + down - 1n) / down;
  return { thousandths: sign === '-' ? -thousandths : thousandths, format };
}

function scaleOf(suffix: string): { factor: bigint; divisor: bigint; format: Quantity['format'] } {
  const small = ['m', 'u', 'n'].indexOf(suffix);
  if (small >= 0) return { factor: 1n, divisor: 1000n ** BigInt(small + 1), format: 'decimal' };
  if (suffix.endsWith('i')) return { factor: 1024n ** BigInt(binary.indexOf(suffix)), divisor: 1n, format: 'binary' };
  const power = /^[eE]([+-]?\d+)$/.exec(suffix);
  if (power === null) return { factor: 1000n ** BigInt(decimal.indexOf(suffix)), divisor: 1n, format: 'decimal' };
  const exponent = Number(power[1]);
  const scale = 10n ** BigInt(Math.abs(exponent));
  return { factor: exponent > 0 ? scale : 1n, divisor: exponent < 0 ? scale : 1n, format: 'decimal' };
}

/** The canonical text: the largest suffix that leaves a whole number. */
export function printQuantity({ thousandths, format }: Quantity): string {
  if (thousandths % 1000n !== 0n) return `${thousandths}m`;
  const whole = thousandths / 1000n;
  const step = format === 'binary' && (whole >= 1024n || whole <= -1024n) ? 1024n : 1000n;
  const suffixes = step === 1024n ? binary : decimal;
  let amount = whole;
  let power = 0;
  while (amount !== 0n && amount % step === 0n && power < suffixes.length - 1) {
    amount /= step;
    power += 1;
  }
  return `${amount}${suffixes[power]}`;
}

/** The sum, printed as the first of the two that is not zero. */
export function addQuantities(left: Quantity, right: Quantity): Quantity {
  const format = left.thousandths === 0n ? right.format : left.format;
  return { thousandths: left.thousandths + right.thousandths, format };
}

/** Negative, zero or positive, as for sorting. */
export const compareQuantities = (left: Quantity, right: Quantity): number => Number(left.thousandths - right.thousandths);

export const larger = (left: Quantity, right: Quantity): Quantity => (compareQuantities(left, right) < 0 ? right : left);
