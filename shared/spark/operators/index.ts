import type { Operator } from '../state.ts';
import type { OperatorAdapter } from './adapter.ts';
import { apache } from './apache.ts';
import { kubeflow } from './kubeflow.ts';
import { radanalytics } from './radanalytics.ts';
import { sparkSubmit } from './spark-submit.ts';

export type { OperatorAdapter } from './adapter.ts';

/** All operators; always key by operator (group and plural): three of them call their kind `SparkApplication`. */
export const operators: Record<Operator, OperatorAdapter> = { kubeflow, apache, radanalytics, 'spark-submit': sparkSubmit };
