import type { ApplicationRef, ApplicationView } from '../../../shared/contract/applications.ts';
import { machineOf } from '../../../shared/spark/machine-of.ts';
import { operators } from '../../../shared/spark/operators/index.ts';
import { rerunManifest } from '../../../shared/spark/rerun.ts';
import { applicationPods, applicationRow } from '../../../shared/spark/row.ts';
import { emptyTimelineState, observe, timelineOf } from '../../../shared/timeline/reduce.ts';
import type { Clock } from '../../platform/world.ts';
import type { ApiObject, WatchCaches } from '../../watch/index.ts';
import { manifestOf } from './commands.ts';
import { type FollowedApplication, followApplication } from './follow.ts';

/** Everything the page of one application shows, kept current until the returned function is called. */
export function observeApplication(
  world: { caches: WatchCaches; clock: Clock },
  reference: ApplicationRef,
  push: (view: ApplicationView) => void,
): () => void {
  const { operator } = reference;
  let timeline = emptyTimelineState(operator);
  const manifest = lastManifest();

  function viewOf({ object, exists, pods, listed, freshness }: FollowedApplication): ApplicationView {
    if (object === null) return { state: listed ? 'absent' : 'loading', freshness };
    const objects = [...pods.values()];
    const drawn = timelineOf(timeline);
    return {
      state: 'present',
      freshness,
      exists,
      row: applicationRow(operator, object, objects),
      message: operators[operator].message(object, objects),
      machine: machineOf(operator, drawn),
      timeline: drawn,
      pods: applicationPods(objects),
      manifest: manifest(object),
    };
  }

  return followApplication(world.caches, reference, {
    onChange: (application) => push(viewOf(application)),
    onObservation(change) {
      timeline = observe(timeline, change);
    },
    onRestart() {
      timeline = emptyTimelineState(operator);
    },
  });
}

/** The manifest of the newest version: writing a large one for every change of a pod would cost. */
function lastManifest(): (object: ApiObject) => string {
  let version = '';
  let text = '';
  return (object) => {
    const { name, resourceVersion } = object.metadata;
    if (resourceVersion !== version) text = manifestOf(rerunManifest(object, name));
    version = resourceVersion;
    return text;
  };
}
