import { conf, filledAt, hasObject, type Row, scalarAt } from './argument.ts';
import { templateFile } from './pod-template.ts';
import { containerOf, type Role } from './role.ts';
import { entries } from './row.ts';

/** Key of sparkConf that names the driver pod where the spec does not; the only one that is not handed on. */
export const driverPodNameKey = 'spark.kubernetes.driver.pod.name';

/** The operator writes a template for either side always, with the owner in it (see `podTemplate`). */
export function template(role: Role): Row {
  const key = `spark.kubernetes.${role}`;
  return ({ application, id }) => {
    const path = ['spec', role, 'template'];
    const origin = hasObject(application, path) ? path : 'operator';
    return [
      conf(`${key}.podTemplateFile`, templateFile(role, id), origin),
      conf(`${key}.podTemplateContainerName`, containerOf[role], origin),
    ];
  };
}

/** `util.GetDriverPodName`: the spec's, sparkConf's, or the application's name with `-driver`. */
export const driverPodName: Row = ({ application }) => {
  const paths = [
    ['spec', 'driver', 'podName'],
    ['spec', 'sparkConf', driverPodNameKey],
  ];
  const path = paths.find((candidate) => filledAt(application, candidate) !== null);
  const name = `${scalarAt(application, ['metadata', 'name']) ?? ''}-driver`;
  return [conf(driverPodNameKey, path === undefined ? name : (filledAt(application, path) ?? ''), path ?? 'operator')];
};

/** The labels by which the operator finds its pods, and its webhook the pods to change. */
export function operatorLabels(role: Role): Row {
  return ({ application, id }) => {
    const label = (name: string, text: string) =>
      conf(`spark.kubernetes.${role}.label.sparkoperator.k8s.io/${name}`, text, 'operator');
    const isTemplated = hasObject(application, ['spec', role, 'template']);
    const mutated = !isTemplated || !knowsTemplates(scalarAt(application, ['spec', 'sparkVersion']) ?? '');
    return [
      label('app-name', scalarAt(application, ['metadata', 'name']) ?? ''),
      label('launched-by-spark-operator', 'true'),
      ...(mutated ? [label('mutated-by-spark-operator', 'true')] : []),
      label('submission-id', id),
    ];
  };
}

/** Spark 3.0.0 and later; a text that is no version, and a version before its release, count as older. */
function knowsTemplates(version: string): boolean {
  const parts = /^v?(\d+)(?:\.(\d+)(?:\.(\d+)(-[\w.-]+)?(?:\+[\w.-]+)?)?)?$/.exec(version);
  if (parts === null) return false;
  const [, major, minor = '0', patch = '0', preview] = parts;
  return Number(major) > 3 || (Number(major) === 3 && !(preview && Number(minor) === 0 && Number(patch) === 0));
}

/** Labels of the SparkApplication itself go to its pods, but for those of Kueue, which would queue them once more. */
export function applicationLabels(role: Role): Row {
  const isForPods = ({ name }: { name: string }) => !name.startsWith('kueue.x-k8s.io/');
  return entries('metadata.labels', `spark.kubernetes.${role}.label.`, isForPods);
}
