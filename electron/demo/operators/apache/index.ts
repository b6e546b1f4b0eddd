export { startApplications as startApache } from './run.ts';
