import { describeKafka } from '../../platform/bus/adapters/kafka/kafka-bus.contract';
import { namedServer } from './named-server';

/** @services kafka */
describeKafka(namedServer('kafka').split(','));
