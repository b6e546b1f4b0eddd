/** Where a stack trace was made. */
export type Scene = 'submit' | 'request';

/** The frames of each scene, shorter than the real ones: what a reader looks for is in the first lines. */
const frames: Record<Scene, string[]> = {
  submit: [
    'io.fabric8.kubernetes.client.KubernetesClientException.copyAsCause(KubernetesClientException.java:238)',
    'io.fabric8.kubernetes.client.dsl.internal.OperationSupport.waitForResult(OperationSupport.java:518)',
    'io.fabric8.kubernetes.client.dsl.internal.BaseOperation.create(BaseOperation.java:1108)',
    'org.apache.spark.deploy.k8s.submit.Client.run(KubernetesClientApplication.scala:153)',
    'org.apache.spark.deploy.k8s.submit.KubernetesClientApplication.start(KubernetesClientApplication.scala:223)',
  ],
  request: [
    'io.fabric8.kubernetes.client.dsl.internal.OperationSupport.requestFailure(OperationSupport.java:671)',
    'io.fabric8.kubernetes.client.dsl.internal.OperationSupport.assertResponseCode(OperationSupport.java:597)',
    'io.fabric8.kubernetes.client.http.StandardHttpClient.lambda$completeOrCancel$10(StandardHttpClient.java:140)',
    'java.base/java.lang.Thread.run(Thread.java:840)',
  ],
};

const line = (frame: string): string => `\tat ${frame}`;

/** The lines under an exception: `\tat ...`. */
export const trace = (scene: Scene): string[] => frames[scene].map(line);

/** The lowest frames of everything that runs in a driver's or a client's main thread. */
export const launchTrace: string[] = [
  'org.apache.spark.deploy.SparkSubmit.org$apache$spark$deploy$SparkSubmit$$runMain(SparkSubmit.scala:1034)',
  'org.apache.spark.deploy.SparkSubmit.submit(SparkSubmit.scala:222)',
  'org.apache.spark.deploy.SparkSubmit.doSubmit(SparkSubmit.scala:91)',
  'org.apache.spark.deploy.SparkSubmit$.main(SparkSubmit.scala:1134)',
  'org.apache.spark.deploy.SparkSubmit.main(SparkSubmit.scala)',
].map(line);
