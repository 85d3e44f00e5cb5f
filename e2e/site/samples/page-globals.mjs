// Before a sample in its process: some are for pages, which have a WebSocket class; so has Node, from 22 on.
import { WebSocket } from '@holdfast/node';

globalThis.WebSocket ??= WebSocket;
