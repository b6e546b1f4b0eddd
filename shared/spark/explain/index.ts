export type { Argument } from './argument.ts';
export { argumentTexts, kubeflowArguments } from './kubeflow.ts';
export { podTemplate } from './pod-template.ts';
