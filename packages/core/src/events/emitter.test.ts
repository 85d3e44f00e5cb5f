import { describe, expect, test } from 'vitest';
import { createEmitter } from './emitter.ts';

type Shape = { type: 'circle'; radius: number } | { type: 'square'; side: number };

const shapes = () => createEmitter<Shape>();
const circle = (radius: number): Shape => ({ type: 'circle', radius });

describe('an emitter', () => {
  test('calls the listeners of a type in their order, until each is taken off', () => {
    const [on, emit] = shapes();
    const heard: string[] = [];
    const off = on('circle', ({ radius }) => heard.push(`a${radius}`));
    on('circle', ({ radius }) => heard.push(`b${radius}`));
    on('square', ({ side }) => heard.push(`s${side}`));
    emit(circle(1));
    off();
    off();
    emit(circle(2));
    expect(heard).toEqual(['a1', 'b1', 'b2']);
  });

  test('the same function listens as often as it was given', () => {
    const [on, emit] = shapes();
    let calls = 0;
    const listener = () => calls++;
    const off = on('circle', listener);
    on('circle', listener);
    emit(circle(1));
    off();
    emit(circle(1));
    expect(calls).toBe(3);
  });

  test('once is for one event, also when that event causes another', () => {
    const [on, emit] = shapes();
    const heard: number[] = [];
    on(
      'circle',
      ({ radius }) => {
        heard.push(radius);
        emit(circle(radius + 1));
      },
      { once: true },
    );
    emit(circle(1));
    expect(heard).toEqual([1]);
  });

  test('who is taken off, or comes, while an event is told does not hear it', () => {
    const [on, emit] = shapes();
    const heard: string[] = [];
    on('circle', () => {
      offSecond();
      on('circle', () => heard.push('late'));
    });
    const offSecond = on('circle', () => heard.push('second'));
    emit(circle(1));
    expect(heard).toEqual([]);
  });

  test('an aborted signal ends the listening, and one that was aborted before lets none begin', () => {
    const [on, emit] = shapes();
    const controller = new AbortController();
    let calls = 0;
    on('circle', () => calls++, { signal: controller.signal });
    on('circle', () => calls++, { signal: AbortSignal.abort() });
    emit(circle(1));
    controller.abort();
    emit(circle(2));
    expect(calls).toBe(1);
  });

  test('leaves nothing on a signal once the listening has ended', () => {
    const [on, emit] = shapes();
    let listening = 0;
    const signal = {
      aborted: false,
      reason: undefined,
      addEventListener: () => listening++,
      removeEventListener: () => listening--,
    };
    on('circle', () => {}, { signal })();
    on('circle', () => {}, { signal, once: true });
    emit(circle(1));
    expect(listening).toBe(0);
  });
});
