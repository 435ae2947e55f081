export { Arrivals } from './arrivals';
export { type Breathe, followPages, pagesToEnd, type ReadableLog, streamPages } from './pages';
export { placeOf, positionOf } from './position';
export { checkAppend, judge, type StreamTail } from './verdict';
