import { keptEntries } from './log.ts';

/** The log is a stream whose ids are the numbers of the entries; what else is known of the members stands in hashes. */
export const redisNames = {
  log: 'chat:{room}',
  seats: 'chat:{room}:seats',
  /** From the name to the session that has it. */
  taken: 'chat:{room}:names',
  noted: 'chat:{room}:noted',
  /** From the session to the process that it came to last. */
  hosts: 'chat:{room}:hosts',
  /** From the process to when it was last alive, in ms. */
  beats: 'chat:{room}:beats',
} as const;

/** For `EVAL`, behind a script. */
export const redisKeys = [String(Object.keys(redisNames).length), ...Object.values(redisNames)];

const parts = `
local log, seats, taken, noted, hosts, beats = unpack(KEYS)
local function add(entry)
  local last = redis.call('XREVRANGE', log, '+', '-', 'COUNT', 1)[1]
  local at = (last and tonumber(string.match(last[1], '%d+')) or 0) + 1
  redis.call('XADD', log, 'MAXLEN', '~', ${keptEntries}, at .. '-0', 'entry', cjson.encode(entry))
  return at
end
local function take(wanted, session)
  local name, number = wanted, 2
  while redis.call('HSETNX', taken, name, session) == 0 do name, number = wanted .. ' ' .. number, number + 1 end
  return name
end
local function seatOf(session)
  return string.match(redis.call('HGET', seats, session) or '', '^(%d+):(.*)$')
end
local function leave(session)
  local at, name = seatOf(session)
  if not at then return end
  for _, key in ipairs({ seats, noted, hosts }) do redis.call('HDEL', key, session) end
  redis.call('HDEL', taken, name)
  add({ type = 'left', name = name })
end
`;

/** session, wanted name, process: answers the number of the `joined`, a colon and the name. */
export const joinScript = `${parts}
local session, wanted, host = unpack(ARGV)
redis.call('HSET', hosts, session, host)
local seat = redis.call('HGET', seats, session)
if seat then return seat end
local name = take(wanted, session)
seat = add({ type = 'joined', name = name }) .. ':' .. name
redis.call('HSET', seats, session, seat)
return seat`;

/** session, number, 'say' or 'rename', text or name, and where there is one the mark. */
export const addScript = `${parts}
local session, number, act, text, id = unpack(ARGV)
local at, name = seatOf(session)
if not at or tonumber(redis.call('HGET', noted, session) or 0) >= tonumber(number) then return end
redis.call('HSET', noted, session, number)
if act == 'say' then add({ type = 'said', from = name, text = text, id = id }) return end
if text == name then return end
local new = take(text, session)
redis.call('HDEL', taken, name)
redis.call('HSET', seats, session, at .. ':' .. new)
add({ type = 'renamed', name = new, was = name })`;

/** session, process: only the process to which a member came last can say that it has left. */
export const leaveScript = `${parts}
local session, host = unpack(ARGV)
if redis.call('HGET', hosts, session) == host then leave(session) end`;

/** process, time in ms: the process is alive, and the members of those that were not for so long have left. */
export const beatScript = `${parts}
local host, goneMs = unpack(ARGV)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', beats, host, now)
local members = redis.call('HGETALL', hosts)
for at = 1, #members, 2 do
  if tonumber(redis.call('HGET', beats, members[at + 1]) or 0) < now - goneMs then leave(members[at]) end
end`;
