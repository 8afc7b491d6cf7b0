#!lua flags=no-writes
-- Counts the versions of an entry that there were at a sequence.
--
-- KEYS  1 the list of the entry
-- ARGV  the sequence, as it stands before each version
local n = redis.call('LLEN', KEYS[1])
while n > 0 and string.sub(redis.call('LINDEX', KEYS[1], n - 1), 1, 16) > ARGV[1] do n = n - 1 end
return n
