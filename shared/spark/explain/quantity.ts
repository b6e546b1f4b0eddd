const decimal = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
/** So many digits, and no more, that nobody can make the numbers endless. */
const form = /^([+-]?)(\d{1,40}\.?\d{0,40}|\.\d{1,40})(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,2}))?$/;

/** Billionths, the finest that Kubernetes keeps. */
const scale = 9;
const one = 10n ** BigInt(scale);

/**
 * A Kubernetes quantity as Go prints it again: no fraction, and the largest unit that needs none (`1024Mi` is `1Gi`, `1.5` is
 * `1500m`). A text that is no quantity stays as it is. See `apimachinery/pkg/api/resource/quantity.go`.
 */
export function canonicalQuantity(text: string): string {
  const parts = form.exec(text.trim());
  if (parts === null) return text;
  const [, sign = '', number = '', unit = '', exponent] = parts;
  const minus = sign === '-' ? '-' : '';
  const power = exponent === undefined ? (decimal.indexOf(unit) - decimal.indexOf('')) * 3 : Number(exponent);
  if (!unit.endsWith('i')) return minus + ofTens(shifted(number, power), exponent !== undefined);
  const amount = shifted(number, 0) * 1024n ** BigInt(binary.indexOf(unit));
  return minus + (amount < 1024n * one ? ofTens(amount, false) : ofTwos(roundedUp(amount, one)));
}

const roundedUp = (amount: bigint, step: bigint): bigint => (amount + step - 1n) / step;

/** `number` times ten to the `power`, in billionths; what is finer than that is rounded up. */
function shifted(number: string, power: number): bigint {
  const [whole = '', fraction = ''] = number.split('.');
  const digits = BigInt(`${whole}${fraction}`);
  const places = scale + power - fraction.length;
  return places >= 0 ? digits * 10n ** BigInt(places) : roundedUp(digits, 10n ** BigInt(-places));
}

function ofTens(amount: bigint, asExponent: boolean): string {
  if (amount === 0n) return '0';
  let [rest, step] = [amount, 0];
  while (rest % 1000n === 0n && step < decimal.length - 1) [rest, step] = [rest / 1000n, step + 1];
  const exponent = step * 3 - scale;
  return `${rest}${asExponent ? (exponent === 0 ? '' : `e${exponent}`) : (decimal[step] ?? '')}`;
}

function ofTwos(amount: bigint): string {
  let [rest, step] = [amount, 0];
  while (rest % 1024n === 0n && step < binary.length - 1) [rest, step] = [rest / 1024n, step + 1];
  return `${rest}${binary[step] ?? ''}`;
}
