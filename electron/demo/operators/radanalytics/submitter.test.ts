import { expect, test } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { submitCommand } from './submitter.ts';

const application = (spec: JsonObject): JsonObject => ({
  kind: 'SparkApplication',
  metadata: { name: 'pi', namespace: 'default' },
  spec: { mainApplicationFile: 'local:///pi.jar', ...spec },
});

const label = (side: string, entry: string) => `--conf spark.kubernetes.${side}.label.${entry}`;

test('the command has the operator’s order, and sleeps afterwards', () => {
  const spec = {
    mainClass: 'a.B',
    image: 'img',
    arguments: '"$HOME" 2',
    sleep: 60,
    labels: { team: 'x' },
    env: { STAGE: 'test' },
    deps: { pyFiles: ['a.py', 'b.py'], jars: ['c.jar'] },
    driver: { cores: '0.2', coreLimit: '500m', memory: '1g', labels: { side: 'd' } },
    executor: { instances: 3, labels: { side: 'e' } },
  };
  expect(submitCommand(application(spec))).toBe(
    [
      '/opt/spark/bin/spark-submit --class a.B --master k8s://https://$KUBERNETES_SERVICE_HOST:$KUBERNETES_SERVICE_PORT',
      '--conf spark.kubernetes.namespace=default --deploy-mode cluster --conf spark.app.name=pi',
      '--conf spark.kubernetes.container.image=img --conf spark.kubernetes.submission.waitAppCompletion=false',
      '--conf spark.driver.cores=0.2 --conf spark.kubernetes.driver.limit.cores=500m --conf spark.driver.memory=1g',
      '--conf spark.kubernetes.authenticate.driver.serviceAccountName=spark-operator',
      label('driver', 'radanalytics.io/kind=SparkApplication'),
      label('driver', 'radanalytics.io/SparkApplication=pi'),
      label('driver', 'team=x'),
      label('driver', 'side=d'),
      label('executor', 'radanalytics.io/kind=SparkApplication'),
      label('executor', 'radanalytics.io/SparkApplication=pi'),
      label('executor', 'team=x'),
      label('executor', 'side=e'),
      '--conf spark.kubernetes.driverEnv.STAGE=test --conf spark.executorEnv.STAGE=test',
      '--conf spark.executor.instances=3 --conf spark.executor.cores=1 --conf spark.executor.memory=512m',
      '--py-files a.py,b.py --jars c.jar --conf spark.jars.ivy=/tmp/.ivy2 local:///pi.jar "$HOME" 2',
      "&& echo -e '\\n\\ntask/pod will be rescheduled in 60 seconds..' && sleep 60",
    ].join(' '),
  );
});

test('without sleep it is the submission alone', () => {
  expect(submitCommand(application({ sleep: 0 }))).not.toContain('&&');
});
