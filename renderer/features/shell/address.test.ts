import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { operatorSchema } from '../../../shared/spark/state.ts';
import { formatAddress, type Place, parseAddress } from './address.ts';

const scope = { context: 'prod-eu', namespace: 'analytics' };

describe('formatAddress', () => {
  const reference = { context: 'arn:aws:eks/prod', operator: 'kubeflow', namespace: 'analytics', name: 'orders' } as const;
  const cases: [Place, string][] = [
    [{ page: 'application', reference }, 'emberdeck://arn%3Aaws%3Aeks%2Fprod/analytics/sparkapplication/orders'],
    [
      { page: 'application', reference, tab: 'yaml' },
      'emberdeck://arn%3Aaws%3Aeks%2Fprod/analytics/sparkapplication/orders?tab=yaml',
    ],
    [{ page: 'applications' }, 'emberdeck://prod-eu/analytics/applications'],
    [{ page: 'editor', draftId: 'd-1' }, 'emberdeck:///draft/d-1'],
    [{ page: 'settings' }, 'emberdeck:///settings'],
  ];
  test.each(cases)('%j is %s', (place, address) => {
    expect(formatAddress(place, scope)).toBe(address);
    expect(parseAddress(address)?.place).toEqual(place);
  });

  test('all namespaces stand as *', () => {
    const address = formatAddress({ page: 'applications' }, { context: 'c', namespace: null });
    expect(parseAddress(address)?.scope).toEqual({ context: 'c', namespace: null });
  });
});

test.each([
  '',
  'https://a/b',
  'emberdeck://',
  'emberdeck:///nowhere',
  'emberdeck://c',
  'emberdeck://c/n/node/x',
  'emberdeck://%/n/applications',
])('no place: %s', (address) => expect(parseAddress(address)).toBeNull());

test('any application comes back from its address', () => {
  const text = fc.string({ minLength: 1, unit: 'grapheme' });
  const reference = fc.record({
    context: text,
    namespace: text.filter((name) => name !== '*'),
    name: text,
    operator: fc.constantFrom(...operatorSchema.options),
  });
  fc.assert(
    fc.property(reference, text, (ref, tab) => {
      const place: Place = { page: 'application', reference: ref, tab };
      expect(parseAddress(formatAddress(place, null))?.place).toEqual(place);
    }),
  );
});
