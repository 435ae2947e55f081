export { type Clock, type Random, sleep, systemClock, systemTimers, type Timer, type Timers } from './clock';
