#!lua
-- Finds out whether a commit took place whose answer was lost. One that did not is barred, so that it cannot come late.
--
-- KEYS  1 sequence, 2 commits, 3 barrier
-- ARGV  the ID of the commit
-- gives 1 if it took place
local done = redis.call('ZSCORE', KEYS[2], ARGV[1])
redis.call('SET', KEYS[3], ARGV[1])
if done then return 1 end
redis.call('ZADD', KEYS[2], redis.call('GET', KEYS[1]) or '0', '!' .. ARGV[1])
return 0
