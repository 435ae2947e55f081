import fc from 'fast-check';
import { sleep } from '../platform/runtime';
import { VirtualClock } from './virtual-clock';

describe('the virtual clock', () => {
  test('stands still until it is moved', () => {
    const clock = new VirtualClock(1_000);
    expect(clock.now()).toBe(1_000);
    clock.advanceTo(5_000);
    clock.advanceTo(5_000);
    expect(clock.now()).toBe(5_000);
  });

  test('never goes back', () => {
    const clock = new VirtualClock(1_000);
    expect(() => clock.advanceTo(999)).toThrow('time cannot go from 1000 to 999');
    expect(() => clock.advanceTo(Number.NaN)).toThrow('time cannot go');
    expect(clock.now()).toBe(1_000);
  });

  test('runs timers in order, each at its own instant, with those that they set', () => {
    const clock = new VirtualClock(0);
    const heard: [string, number][] = [];
    const hear = (what: string) => () => void heard.push([what, clock.now()]);
    clock.after(30, hear('c'));
    clock.after(10, () => {
      hear('a')();
      clock.after(15, hear('b'));
      clock.after(500, hear('too late'));
    });
    clock.after(30, hear('d'));
    expect(clock.nextTimerAt).toBe(10);
    clock.advanceTo(100);
    expect(heard).toEqual([
      ['a', 10],
      ['b', 25],
      ['c', 30],
      ['d', 30],
    ]);
    expect(clock.nextTimerAt).toBe(510);
    expect(clock.now()).toBe(100);
  });

  test('a cancelled timer does not run, not even when another one cancels it on the way', () => {
    const clock = new VirtualClock(0);
    const heard: string[] = [];
    const second = clock.after(20, () => void heard.push('second'));
    clock.after(10, () => second.cancel());
    clock.after(5, () => void heard.push('first')).cancel();
    clock.advanceTo(100);
    second.cancel();
    expect(heard).toEqual([]);
  });

  test('a timer may not move the clock; a timer that throws leaves the others in place', () => {
    const clock = new VirtualClock(0);
    const heard: number[] = [];
    clock.after(10, () => clock.advanceTo(50));
    clock.after(20, () => void heard.push(clock.now()));
    expect(() => clock.advanceTo(100)).toThrow('a timer may not move the clock');
    clock.advanceTo(100);
    expect(heard).toEqual([20]);
  });

  test('whoever sleeps by it wakes when it has been moved', async () => {
    const clock = new VirtualClock(0);
    const slept = sleep(clock, 60_000);
    clock.advanceTo(60_000);
    await slept;
    expect(clock.now()).toBe(60_000);
  });

  test('however the way is divided, every timer runs once and at its instant', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000)), fc.array(fc.nat(1_000)), (waits, stops) => {
        const clock = new VirtualClock(0);
        const heard: number[] = [];
        for (const wait of waits) clock.after(wait, () => void heard.push(clock.now()));
        for (const stop of [...stops.toSorted((a, b) => a - b), 1_000]) clock.advanceTo(stop);
        expect(heard).toEqual(waits.toSorted((a, b) => a - b));
      }),
    );
  });
});
