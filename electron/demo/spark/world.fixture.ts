import { kindsOf } from '../api/kinds.ts';
import type { ApiError } from '../api/status.ts';
import { createStore } from '../api/store.ts';
import type { JsonObject } from '../json.ts';
import { createEvents } from '../node/events.ts';
import { createLogs } from '../node/logs.ts';
import { createTime } from '../time.ts';
import type { World } from '../world.ts';

/** A world with a store and nothing that plays in it; `refuse` is the API server's word against an object. */
export function bareWorld(refuse: (object: JsonObject, user: string) => ApiError | null = () => null): World {
  const kinds = kindsOf(['kubeflow']);
  const time = createTime(1);
  const store = createStore(time);
  return {
    store,
    kinds,
    events: createEvents(store, time),
    logs: createLogs(time),
    time,
    conditions: { webhook: false },
    create(kind, object, user = '') {
      const refusal = refuse(object, user);
      if (refusal !== null) throw refusal;
      return store.put(kind, object);
    },
  };
}
