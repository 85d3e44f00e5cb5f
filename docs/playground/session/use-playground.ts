import {
  computed,
  onMounted,
  onUnmounted,
  type Ref,
  ref,
  type ShallowRef,
  shallowReactive,
  shallowRef,
  watch,
} from 'vue';
import { ChatSession } from '../chat/chat-session.ts';
import { findDemoServer } from '../chat/demo-server-url.ts';
import type { PageServer } from '../line/page-server.ts';
import type { WireChunk } from '../line/wire-chunk.ts';
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
  readonly demoServer: Readonly<Ref<string | undefined>>;
  /** Undefined until the page has come to life. */
  readonly server: Readonly<ShallowRef<PageServer | undefined>>;
  /** What passed on the lines in this page, the oldest first. */
  readonly chunks: readonly WireChunk[];
  readonly a: ChatSession;
  readonly b: ChatSession;
  connect(session: ChatSession): void;
  /** A dial of this path of the server in this page. */
  dialPage(path: string): Dial | undefined;
}

/** Longer conversations lose their oldest chunks. */
const maxChunks = 2000;

/** The state of one playground, for as long as its page is there. */
export function usePlayground(): PlaygroundState {
  const place = ref<Place>('page');
  const room = ref<RoomPath>('/chat');
  const demoServer = ref<string>();
  const server = shallowRef<PageServer>();
  const chunks = shallowReactive<WireChunk[]>([]);
  const typed = ref('');
  const [a, b] = [new ChatSession(), new ChatSession()];

  const url = computed({
    get: () => (place.value === 'url' ? typed.value : (baseOf(place.value) ?? '') + room.value),
    set: (value) => {
      typed.value = value;
    },
  });
  const baseOf = (where: Place) => (where === 'page' ? server.value?.url : demoServer.value);
  const dialPage = (path: string) => server.value && dialInPage(server.value.url + path, server.value.transport());
  const connect = (session: ChatSession) => {
    const dial = place.value === 'page' ? dialPage(room.value) : dialOutside(url.value);
    if (dial) session.connect(dial);
  };

  onMounted(async () => {
    // The rest of the page is there before: nothing of it waits for this.
    const line = await import('../line/page-server.ts');
    server.value = new line.PageServer({
      onWire: (chunk) => {
        chunks.push(chunk);
        if (chunks.length > maxChunks) chunks.splice(0, chunks.length - maxChunks);
      },
    });
    demoServer.value = await findDemoServer();
    typed.value ||= demoServer.value === undefined ? 'wss://' : `${demoServer.value}/echo`;
  });
  onUnmounted(() => {
    for (const session of [a, b]) session.client.dispose();
    server.value?.stop();
  });
  // Another place is another conversation.
  watch([place, room], () => {
    for (const session of [a, b]) session.client.disconnect();
  });
  return { place, room, url, demoServer, server, chunks, a, b, connect, dialPage };
}
