import { expect, test } from 'vitest';
import { instant, type ObservationType } from './instant.ts';

test.each<[string, number | null, number, ObservationType, number, boolean]>([
  ['an arrival within the second is nearest', 10_000, 10_420, 'added', 10_420, false],
  ['a later one is held within it', 10_000, 12_700, 'modified', 10_999, false],
  ['our clock is behind', 10_000, 8_300, 'added', 8_300, false],
  ['a time with a fraction is exact', 10_250, 10_700, 'added', 10_250, false],
  ['an exact time is not after its news', 3_610_250, 10_700, 'added', 10_700, false],
  ['nor is what was listed', 3_610_000, 10_700, 'listed', 10_700, true],
  ['nothing was written', null, 10_420, 'modified', 10_420, false],
  ['what was listed has its written time', 10_000, 90_000, 'listed', 10_000, true],
  ['what was listed without a time has only its arrival', null, 90_000, 'listed', 90_000, true],
])('%s', (_case, writtenAt, arrival, type, at, inferred) => {
  expect(instant(writtenAt, arrival, type)).toEqual({ at, inferred });
});
