import { describe, expect, test } from 'vitest';
import type { HoldfastError } from '../errors.ts';
import { checkProtocols, resolveUrl } from './endpoint.ts';

const errorOf = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return error as HoldfastError;
  }
  throw new Error('nothing was thrown');
};

describe('resolveUrl', () => {
  test.each([
    ['ws://host', undefined, 'ws://host/'],
    ['WSS://Host:443/a b?q=ü', undefined, 'wss://host/a%20b?q=%C3%BC'],
    ['http://host:8080/x', undefined, 'ws://host:8080/x'],
    ['https://host', undefined, 'wss://host/'],
    ['/live?x=1', 'https://page.example/app/', 'wss://page.example/live?x=1'],
    ['//other/live', 'http://page.example/', 'ws://other/live'],
    [new URL('ws://[::1]:9/'), undefined, 'ws://[::1]:9/'],
  ])('%s by %s is %s', (url, base, href) => {
    expect(resolveUrl(url, base)).toBe(href);
  });

  test.each([
    '',
    'host',
    '/live',
    'ftp://host',
    'ws://',
    'ws://host:99999',
    'ws://host/#part',
    'ws://host/#',
    7,
    null,
    {},
  ])('refuses %s', (url) => {
    expect(errorOf(() => resolveUrl(url)).code).toBe('invalid-url');
  });

  test.each([
    'ftp://user:secret@host/?token=secret',
    'ws://host/?token=secret#part',
    'ws://u:secret@host/#part',
    'ws:u:secret@host:99999/',
    'wss:/secret@host:99999/',
    'ws:\\\\u:secret@host:99999/',
    'w\ts:\n/\t/u:secret@host/#part',
    '//secret@host:99999/',
    'ws://u:sec?secret@host',
    'ws://u:secret?rest@host',
    'ws://host:99999/?user@secret',
    'ws://u:p@host:99999/?a@b=secret',
    'live?secret:a@b#part',
  ])('does not tell what may be secret in %s', (url) => {
    expect(errorOf(() => resolveUrl(url)).message).not.toContain('secret');
  });

  test.each([
    ['ws://host:99999/a?b', 'invalid-url: ws://host:99999/a..., '],
    ['wss://user:password@host:99999/a', 'invalid-url: ...host:99999/a, '],
    ['wss:user@host:99999/a?b', 'invalid-url: ...host:99999/a..., '],
  ])('tells of %s all else', (url, start) => {
    expect(errorOf(() => resolveUrl(url)).message).toContain(start);
  });
});

describe('checkProtocols', () => {
  test.each([
    [undefined, []],
    [[], []],
    ['chat', ['chat']],
    [
      ['v2.chat', 'v1'],
      ['v2.chat', 'v1'],
    ],
    ["!#$%&'*+-.^_`|~09azAZ", ["!#$%&'*+-.^_`|~09azAZ"]],
  ])('takes %j', (given, list) => {
    expect(checkProtocols(given)).toEqual(list);
  });

  test.each([[''], ['two words'], ['a,b'], ['a\r\nX-Injected: 1'], ['"quoted"'], ['ü'], [['a', 'a']], [['a', 7]], [7]])(
    'refuses %j',
    (given) => {
      expect(errorOf(() => checkProtocols(given)).code).toBe('invalid-protocol');
    },
  );
});
