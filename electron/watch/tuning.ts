/** Every number the watches go by. All times are milliseconds but where the name says seconds. */
export interface Tuning {
  /** Objects in one page of a list. */
  pageLimit: number;
  /** How long the server may take to begin its answer to a page, and to a watch. */
  pageTimeout: number;
  openTimeout: number;
  /** How long an attempt may take in all. Longer than both: a login may wait for a person before anything is sent. */
  attemptTimeout: number;
  /** The server is asked to end each watch after a random time between these. */
  shortestWatchSeconds: number;
  longestWatchSeconds: number;
  /** A watch that outlives its server timeout by this factor has lost its end on the way. */
  watchdogFactor: number;
  /** How long a watch may bring no byte before it is opened anew. */
  silence: number;
  /** How often an open watch is looked at: bounds how late a silence or a sleep of the machine is noticed. */
  tick: number;
  /** How long a loss that is being repaired at once may go unmentioned. */
  grace: number;
  /** An open watch that has brought no refusal for so long is taken for good: an expired version is refused inside a 200. */
  settle: number;
  /** A watch open for so long has proved itself: the next loss starts with the shortest wait. */
  healthyAfter: number;
  /** The first wait after a failure; doubles from there. */
  backoffFirst: number;
  backoffMost: number;
  /** The wait after 401, 403 and 404. */
  refusedDelay: number;
  /** The longest `Retry-After` that is believed. */
  retryAfterMost: number;
  /** `retryNow` opens a watch anew when it has been silent for so long. */
  suspect: number;
  /** How long a cache outlives its last subscriber, so that changing pages does not list again. */
  linger: number;
  /** Bytes of one watch event; etcd takes objects of 1.5 MB unless told otherwise. */
  lineLimit: number;
}

/**
 * Numbers for real servers. The silence of 90 s: an API server sends bookmarks every 60 s ± 25 %
 * (`bookmarkFrequency` in its storage/cacher), so 75 s pass on a sound connection at most; 15 s are for the way. Resources
 * served without the watch cache (events) may be silent for longer: opening anew costs them one cheap request and shows nothing.
 */
export const defaultTuning: Tuning = {
  pageLimit: 500,
  pageTimeout: 30_000,
  openTimeout: 10_000,
  attemptTimeout: 120_000,
  shortestWatchSeconds: 240,
  longestWatchSeconds: 360,
  watchdogFactor: 1.1,
  silence: 90_000,
  tick: 5_000,
  grace: 1_500,
  settle: 250,
  healthyAfter: 5_000,
  backoffFirst: 500,
  backoffMost: 30_000,
  refusedDelay: 30_000,
  retryAfterMost: 600_000,
  suspect: 10_000,
  linger: 5_000,
  lineLimit: 32 * 1024 * 1024,
};
