import { fault, parseChatRequest } from './chat-request.ts';
import type { ChatFault, ChatReply } from './chat-protocol.ts';
import { pickName } from './member-names.ts';
import type { Peer } from './peer.ts';
import type { Room } from './room.ts';

/** `/chat`: everybody hears what one says, who joins and who leaves. */
export function createChat(maxMembers: number): Room {
  const members = new Map<Peer, string>();

  return { maxMessageBytes: 2 ** 14, maxUnreadBytes: 2 ** 20, join };

  function join(peer: Peer): void {
    if (members.size >= maxMembers) {
      void peer.close(1013, `the room is full: it holds ${maxMembers}`);
      return;
    }
    const name = pickName(new Set(members.values()));
    tell(peer, { type: 'welcome', name, members: [...members.values(), name] });
    members.set(peer, name);
    tellOthers(peer, { type: 'joined', name, members: [...members.values()] });
    peer.on('message', ({ data }) => hear(peer, data));
    peer.on('closed', () => leave(peer));
  }

  function leave(peer: Peer): void {
    const name = members.get(peer);
    if (name === undefined) return;
    members.delete(peer);
    tellAll({ type: 'left', name, members: [...members.values()] });
  }

  function hear(peer: Peer, data: string | Uint8Array): void {
    const from = members.get(peer);
    if (from === undefined) return;
    const request = typeof data === 'string' ? parseChatRequest(data) : binaryFault();
    switch (request.type) {
      case 'say':
        return tellAll({ ...request, type: 'said', from });
      case 'rename':
        return rename(peer, from, request.name);
      case 'probe':
        return tell(peer, { type: 'probe-reply' });
      case 'error':
        return tell(peer, request);
    }
  }

  function rename(peer: Peer, was: string, name: string): void {
    if ([...members.values()].includes(name)) {
      tell(peer, fault('name-taken', `${JSON.stringify(name)} is somebody's name already`));
      return;
    }
    members.set(peer, name);
    tellAll({ type: 'renamed', name, was, members: [...members.values()] });
  }

  function tellAll(reply: ChatReply): void {
    for (const member of members.keys()) tell(member, reply);
  }

  function tellOthers(peer: Peer, reply: ChatReply): void {
    for (const member of members.keys()) if (member !== peer) tell(member, reply);
  }
}

function tell(member: Peer, reply: ChatReply): void {
  member.send(JSON.stringify(reply));
}

function binaryFault(): ChatFault {
  return fault('binary', 'the message is binary; the chat takes text');
}
