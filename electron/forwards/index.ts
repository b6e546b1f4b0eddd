/** Ways from this machine into pods: loopback only, for the person at this machine only. */
export { shareByKey } from './shared.ts';
export { forwardSparkUi } from './spark-ui.ts';
