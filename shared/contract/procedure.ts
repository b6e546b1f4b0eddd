import { eventIterator, oc } from '@orpc/contract';
import type { z } from 'zod';
import { failureSchema } from '../failure.ts';

/** Every procedure fails in one way: with a {@link Failure} as data under the code `FAILURE`. */
const procedure = oc.errors({ FAILURE: { data: failureSchema } });

/** One question, one answer. */
export function request<Input extends z.ZodType, Output extends z.ZodType>(input: Input, output: Output) {
  return procedure.input(input).output(output);
}

/** One question, answers until either side ends it. The first value always comes at once: the present state. */
export function stream<Input extends z.ZodType, Value extends z.ZodType>(input: Input, value: Value) {
  return procedure.input(input).output(eventIterator(value));
}
