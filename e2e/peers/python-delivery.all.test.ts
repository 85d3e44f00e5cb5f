import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeDeliveryServer } from '../delivery/describe-server.ts';
import type { RunningPeer } from './peer.ts';
import { python, startPythonDelivery } from './python.ts';

const presence = await python('server').find();

describe.skipIf('missing' in presence)('a server in Python by the specification', () => {
  let server: RunningPeer;
  beforeAll(async () => {
    server = await startPythonDelivery();
  });
  afterAll(() => server.stop());
  describeDeliveryServer(() => server.url);
});
