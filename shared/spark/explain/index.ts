export type { Argument, Origin, Submission, YamlPath } from './argument.ts';
export { argumentTexts, type KubeflowArguments, kubeflowArguments } from './kubeflow.ts';
export { podTemplate } from './pod-template.ts';
