import { expect, test } from 'vitest';
import type { JsonObject } from '../../json.ts';
import { driverNameOf, uiPortsOf, uiServiceNameOf } from './names.ts';

const application = (spec: JsonObject, name = 'pi'): JsonObject => ({ metadata: { name }, spec });
const podName = { 'spark.kubernetes.driver.pod.name': 'conf' };

test.each<[JsonObject, string]>([
  [{}, 'pi-driver'],
  [{ sparkConf: podName }, 'conf'],
  [{ sparkConf: podName, driver: { podName: 'spec' } }, 'spec'],
])('the driver of %o is %s', (spec, name) => {
  expect(driverNameOf(application(spec))).toBe(name);
});

test('the UI service is named after the application, cut where a service name ends', () => {
  expect(uiServiceNameOf(application({}))).toBe('pi-ui-svc');
  expect(uiServiceNameOf(application({}, 'a'.repeat(56)))).toBe(`${'a'.repeat(56)}-ui-svc`);
  const [one, other] = ['b', 'c'].map((last) => uiServiceNameOf(application({}, 'a'.repeat(62) + last)));
  expect(one).toMatch(/^a{54}-[0-9a-f]{8}$/);
  expect(other).not.toBe(one);
});

test.each<[JsonObject, { target: number; service: number; name: string }]>([
  [{}, { target: 4040, service: 4040, name: 'spark-driver-ui-port' }],
  [{ sparkConf: { 'spark.ui.port': '5050' } }, { target: 5050, service: 5050, name: 'spark-driver-ui-port' }],
  [
    { sparkConf: { 'spark.ui.port': '5050' }, sparkUIOptions: {} },
    { target: 5050, service: 4040, name: 'spark-driver-ui-port' },
  ],
  [{ sparkUIOptions: { servicePort: 80, servicePortName: 'http' } }, { target: 4040, service: 80, name: 'http' }],
])('ports of the UI of %o', (spec, ports) => {
  expect(uiPortsOf(application(spec))).toEqual(ports);
});
