import { describe, expect, test } from 'vitest';
import { isOriginAllowed, type OriginPolicy } from './origin.ts';

const isAllowed = (origin: string, policy: OriginPolicy<string> = 'same', host = 'a.test') =>
  isOriginAllowed({ origin, host }, policy, 'request');

describe('by default a page of the same host may connect', () => {
  for (const { origin, host } of [
    { origin: 'http://a.test', host: 'a.test' },
    { origin: 'https://a.test', host: 'a.test' },
    { origin: 'http://A.Test', host: 'a.tesT' },
    { origin: 'http://a.test:80', host: 'a.test' },
    { origin: 'https://a.test', host: 'a.test:443' },
    { origin: 'http://a.test:8080', host: 'a.test:8080' },
    { origin: 'http://[::1]:9', host: '[::1]:9' },
    { origin: 'http://127.0.0.1:9', host: '127.0.0.1:9' },
  ])
    test(`${origin} at ${host}`, () => {
      expect(isAllowed(origin, 'same', host)).toBe(true);
    });
});

describe('and no other', () => {
  for (const { origin, host } of [
    { origin: 'http://b.test', host: 'a.test' },
    { origin: 'http://a.test:81', host: 'a.test' },
    { origin: 'http://a.test', host: 'a.test:81' },
    { origin: 'https://a.test', host: 'a.test:80' },
    { origin: 'http://sub.a.test', host: 'a.test' },
    { origin: 'http://a.test.evil.test', host: 'a.test' },
    { origin: 'http://evil.test/a.test', host: 'a.test' },
    { origin: 'http://a.test@evil.test', host: 'a.test' },
    { origin: 'http://evil.test@a.test', host: 'a.test' },
    { origin: 'http://evil.test#a.test', host: 'a.test' },
    { origin: 'http://evil.test\\a.test', host: 'a.test' },
    { origin: 'null', host: 'null' },
    { origin: '', host: 'a.test' },
    { origin: 'a.test', host: 'a.test' },
    { origin: 'file://a.test', host: 'a.test' },
    { origin: 'http://', host: '' },
  ])
    test(`${origin} at ${host}`, () => {
      expect(isAllowed(origin, 'same', host)).toBe(false);
    });
});

describe('a policy widens it', () => {
  for (const { name, origin, policy, allowed } of [
    { name: 'one other', origin: 'https://b.test', policy: 'https://b.test', allowed: true },
    { name: 'one other, and the same', origin: 'https://a.test', policy: 'https://b.test', allowed: true },
    { name: 'another scheme is another', origin: 'http://b.test', policy: 'https://b.test', allowed: false },
    { name: 'another port is another', origin: 'https://b.test:9', policy: 'https://b.test', allowed: false },
    {
      name: 'case and default port do not matter',
      origin: 'https://b.test',
      policy: 'HTTPS://B.test:443/',
      allowed: true,
    },
    { name: 'a list', origin: 'https://c.test', policy: ['https://b.test', 'https://c.test'], allowed: true },
    {
      name: 'who is not on it',
      origin: 'https://d.test',
      policy: ['https://b.test', 'https://c.test'],
      allowed: false,
    },
    {
      name: 'another kind of page',
      origin: 'chrome-extension://abc',
      policy: ['chrome-extension://abc'],
      allowed: true,
    },
    {
      name: 'another page of that kind',
      origin: 'chrome-extension://b',
      policy: ['chrome-extension://a'],
      allowed: false,
    },
    { name: 'null where it is named', origin: 'null', policy: ['null'], allowed: true },
    { name: 'all', origin: 'https://d.test', policy: '*', allowed: true },
    { name: '"same" is no origin', origin: 'same', policy: ['same'], allowed: false },
  ])
    test(name, () => {
      expect(isAllowed(origin, policy)).toBe(allowed);
    });

  test('a function decides alone, by the origin and the request', () => {
    const policy = (origin: string, request: string) => origin === 'https://b.test' && request === 'request';
    expect([isAllowed('https://b.test', policy), isAllowed('https://a.test', policy)]).toEqual([true, false]);
  });

  test('only true is yes: a promise is not', () => {
    const promise = (async () => true) as unknown as () => boolean;
    expect(isAllowed('https://a.test', promise)).toBe(false);
  });
});
