import { authorise, identityOf } from '../api/access.ts';
import { configMaps, type Kind, pods, services } from '../api/kinds.ts';
import { end } from '../api/removal.ts';
import { ApiError } from '../api/status.ts';
import { type JsonObject, labelsOf, nameOf } from '../json.ts';
import type { World } from '../world.ts';
import type { DriverSettings } from './driver-settings.ts';
import { clientException } from './submit/refusal.ts';

/** Where a driver finds the API server: not at the address that its submitter used (spark-measured, point 19). */
const API_SERVER = 'https://kubernetes.default.svc';

/** A request that the API server refused; the message is the client's. */
export class RequestRefused extends Error {}

/** The Kubernetes client of a driver, with the rights of its pod's account. */
export interface DriverClient {
  /** The driver's pod as it is now, which Spark looks at first. Throws `RequestRefused`. */
  ownPod(): JsonObject;
  /** Throws `RequestRefused`. */
  create(kind: Kind, object: JsonObject): void;
  /** Deletes a pod gracefully; nothing where it is gone. */
  deletePod(name: string): void;
  /** Deletes what was made for the driver besides pods: its service, and the ConfigMap of its executors. */
  deleteRest(configuration: string): void;
}

/** The client of the driver with these settings. */
export function driverClient(world: World, { namespace, user, pod, applicationId }: DriverSettings): DriverClient {
  const { store } = world;
  const request = <Result>(what: string, act: () => Result): Result => {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw new RequestRefused(clientException(error, what, { master: API_SERVER, namespace, user }));
    }
  };
  return {
    ownPod() {
      const asked = { verb: 'get', group: '', resource: 'pods', namespace, name: nameOf(pod) };
      request(`GET pods/${nameOf(pod)}`, () => authorise(world, identityOf(user), pods, asked));
      return store.get(pods, namespace, nameOf(pod)) ?? pod;
    },
    create(kind, object) {
      request(`POST ${kind.plural}`, () => world.create(kind, object, user));
    },
    deletePod(name) {
      const live = store.get(pods, namespace, name);
      if (live !== null) end(store, pods, live);
    },
    deleteRest(configuration) {
      for (const service of store.list(services, namespace)) {
        if (labelsOf(service)['spark-app-selector'] === applicationId) store.remove(services, service);
      }
      const map = store.get(configMaps, namespace, configuration);
      if (map !== null) store.remove(configMaps, map);
    },
  };
}
