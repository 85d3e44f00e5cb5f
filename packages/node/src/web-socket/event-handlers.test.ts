import { describe, expect, it, test } from 'vitest';
import { EventHandlers } from './event-handlers.ts';

/** A target with handlers, and what was called on it. */
function setUp() {
  const target = new EventTarget();
  const calls: string[] = [];
  const note = (name: string) => () => void calls.push(name);
  const fire = () => target.dispatchEvent(new Event('open'));
  return { target, handlers: new EventHandlers(target), calls, note, fire };
}

describe('the value', () => {
  it('is null at first', () => {
    expect(setUp().handlers.get('open')).toBeNull();
  });

  const callable = () => {};
  const uncallable = { handleEvent() {} };
  test.for<[name: string, given: unknown, held: unknown]>([
    ['a function', callable, callable],
    ['an object that cannot be called', uncallable, uncallable],
    ['null', null, null],
    ['undefined', undefined, null],
    ['text', 'call me', null],
    ['a number', 1, null],
    ['a symbol', Symbol('x'), null],
  ])('that %s leaves', ([, given, held]) => {
    const { handlers } = setUp();
    handlers.set('open', given);
    expect(handlers.get('open')).toBe(held);
  });

  it('is one for each type', () => {
    const { handlers } = setUp();
    handlers.set('open', callable);
    expect(handlers.get('close')).toBeNull();
  });
});

describe('the call', () => {
  it('has the target for this, and the event', () => {
    const { target, handlers, fire } = setUp();
    const seen: unknown[] = [];
    handlers.set('open', function (this: unknown, event: Event) {
      seen.push(this, event.type, event.target);
    });
    fire();
    expect(seen).toEqual([target, 'open', target]);
  });

  it('is not made on an object, not even on its handleEvent', () => {
    const { handlers, note, fire, calls } = setUp();
    handlers.set('open', { handleEvent: note('handleEvent') });
    fire();
    expect(calls).toEqual([]);
  });

  it.for<[answer: unknown, isPrevented: boolean]>([
    [false, true],
    [0, false],
    [undefined, false],
    [true, false],
  ])('that answers %o prevents the default: %s', ([answer, isPrevented]) => {
    const { target, handlers } = setUp();
    handlers.set('open', () => answer);
    const event = new Event('open', { cancelable: true });
    target.dispatchEvent(event);
    expect(event.defaultPrevented).toBe(isPrevented);
  });
});

describe('the place among the listeners', () => {
  it('is where the attribute was first set', () => {
    const { target, handlers, calls, note, fire } = setUp();
    target.addEventListener('open', note('first'));
    handlers.set('open', note('handler'));
    target.addEventListener('open', note('last'));
    fire();
    expect(calls).toEqual(['first', 'handler', 'last']);
  });

  it('is kept by another value', () => {
    const { target, handlers, calls, note, fire } = setUp();
    handlers.set('open', note('old'));
    target.addEventListener('open', note('listener'));
    handlers.set('open', note('new'));
    fire();
    expect(calls).toEqual(['new', 'listener']);
  });

  it('is kept by an object that is not called', () => {
    const { target, handlers, calls, note, fire } = setUp();
    handlers.set('open', {});
    target.addEventListener('open', note('listener'));
    handlers.set('open', note('handler'));
    fire();
    expect(calls).toEqual(['handler', 'listener']);
  });

  it('is given up by null', () => {
    const { target, handlers, calls, note, fire } = setUp();
    handlers.set('open', note('old'));
    target.addEventListener('open', note('listener'));
    handlers.set('open', null);
    fire();
    handlers.set('open', note('new'));
    fire();
    expect(calls).toEqual(['listener', 'listener', 'new']);
  });

  it('is one, however often the same function is set', () => {
    const { handlers, calls, note, fire } = setUp();
    const handler = note('handler');
    handlers.set('open', handler);
    handlers.set('open', handler);
    fire();
    expect(calls).toEqual(['handler']);
  });

  it('is another than that of the same function as a listener', () => {
    const { target, handlers, calls, note, fire } = setUp();
    const both = note('both');
    target.addEventListener('open', both);
    handlers.set('open', both);
    fire();
    target.removeEventListener('open', both);
    fire();
    expect(calls).toEqual(['both', 'both', 'both']);
  });

  it('counts for a handler that is set while the event is told', () => {
    const { target, handlers, calls, note, fire } = setUp();
    target.addEventListener('open', () => handlers.set('open', note('new')), { once: true });
    handlers.set('open', note('old'));
    fire();
    expect(calls).toEqual(['new']);
  });
});
