export { startRadanalytics } from './run.ts';
