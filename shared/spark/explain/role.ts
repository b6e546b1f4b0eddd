/** The two kinds of pods of an application; the words are those of Spark's keys and of the YAML's fields. */
export type Role = 'driver' | 'executor';

/** Spark's container in a pod: the one a pod template names, and the one to read logs from. */
export const containerOf: Record<Role, string> = {
  driver: 'spark-kubernetes-driver',
  executor: 'spark-kubernetes-executor',
};
