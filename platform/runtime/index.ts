export { base32 } from './base32';
export { type Clock, type Random, sleep, systemClock, systemTimers, type Timer, type Timers } from './clock';
export { sha256Of } from './digest';
export { type Ids, idKey, systemIds, uuidV5 } from './ids';
export { RecentMap } from './recent-map';
