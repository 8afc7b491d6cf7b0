#!lua
-- Commits a change as a whole, or nothing of it.
--
-- KEYS  1 sequence, 2 commits, 3 names, 4 contents, 5 barrier, then the list of each entry that is looked at or added to,
--       then the key of each content that is added
-- ARGV  the sequence that was read at; the ID of the commit;
--       how many lists; for each: its length as it was read, its name as in names, how many versions are added, those;
--       how many kinds had their names listed; for each: the kind, how many names it had;
--       how many contents are missing that were asked for; for each: its digest;
--       how many contents; for each: its digest, its bytes
-- gives {'done', sequence}, {'barred'}, or {'stale'}
--
-- Everything is checked before the first write, because a script that fails halfway is not rolled back.
local at = 0
local function take()
  at = at + 1
  return ARGV[at]
end
local function number() return tonumber(take()) end

local base, id = number(), take()
local done = redis.call('ZSCORE', KEYS[2], id)
if done then
  redis.call('SET', KEYS[5], id)
  return {'done', done}
end
if redis.call('ZSCORE', KEYS[2], '!' .. id) then return {'barred'} end
local sequence = tonumber(redis.call('GET', KEYS[1]) or '0')
if sequence < base or sequence - base > 5000 then return {'stale'} end

local key, lists, contents = 5, {}, {}
for _ = 1, number() do
  key = key + 1
  local list = {key = KEYS[key], length = number(), name = take(), added = {}}
  if redis.call('LLEN', list.key) ~= list.length then return {'stale'} end
  for i = 1, number() do list.added[i] = take() end
  lists[#lists + 1] = list
end
for _ = 1, number() do
  local kind = take()
  if redis.call('ZLEXCOUNT', KEYS[3], '[' .. kind .. '\0', '(' .. kind .. '\1') ~= number() then return {'stale'} end
end
for _ = 1, number() do
  if redis.call('ZSCORE', KEYS[4], take()) then return {'stale'} end
end
for _ = 1, number() do
  key = key + 1
  contents[#contents + 1] = {key = KEYS[key], digest = take(), bytes = take()}
end
redis.call('ZCARD', KEYS[3])
redis.call('ZCARD', KEYS[4])

sequence = redis.call('INCR', KEYS[1])
local stamp = string.format('%016x', sequence)
for _, c in ipairs(contents) do
  if redis.call('ZADD', KEYS[4], 'NX', sequence, c.digest) == 1 then redis.call('SET', c.key, stamp .. c.bytes) end
end
for _, list in ipairs(lists) do
  for _, version in ipairs(list.added) do redis.call('RPUSH', list.key, stamp .. version) end
  if list.length == 0 and #list.added > 0 then redis.call('ZADD', KEYS[3], 0, list.name .. stamp) end
end
redis.call('ZADD', KEYS[2], sequence, id)
redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -20001)
return {'done', tostring(sequence)}
