export { KafkaBus } from './kafka-bus';
