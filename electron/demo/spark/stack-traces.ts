/*
 * Frames of the stack traces that Spark's clients and drivers print, shorter than the real ones: what a reader looks for stands in the
 * first lines.
 */

/** A POST that the API server refused, seen from the caller and from the client's own threads. */
export const refusedPost = [
  'io.fabric8.kubernetes.client.KubernetesClientException.copyAsCause(KubernetesClientException.java:238)',
  'io.fabric8.kubernetes.client.dsl.internal.OperationSupport.waitForResult(OperationSupport.java:518)',
  'io.fabric8.kubernetes.client.dsl.internal.OperationSupport.handleResponse(OperationSupport.java:535)',
  'io.fabric8.kubernetes.client.dsl.internal.OperationSupport.handleCreate(OperationSupport.java:340)',
  'io.fabric8.kubernetes.client.dsl.internal.BaseOperation.handleCreate(BaseOperation.java:703)',
  'io.fabric8.kubernetes.client.dsl.internal.BaseOperation.create(BaseOperation.java:1108)',
];

/** The same, in the threads of the client. */
export const refusedRequest = [
  'io.fabric8.kubernetes.client.dsl.internal.OperationSupport.requestFailure(OperationSupport.java:671)',
  'io.fabric8.kubernetes.client.dsl.internal.OperationSupport.assertResponseCode(OperationSupport.java:597)',
  'io.fabric8.kubernetes.client.dsl.internal.OperationSupport.lambda$handleResponse$0(OperationSupport.java:560)',
  'java.base/java.util.concurrent.CompletableFuture.complete(CompletableFuture.java:2147)',
  'io.fabric8.kubernetes.client.http.StandardHttpClient.lambda$completeOrCancel$10(StandardHttpClient.java:140)',
  'io.fabric8.kubernetes.client.okhttp.OkHttpClientImpl$OkHttpAsyncBody.doConsume(OkHttpClientImpl.java:137)',
  'java.base/java.lang.Thread.run(Thread.java:840)',
];

/** Who asked: spark-submit. */
export const submitting = [
  'org.apache.spark.deploy.k8s.submit.Client.run(KubernetesClientApplication.scala:153)',
  'org.apache.spark.deploy.k8s.submit.KubernetesClientApplication.run(KubernetesClientApplication.scala:250)',
  'org.apache.spark.deploy.k8s.submit.KubernetesClientApplication.start(KubernetesClientApplication.scala:223)',
];

/** Who asked: a driver that wants executors. */
export const allocating = [
  'org.apache.spark.scheduler.cluster.k8s.ExecutorPodsAllocator.requestNewExecutors(ExecutorPodsAllocator.scala:440)',
  'org.apache.spark.scheduler.cluster.k8s.ExecutorPodsAllocator.onNewSnapshots(ExecutorPodsAllocator.scala:417)',
  'org.apache.spark.scheduler.cluster.k8s.ExecutorPodsSnapshotsStoreImpl.callSubscriber(ExecutorPodsSnapshotsStoreImpl.scala:140)',
  'java.base/java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask.run(ScheduledThreadPoolExecutor.java:305)',
  'java.base/java.lang.Thread.run(Thread.java:840)',
];

/** The lowest frames of everything that runs in the main thread of spark-submit, in a client or a driver. */
export const launched = [
  'org.apache.spark.deploy.SparkSubmit.org$apache$spark$deploy$SparkSubmit$$runMain(SparkSubmit.scala:1034)',
  'org.apache.spark.deploy.SparkSubmit.doRunMain$1(SparkSubmit.scala:199)',
  'org.apache.spark.deploy.SparkSubmit.submit(SparkSubmit.scala:222)',
  'org.apache.spark.deploy.SparkSubmit.doSubmit(SparkSubmit.scala:91)',
  'org.apache.spark.deploy.SparkSubmit$.main(SparkSubmit.scala:1134)',
  'org.apache.spark.deploy.SparkSubmit.main(SparkSubmit.scala)',
];

/** A job's main method, called by Spark. */
export const inMain = (frame: string): string[] => [
  frame,
  'java.base/java.lang.reflect.Method.invoke(Method.java:569)',
  'org.apache.spark.deploy.JavaMainApplication.start(SparkApplication.scala:52)',
  ...launched,
];

/** Where the Kubernetes side of a context is made. */
export const creatingScheduler = [
  'org.apache.spark.scheduler.cluster.k8s.ExecutorPodsAllocator.<init>(ExecutorPodsAllocator.scala:94)',
  'org.apache.spark.scheduler.cluster.k8s.KubernetesClusterManager.createSchedulerBackend(KubernetesClusterManager.scala:133)',
  'org.apache.spark.SparkContext$.org$apache$spark$SparkContext$$createTaskScheduler(SparkContext.scala:3198)',
];

/** Where a session is made. */
export const startingContext = [
  'org.apache.spark.SparkContext$.getOrCreate(SparkContext.scala:2883)',
  'org.apache.spark.sql.SparkSession$Builder.getOrCreate(SparkSession.scala:1093)',
];

/** A task in an executor. */
export const inTask = (frame: string): string[] => [
  frame,
  'scala.collection.Iterator.foreach(Iterator.scala:943)',
  'org.apache.spark.rdd.RDD.$anonfun$foreach$2(RDD.scala:1031)',
  'org.apache.spark.scheduler.ResultTask.runTask(ResultTask.scala:93)',
  'org.apache.spark.scheduler.Task.run(Task.scala:141)',
  'org.apache.spark.executor.Executor$TaskRunner.run(Executor.scala:624)',
  'java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1136)',
  'java.base/java.lang.Thread.run(Thread.java:840)',
];

/** The scheduler that gives a job up, and the action that waited for it. */
export const abortedJob = [
  'org.apache.spark.scheduler.DAGScheduler.failJobAndIndependentStages(DAGScheduler.scala:2898)',
  'org.apache.spark.scheduler.DAGScheduler.handleTaskSetFailed(DAGScheduler.scala:1253)',
  'org.apache.spark.util.EventLoop$$anon$1.run(EventLoop.scala:49)',
  'org.apache.spark.scheduler.DAGScheduler.runJob(DAGScheduler.scala:995)',
  'org.apache.spark.SparkContext.runJob(SparkContext.scala:2393)',
  'org.apache.spark.rdd.RDD.foreach(RDD.scala:1029)',
];
