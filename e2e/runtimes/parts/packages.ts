import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { HoldfastError as ErrorOfCore } from '@holdfast/core';
import { connect as connectOfNode, HoldfastError as ErrorOfNode } from '@holdfast/node';
import { HoldfastError as ErrorOfServer } from '@holdfast/node/server';
import { expect } from 'chai';
import { connect, HoldfastError } from 'holdfast';
import { part } from './part.ts';

const require = createRequire(import.meta.url);
const installed = new URL('./node_modules/holdfast/dist/', import.meta.url);

/** The conditions of `exports` lead each runtime to the files for it. */
export const packages = part('packages', {
  '`import` of holdfast gives its file for Node': async () => {
    expect(import.meta.resolve('holdfast')).to.equal(`${installed.href}node.js`);
    expect(connect).to.be.a('function');
    expect(connectOfNode).to.be.a('function');
  },

  '`require` of holdfast gives its file for Node': async () => {
    expect(pathToFileURL(require.resolve('holdfast')).href).to.equal(`${installed.href}node.cjs`);
    expect(require('holdfast').connect).to.be.a('function');
    expect(require('@holdfast/node/server').serve).to.be.a('function');
  },

  'all entries have one HoldfastError': async () => {
    expect(new Set([HoldfastError, ErrorOfCore, ErrorOfNode, ErrorOfServer]).size).to.equal(1);
    expect(require('holdfast').HoldfastError).to.equal(require('@holdfast/core').HoldfastError);
  },

  'the test kit loads both ways': async () => {
    const kit = await import('holdfast/testing');
    expect(Object.keys(kit)).to.include.members(Object.keys(require('holdfast/testing')));
    expect(kit).to.have.property('FakeClock');
  },
});
