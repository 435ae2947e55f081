export { KafkaBus } from './kafka-bus';
export type { KafkaBusOptions, KafkaLimits } from './settings';
