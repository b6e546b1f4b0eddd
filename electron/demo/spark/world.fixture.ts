import type { ApiError } from '../api/status.ts';
import { createStore } from '../api/store.ts';
import type { JsonObject } from '../json.ts';
import { createTime } from '../time.ts';
import type { World } from '../world.ts';

/** A store that takes what it is given, and nothing that plays in it; `refuse` is the API server's word against an object. */
export function bareWorld(
  refuse: (object: JsonObject, user: string) => ApiError | null = () => null,
): Pick<World, 'store' | 'time' | 'create'> {
  const time = createTime(1);
  const store = createStore(time);
  return {
    store,
    time,
    create(kind, object, user = '') {
      const refusal = refuse(object, user);
      if (refusal !== null) throw refusal;
      return store.put(kind, object);
    },
  };
}
