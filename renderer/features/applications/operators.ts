import type { Operator } from '../../../shared/spark/state.ts';

const NAMES: Record<Operator, string> = {
  kubeflow: 'Kubeflow',
  apache: 'Apache',
  radanalytics: 'radanalytics',
  'spark-submit': 'spark-submit',
};

/** What an operator is called on screen. */
export function operatorName(operator: Operator): string {
  return NAMES[operator];
}
