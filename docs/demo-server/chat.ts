import { WebSocket } from 'ws';
import { fault, parseChatRequest } from './chat-request.ts';
import type { ChatFault, ChatReply } from './chat-protocol.ts';
import { pickName } from './member-names.ts';
import type { Room } from './room.ts';

/** A member that reads too slowly is let go before the room holds more than this for it. */
const maxUnreadBytes = 1024 * 1024;

/** `/chat`: everybody hears what one says, who joins and who leaves. */
export function createChat(maxMembers: number): Room {
  const members = new Map<WebSocket, string>();

  return { maxPayloadBytes: 16 * 1024, join };

  function join(socket: WebSocket): void {
    if (members.size >= maxMembers) {
      socket.close(1013, `the room is full: it holds ${maxMembers}`);
      return;
    }
    const name = pickName(new Set(members.values()));
    tell(socket, { type: 'welcome', name, members: [...members.values(), name] });
    members.set(socket, name);
    tellOthers(socket, { type: 'joined', name, members: [...members.values()] });
    socket.on('message', (data, isBinary) => hear(socket, isBinary ? undefined : (data as Buffer).toString()));
    socket.on('close', () => leave(socket));
  }

  function leave(socket: WebSocket): void {
    const name = members.get(socket);
    if (name === undefined) return;
    members.delete(socket);
    tellAll({ type: 'left', name, members: [...members.values()] });
  }

  function hear(socket: WebSocket, text: string | undefined): void {
    const from = members.get(socket);
    if (from === undefined) return;
    const request = text === undefined ? binaryFault() : parseChatRequest(text);
    switch (request.type) {
      case 'say':
        return tellAll({ ...request, type: 'said', from });
      case 'rename':
        return rename(socket, from, request.name);
      case 'probe':
        return tell(socket, { type: 'probe-reply' });
      case 'error':
        return tell(socket, request);
    }
  }

  function rename(socket: WebSocket, was: string, name: string): void {
    if ([...members.values()].includes(name)) {
      tell(socket, fault('name-taken', `${JSON.stringify(name)} is somebody's name already`));
      return;
    }
    members.set(socket, name);
    tellAll({ type: 'renamed', name, was, members: [...members.values()] });
  }

  function tellAll(reply: ChatReply): void {
    for (const member of members.keys()) tell(member, reply);
  }

  function tellOthers(socket: WebSocket, reply: ChatReply): void {
    for (const member of members.keys()) if (member !== socket) tell(member, reply);
  }
}

function tell(member: WebSocket, reply: ChatReply): void {
  if (member.readyState !== WebSocket.OPEN) return;
  if (member.bufferedAmount > maxUnreadBytes) member.terminate();
  else member.send(JSON.stringify(reply));
}

function binaryFault(): ChatFault {
  return fault('binary', 'the message is binary; the chat takes text');
}
