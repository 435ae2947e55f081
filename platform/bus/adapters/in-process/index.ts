export { InProcessBroker, InProcessBus, type InProcessBusOptions } from './in-process-bus';
