import { computed, onMounted, onUnmounted, type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue';
import { ChatSession } from '../chat/chat-session.ts';
import { findDemoServer } from '../chat/demo-server-url.ts';
import { DemoLine, type DemoServer } from '../line/demo-line.ts';
import type { PageServer } from '../line/page-server.ts';
import { type EntrySource, WireLog } from '../wire/wire-log.ts';
import { ClientSession } from './client-session.ts';
import { type Dial, dialInPage, dialOutside, type Place } from './target.ts';

/** What the demo server and the server in this page have at which path. */
export const rooms = [
  { path: '/chat', label: 'Chat', effect: 'Everybody in the room hears everybody.' },
  { path: '/echo', label: 'Echo', effect: 'What you send comes back.' },
  { path: '/push', label: 'Push', effect: 'The server sends a number every second, unasked.' },
] as const;

/** The path of a room. */
export type RoomPath = (typeof rooms)[number]['path'];

/** What the parts of the playground share: where to dial, the clients, and the wire between. */
export interface PlaygroundState {
  readonly place: Ref<Place>;
  readonly room: Ref<RoomPath>;
  /** What is dialed; in the places that are known, it follows the room. */
  readonly url: Ref<string>;
  readonly demoServer: Readonly<Ref<DemoServer | undefined>>;
  /** The line to the demo server, from when it was chosen first. */
  readonly demoLine: Readonly<ShallowRef<DemoLine | undefined>>;
  /** Undefined until the page has come to life. */
  readonly server: Readonly<ShallowRef<PageServer | undefined>>;
  /** What travels: every byte in this page and to the demo server, and of lines elsewhere the messages. */
  readonly wire: Readonly<Ref<EntrySource>>;
  readonly a: ChatSession;
  readonly b: ChatSession;
  connect(session: ChatSession): void;
  /** A dial of this path of the server in this page. */
  dialPage(path: string): Dial | undefined;
}

/** The state of one playground, for as long as its page is there. */
export function usePlayground(): PlaygroundState {
  const place = ref<Place>('page');
  const room = ref<RoomPath>('/chat');
  const demoServer = ref<DemoServer>();
  const demoLine = shallowRef<DemoLine>();
  const server = shallowRef<PageServer>();
  const logs = { page: new WireLog(), demo: new WireLog(), url: new WireLog() };
  const typed = ref('');
  const isInPage = () => place.value === 'page';
  const open = (line: number) =>
    new ChatSession(
      new ClientSession((from, data) => {
        if (place.value === 'url') logs.url.addMessage({ line, from, data, atMs: performance.now() });
      }),
    );
  const [a, b] = [open(1), open(2)];

  const url = computed({
    get: () => (place.value === 'url' ? typed.value : urlOf(place.value)),
    set: (value) => {
      typed.value = value;
    },
  });
  const urlOf = (where: Place) =>
    where === 'demo' ? (demoLine.value?.urlOf(room.value) ?? '') : (server.value?.url ?? '') + room.value;
  const dialPage = (path: string) => server.value && dialInPage(server.value.url + path, server.value.transport());
  const connect = (session: ChatSession) => {
    const dial = isInPage() ? dialPage(room.value) : dialOutside(url.value);
    if (dial) session.connect(dial);
  };

  onMounted(async () => {
    // The rest of the page is there before: nothing of it waits for this.
    const line = await import('../line/page-server.ts');
    server.value = new line.PageServer({ onWire: logs.page.addChunk });
    demoServer.value = await findDemoServer();
    typed.value ||= demoServer.value === undefined ? 'wss://' : `${demoServer.value.url}/echo`;
  });
  onUnmounted(() => {
    for (const session of [a, b]) session.client.dispose();
    server.value?.stop();
    demoLine.value?.dispose();
  });
  // Another place is another conversation.
  watch([place, room], () => {
    if (place.value === 'demo' && demoServer.value)
      demoLine.value ??= new DemoLine(demoServer.value, logs.demo.addChunk);
    for (const session of [a, b]) session.client.disconnect();
  });
  const wire = computed(() => logs[place.value]);
  return { place, room, url, demoServer, demoLine, server, wire, a, b, connect, dialPage };
}
