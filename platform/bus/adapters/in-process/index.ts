export { InProcessBroker, InProcessBus } from './in-process-bus';
