import type { ChatFault, ChatReply } from './chat-protocol.ts';
import { fault, parseChatRequest } from './chat-request.ts';
import { pickName } from './member-names.ts';

/** How the chat reaches a member. */
export interface MemberLine {
  tell(reply: ChatReply): void;
  close(code: number, reason: string): void;
}

/** A member that was taken in. */
export interface ChatMember {
  /** Takes one message, or `undefined` for one that is binary. */
  hear(text: string | undefined): void;
  /** Its line has ended. */
  leave(): void;
}

/** Who is in the chat, and what each is told; over any line. */
export class ChatRoom {
  readonly #maxMembers: number;
  readonly #members = new Map<MemberLine, string>();

  constructor(maxMembers: number) {
    this.#maxMembers = maxMembers;
  }

  /** Takes a member in; where the room is full, closes its line with 1013 and answers `undefined`. */
  join(line: MemberLine): ChatMember | undefined {
    const members = this.#members;
    if (members.size >= this.#maxMembers) {
      line.close(1013, `the room is full: it holds ${this.#maxMembers}`);
      return undefined;
    }
    const name = pickName(new Set(members.values()));
    line.tell({ type: 'welcome', name, members: [...members.values(), name] });
    members.set(line, name);
    this.#tellAll({ type: 'joined', name, members: [...members.values()] }, line);
    return { hear: (text) => this.#hear(line, text), leave: () => this.#leave(line) };
  }

  #leave(line: MemberLine): void {
    const name = this.#members.get(line);
    if (name === undefined) return;
    this.#members.delete(line);
    this.#tellAll({ type: 'left', name, members: [...this.#members.values()] });
  }

  #hear(line: MemberLine, text: string | undefined): void {
    const from = this.#members.get(line);
    if (from === undefined) return;
    const request = text === undefined ? binaryFault() : parseChatRequest(text);
    switch (request.type) {
      case 'say':
        return this.#tellAll({ ...request, type: 'said', from });
      case 'rename':
        return this.#rename(line, from, request.name);
      case 'probe':
        return line.tell({ type: 'probe-reply' });
      case 'error':
        return line.tell(request);
    }
  }

  #rename(line: MemberLine, was: string, name: string): void {
    const members = this.#members;
    if ([...members.values()].includes(name)) {
      line.tell(fault('name-taken', `${JSON.stringify(name)} is somebody's name already`));
      return;
    }
    members.set(line, name);
    this.#tellAll({ type: 'renamed', name, was, members: [...members.values()] });
  }

  #tellAll(reply: ChatReply, except?: MemberLine): void {
    for (const line of this.#members.keys()) if (line !== except) line.tell(reply);
  }
}

function binaryFault(): ChatFault {
  return fault('binary', 'the message is binary; the chat takes text');
}
