import type { Phase } from '../state.ts';

/** The state machine of an operator as such, without any application's way through it. */
export interface MachineShape {
  readonly nodes: readonly { readonly state: string; readonly phase: Phase }[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/** Edges from every state of `froms` to every state of `tos`, without loops. */
export function edgesBetween(froms: readonly string[], tos: readonly string[]): { from: string; to: string }[] {
  return froms.flatMap((from) => tos.filter((to) => to !== from).map((to) => ({ from, to })));
}
